/// Works out what is known of a word form, once for each form; owned by one worker.
public struct TermAnalyzer: TermInterning {
  private let folding: KeyFolding
  private var splitter = CliticSplitter()
  private let stopWords: StopWords
  private let stemmer: Stemmer
  private let classes = CharacterClasses()
  /// Bases and stems of the forms in work, one after the other.
  private var letters: [UInt16] = []
  private var drafts: [Draft] = []
  private var key: [UInt16] = []
  private var definite: [UInt16] = []
  /// By key id, of the table of that lineage.
  private var stemOfBase: [UInt32] = []
  private var lineage = 0

  /// A string of `letters` on its way into the table of keys.
  private struct PendingKey {
    var range: Range<Int>
    var key: Interner.Key
    var hash: UInt64

    init(_ range: Range<Int>, of letters: [UInt16]) {
      self.range = range
      key = letters.withUnsafeBufferPointer { Interner.Key(UnsafeBufferPointer(rebasing: $0[range])) }
      hash = key.hash
    }
  }

  /// What is known of a form before its keys have ids.
  private struct Draft {
    var kind: TokenKind
    var clitics: CliticBoundaries
    var opening: PhraseOpening
    var isStopWord: Bool
    var isContent: Bool
    var base: PendingKey
    /// Worked out ahead for bases that seem to be new.
    var stem: PendingKey?
  }

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
    if isNew { analyze([NewForm(span: TextSpan(0, form.count), kind: kind)], of: form, in: &table) }
    return id
  }

  /// Adds the rows of forms. All of them take each step together, so that what one step needs of the table has been
  /// asked for by the step before.
  public mutating func analyze(
    _ forms: [NewForm], of text: UnsafeBufferPointer<UInt16>, in table: inout TermTable
  ) {
    drafts.removeAll(keepingCapacity: true)
    letters.removeAll(keepingCapacity: true)
    for form in forms {
      let draft = draft(UnsafeBufferPointer(rebasing: text[form.span.range]), form.kind)
      table.keys.prefetchSlot(draft.base.hash)
      drafts.append(draft)
    }
    for i in drafts.indices {
      if let known = table.keys.prefetchRow(drafts[i].base.hash) {
        stemOfBase.withUnsafeBufferPointer { $0.prefetch(Int(known)) }
      } else if drafts[i].kind == .arabic {
        let stem = stem(of: drafts[i].base)
        table.keys.prefetchSlot(stem.hash)
        drafts[i].stem = stem
      }
    }
    for draft in drafts {
      // A base stands next to its stem, since both are asked for together.
      let base = intern(draft.base, in: &table)
      table.append(
        Term(
          base: base, stem: draft.kind == .arabic ? stemID(of: draft, base, in: &table) : base,
          kind: draft.kind, isStopWord: draft.isStopWord, isContent: draft.isContent,
          opening: draft.opening), clitics: draft.clitics)
    }
  }

  /// All about one form but its stem.
  private mutating func draft(_ form: UnsafeBufferPointer<UInt16>, _ kind: TokenKind) -> Draft {
    // Whether a word is an address depends on what stands around it; a term must not, for other articles share it.
    let kind = kind == .url ? self.kind(of: form) : kind
    let clitics = kind == .arabic ? splitter.split(form) : .none
    key.removeAll(keepingCapacity: true)
    folding.fold(form, into: &key)
    if key.isEmpty { key.append(contentsOf: form) }
    let start = letters.count
    if clitics.proclitics > 0 {
      folding.fold(UnsafeBufferPointer(rebasing: form[clitics.stemStart...]), into: &letters)
    }
    if letters.count == start { letters.append(contentsOf: key) }
    let base = start..<letters.count
    let isStopWord = self.isStopWord(base, clitics)
    let isOfLetters = kind == .arabic || kind == .latin || kind == .mixed
    return Draft(
      kind: kind, clitics: clitics, opening: PhraseOpening(form, clitics), isStopWord: isStopWord,
      isContent: isOfLetters && !isStopWord && base.count > 1, base: PendingKey(base, of: letters))
  }

  private mutating func stem(of base: PendingKey) -> PendingKey {
    let start = letters.count
    let stem = letters.withUnsafeBufferPointer { stemmer.stem(UnsafeBufferPointer(rebasing: $0[base.range])) }
    letters.append(contentsOf: stem)
    return PendingKey(start..<letters.count, of: letters)
  }

  private func intern(_ pending: PendingKey, in table: inout TermTable) -> UInt32 {
    letters.withUnsafeBufferPointer {
      table.keys.intern(pending.key, pending.hash, UnsafeBufferPointer(rebasing: $0[pending.range]))
    }
  }

  /// The stem of a base, which other forms may have had before.
  private mutating func stemID(of draft: Draft, _ base: UInt32, in table: inout TermTable) -> UInt32 {
    if lineage != table.lineage {
      lineage = table.lineage
      stemOfBase.removeAll(keepingCapacity: true)
    }
    if Int(base) < stemOfBase.count, stemOfBase[Int(base)] != Interner.unknown {
      return stemOfBase[Int(base)]
    }
    let stem = draft.stem ?? stem(of: draft.base)
    let id = stem.range.isEmpty ? base : intern(stem, in: &table)
    let missing = table.keys.count - stemOfBase.count
    if missing > 0 { stemOfBase.append(contentsOf: repeatElement(Interner.unknown, count: missing)) }
    stemOfBase[Int(base)] = id
    return id
  }

  /// A stop word stands in the list whole, or does so without its proclitics (ولكن, فإن, واليوم, لليوم).
  private mutating func isStopWord(_ base: Range<Int>, _ clitics: CliticBoundaries) -> Bool {
    if stopWords.contains(key[...]) { return true }
    guard clitics.proclitics > 0 else { return false }
    guard clitics.hasArticle else { return stopWords.contains(letters[base]) }
    definite.removeAll(keepingCapacity: true)
    definite.append(0x0627)
    definite.append(0x0644)
    definite.append(contentsOf: letters[base])
    return stopWords.contains(definite[...])
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
}
