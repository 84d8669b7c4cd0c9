/// Works out what is known of a word form, once for each form; owned by one worker.
public struct TermAnalyzer: TermInterning {
  private let reader: FormReader
  /// Keys, bases and stems of the forms in work, one after the other.
  private var letters: [UInt16] = []
  private var drafts: [Draft] = []
  /// By key id, of the table of that lineage.
  private var stemOfBase: [UInt32] = []
  private var lineage = 0

  /// Makes an analyzer.
  public init(stopWords: StopWords = StopWords(), folding: KeyFolding = KeyFolding()) {
    reader = FormReader(stopWords: stopWords, folding: folding)
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
    prepare(forms, table)
    // Out of `self`, which the closures change: a reader there would be copied for each form.
    let reader = reader
    letters.withUnsafeMutableBufferPointer { letters in
      var room = LetterRoom(letters)
      for form in forms {
        drafts.append(reader.read(UnsafeBufferPointer(rebasing: text[form.span.range]), form.kind, &room))
      }
      drafts.withUnsafeMutableBufferPointer { drafts in
        stemOfBase.withUnsafeMutableBufferPointer { stemOfBase in
          TermAnalyzer.lookAhead(drafts, UnsafeBufferPointer(stemOfBase), &room, table.keys)
          TermAnalyzer.addRows(drafts, stemOfBase, &room, &table)
        }
      }
    }
    // A table that has got rows may have parted from its copies.
    lineage = table.lineage
  }

  /// Works out the stems of bases that seem to be new; asks for the places of keys.
  private static func lookAhead(
    _ drafts: UnsafeMutableBufferPointer<Draft>, _ stemOfBase: UnsafeBufferPointer<UInt32>,
    _ room: inout LetterRoom, _ keys: Interner
  ) {
    for i in drafts.indices { keys.prefetchSlot(drafts[i].base.hash) }
    for i in drafts.indices {
      if let known = keys.prefetchRow(drafts[i].base.hash) {
        stemOfBase.prefetch(Int(known))
      } else if drafts[i].kind == .arabic {
        let stem = room.stem(of: drafts[i].base)
        keys.prefetchSlot(stem.hash)
        drafts[i].stem = stem
      }
    }
  }

  private static func addRows(
    _ drafts: UnsafeMutableBufferPointer<Draft>, _ stemOfBase: UnsafeMutableBufferPointer<UInt32>,
    _ room: inout LetterRoom, _ table: inout TermTable
  ) {
    for i in drafts.indices {
      // A base stands next to its stem, since both are asked for together.
      let base = room.intern(drafts[i].base, in: &table.keys)
      var stem = base
      if drafts[i].kind == .arabic {
        stem = stemOfBase[Int(base)]
        if stem == Interner.unknown {
          stem = room.intern(drafts[i].stem ?? room.stem(of: drafts[i].base), in: &table.keys)
          stemOfBase[Int(base)] = stem
        }
      }
      table.append(drafts[i].term(base: base, stem: stem), clitics: drafts[i].clitics)
    }
  }

  /// Makes room for all that forms may need.
  private mutating func prepare(_ forms: [NewForm], _ table: TermTable) {
    drafts.removeAll(keepingCapacity: true)
    drafts.reserveCapacity(forms.count)
    let missingLetters = forms.reduce(0) { $0 + LetterRoom.need($1.span.count) } - letters.count
    if missingLetters > 0 { letters.append(contentsOf: repeatElement(0, count: missingLetters)) }
    if lineage != table.lineage { stemOfBase.removeAll(keepingCapacity: true) }
    let missing = table.keys.count + 2 * forms.count - stemOfBase.count
    if missing > 0 { stemOfBase.append(contentsOf: repeatElement(Interner.unknown, count: missing)) }
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

  func term(base: UInt32, stem: UInt32) -> Term {
    Term(
      base: base, stem: stem, kind: kind, isStopWord: isStopWord, isContent: isContent, opening: opening,
      hasEnclitic: clitics.hasEnclitic)
  }
}

/// A string of a `LetterRoom` on its way into the table of keys.
private struct PendingKey {
  var start: Int
  var key: Interner.Key
  var hash: UInt64

  init(_ start: Int, _ units: UnsafeBufferPointer<UInt16>) {
    self.start = start
    key = Interner.Key(units)
    hash = key.hash
  }
}

/// Where the letters of a batch of forms are written, one word after the other.
private struct LetterRoom {
  private let letters: UnsafeMutableBufferPointer<UInt16>
  private var end = 0

