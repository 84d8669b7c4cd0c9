/// Works out what is known of a word form, once for each form; owned by one worker.
public struct TermAnalyzer: TermInterning {
  private let folding: KeyFolding
  private var splitter = CliticSplitter()
  private let stopWords: StopWords
  private let stemmer: Stemmer
  private var key: [UInt16] = []
  private var base: [UInt16] = []
  private var stem: [UInt16] = []
  private var definite: [UInt16] = []

  /// Makes an analyzer.
  ///
  /// - Throws: `StemmerUnavailable`.
  public init(stopWords: StopWords = StopWords(), folding: KeyFolding = KeyFolding()) throws {
    self.stopWords = stopWords
    self.folding = folding
    stemmer = try Stemmer()
  }

  /// The id of a form; a new form gets its row.
  public mutating func intern(
    _ form: UnsafeBufferPointer<UInt16>, kind: TokenKind, in table: inout TermTable
  ) -> TermID {
    let (id, isNew) = table.forms.intern(form)
    guard isNew else { return id }
    let clitics = kind == .arabic ? splitter.split(form) : .none
    key.removeAll(keepingCapacity: true)
    folding.fold(form, into: &key)
    if key.isEmpty { key.append(contentsOf: form) }
    base.removeAll(keepingCapacity: true)
    folding.fold(UnsafeBufferPointer(rebasing: form[clitics.stemStart...]), into: &base)
    if base.isEmpty { base = key }
    stem.removeAll(keepingCapacity: true)
    if kind == .arabic { base.withUnsafeBufferPointer { stemmer.stem($0, into: &stem) } }
    if stem.isEmpty { stem = base }
    let isStopWord = self.isStopWord(clitics)
    let isOfLetters = kind == .arabic || kind == .latin || kind == .mixed
    let keyID = intern(key, in: &table)
    let baseID = base == key ? keyID : intern(base, in: &table)
    table.append(
      Term(
        key: keyID, base: baseID, stem: stem == base ? baseID : intern(stem, in: &table),
        kind: kind, isStopWord: isStopWord, isContent: isOfLetters && !isStopWord && base.count > 1,
        opening: PhraseOpening(form, clitics), clitics: clitics))
    return id
  }

  /// A stop word stands in the list whole, or does so without its proclitics (ولكن, فإن, واليوم, لليوم).
  private mutating func isStopWord(_ clitics: CliticBoundaries) -> Bool {
    if stopWords.contains(key) { return true }
    guard clitics.proclitics > 0 else { return false }
    guard clitics.hasArticle else { return stopWords.contains(base) }
    definite.removeAll(keepingCapacity: true)
    definite.append(0x0627)
    definite.append(0x0644)
    definite.append(contentsOf: base)
    return stopWords.contains(definite)
  }

  private func intern(_ units: [UInt16], in table: inout TermTable) -> UInt32 {
    units.withUnsafeBufferPointer { table.keys.intern($0).id }
  }
}
