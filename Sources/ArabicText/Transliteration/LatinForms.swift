/// Latin forms of words met before: text repeats its words, and under most schemes a word's Latin form does not
/// depend on its neighbours.
public struct LatinForms {
  private var words = Interner(minimumCapacity: 1 << 10)
  private var latin: [UInt16] = []
  private var starts: [UInt32] = [0]

  /// UTF-16 units of Latin forms after which all are forgotten: real text never stops bringing new words.
  private static let limit = 1 << 18

  /// Knows no word.
  public init() {}

  /// Appends the Latin form of a word to `out`; `transliterate`, which appends the form of the word it is given,
  /// is called for a word that is not known.
  public mutating func append(
    _ word: UnsafeBufferPointer<UInt16>, to out: inout [UInt16],
    transliterate: (UnsafeBufferPointer<UInt16>, inout [UInt16]) -> Void
  ) {
    withForm(of: word, transliterate: transliterate) { out.append(copying: $0) }
  }

  /// Calls `body` with the Latin form of a word; `transliterate` is as above.
  @inline(__always)
  mutating func withForm<Result>(
    of word: UnsafeBufferPointer<UInt16>,
    transliterate: (UnsafeBufferPointer<UInt16>, inout [UInt16]) -> Void,
    _ body: (UnsafeBufferPointer<UInt16>) -> Result
  ) -> Result {
    if latin.count > LatinForms.limit {
      words.removeAll()
      latin.removeAll(keepingCapacity: true)
      starts = [0]
    }
    let (id, isNew) = words.intern(word)
    if isNew {
      transliterate(word, &latin)
      starts.append(UInt32(latin.count))
    }
    let range = Int(starts[Int(id)])..<Int(starts[Int(id) + 1])
    return latin.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }
}
