/// Works out what is known of a word form, once for each form; owned by one worker.
public struct TermAnalyzer: TermInterning {
  private let folding: KeyFolding
  private var splitter = CliticSplitter()
  private let stopWords: StopWords
  private let stemmer: Stemmer
  private let classes = CharacterClasses()
  private var key: [UInt16] = []
  private var base: [UInt16] = []
  private var stem: [UInt16] = []
  private var definite: [UInt16] = []
  /// By key id, of the table of that lineage.
  private var stemOfBase: [UInt32] = []
  private var lineage = 0

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
    // Whether a word is an address depends on what stands around it; a term must not, for other articles share it.
    let kind = kind == .url ? self.kind(of: form) : kind
    let clitics = kind == .arabic ? splitter.split(form) : .none
    key.removeAll(keepingCapacity: true)
    folding.fold(form, into: &key)
    if key.isEmpty { key.append(contentsOf: form) }
    base.removeAll(keepingCapacity: true)
    if clitics.proclitics > 0 {
      folding.fold(UnsafeBufferPointer(rebasing: form[clitics.stemStart...]), into: &base)
    }
    if base.isEmpty { base.append(contentsOf: key) }
    let baseID = intern(base, in: &table)
    let isStopWord = self.isStopWord(clitics)
    let isOfLetters = kind == .arabic || kind == .latin || kind == .mixed
    table.append(
      Term(
        base: baseID, stem: kind == .arabic ? stemID(baseID, in: &table) : baseID, kind: kind,
        isStopWord: isStopWord, isContent: isOfLetters && !isStopWord && base.count > 1,
        opening: PhraseOpening(form, clitics)), clitics: clitics)
    return id
  }

  /// The stem of `base`, which other forms may have had before.
  private mutating func stemID(_ baseID: UInt32, in table: inout TermTable) -> UInt32 {
    if lineage != table.lineage {
      lineage = table.lineage
      stemOfBase.removeAll(keepingCapacity: true)
    }
    if Int(baseID) < stemOfBase.count, stemOfBase[Int(baseID)] != Interner.unknown {
      return stemOfBase[Int(baseID)]
    }
    stem.removeAll(keepingCapacity: true)
    base.withUnsafeBufferPointer { stemmer.stem($0, into: &stem) }
    let id = stem.isEmpty ? baseID : intern(stem, in: &table)
    let missing = table.keys.count - stemOfBase.count
    if missing > 0 { stemOfBase.append(contentsOf: repeatElement(Interner.unknown, count: missing)) }
    stemOfBase[Int(baseID)] = id
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

  /// The kind of word that a form's letters make.
  private func kind(of form: UnsafeBufferPointer<UInt16>) -> TokenKind {
    var seen: Set<CharacterClass> = []
    var at = 0
    while at < form.count {
      let (found, length) = classes.classAndLength(in: form, at: at)
      at += length
      switch found {
      case .arabic, .latin, .letter, .digit: seen.insert(found)
      default: break
      }
    }
    if seen.count > 1 { return .mixed }
    return switch seen.first {
    case .arabic: .arabic
    case .latin: .latin
    case .digit: .number
    default: .other
    }
  }

  private func intern(_ units: [UInt16], in table: inout TermTable) -> UInt32 {
    units.withUnsafeBufferPointer { table.keys.intern($0).id }
  }
}