  init(_ letters: UnsafeMutableBufferPointer<UInt16>) { self.letters = letters }

  /// Units that a form of so many may take: an article, its key, and the stem of that.
  static func need(_ count: Int) -> Int { 2 + count + Stemmer.room(for: count) }

  /// Gives `count` units; returns where they start.
  mutating func take(_ count: Int) -> Int {
    defer { end += count }
    return end
  }

  /// The string of that place.
  func units(_ start: Int, _ count: Int) -> UnsafeBufferPointer<UInt16> {
    UnsafeBufferPointer(rebasing: letters[start..<(start + count)])
  }

  func pendingKey(_ start: Int, _ count: Int) -> PendingKey { PendingKey(start, units(start, count)) }

  /// The place where letters are written; there is one, since every form has a unit.
  func pointer(_ start: Int) -> UnsafeMutablePointer<UInt16> { letters.baseAddress! + start }

  /// The stem of a base.
  mutating func stem(of base: PendingKey) -> PendingKey {
    let count = Int(base.key.length)
    let needed = Stemmer.room(for: count)
    let start = take(needed)
    let stem = Stemmer.stem(
      units(base.start, count),
      in: UnsafeMutableBufferPointer(rebasing: letters[start..<(start + needed)]))
    return pendingKey(start + stem.lowerBound, stem.count)
  }

  func intern(_ pending: PendingKey, in keys: inout Interner) -> UInt32 {
    keys.intern(pending.key, pending.hash, units(pending.start, Int(pending.key.length)))
  }
}

/// Works out all about a form but its stem.
///
/// An object of its own for each worker: copies of a struct would count references to tables that all workers share,
/// for each article, and the counts travel from core to core.
private final class FormReader: Sendable {
  private let folding: KeyFolding
  private let stopWords: StopWords
  private let splitter = CliticSplitter()
  private let classes = CharacterClasses()

  init(stopWords: StopWords, folding: KeyFolding) {
    self.stopWords = stopWords
    self.folding = folding
  }

  func read(_ form: UnsafeBufferPointer<UInt16>, _ kind: TokenKind, _ room: inout LetterRoom) -> Draft {
    // Whether a word is an address depends on what stands around it; a term must not, for other articles share it.
    let kind = kind == .url ? self.kind(of: form) : kind
    let clitics = kind == .arabic ? splitter.split(form) : .none
    let place = room.take(2 + form.count)
    let start = place + 2
    // Units are folded one by one, so the base is the key's end.
    let stemStart = clitics.stemStart
    let head = folding.fold(UnsafeBufferPointer(rebasing: form[..<stemStart]), to: room.pointer(start))
    var tail = folding.fold(
      UnsafeBufferPointer(rebasing: form[stemStart...]), to: room.pointer(start + head))
    if head + tail == 0 {
      for i in form.indices { room.pointer(start)[i] = form[i] }
      tail = form.count
    }
    let key = room.pendingKey(start, head + tail)
    let base = head == 0 || tail == 0 ? key : room.pendingKey(start + head, tail)
    let isStopWord = self.isStopWord(key, base, clitics, room)
    let isOfLetters = kind == .arabic || kind == .latin || kind == .mixed
    return Draft(
      kind: kind, clitics: clitics,
      opening: clitics.proclitics == 0 ? PhraseOpening() : PhraseOpening(form, clitics),
      isStopWord: isStopWord, isContent: isOfLetters && !isStopWord && base.key.length > 1, base: base)
  }

  /// A stop word stands in the list whole, or does so without its proclitics (ولكن, فإن, واليوم, لليوم).
  private func isStopWord(
    _ key: PendingKey, _ base: PendingKey, _ clitics: CliticBoundaries, _ room: LetterRoom
  ) -> Bool {
    if contains(key, room) { return true }
    guard clitics.proclitics > 0 else { return false }
    guard clitics.hasArticle else { return contains(base, room) }
    // There are two units at least before a base, and nobody needs the key any more.
    let article = base.start - 2
    room.pointer(article)[0] = 0x0627
    room.pointer(article)[1] = 0x0644
    return contains(room.pendingKey(article, Int(base.key.length) + 2), room)
  }

  private func contains(_ pending: PendingKey, _ room: LetterRoom) -> Bool {
    stopWords.contains(
      pending.key, pending.hash, room.units(pending.start, Int(pending.key.length)))
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
