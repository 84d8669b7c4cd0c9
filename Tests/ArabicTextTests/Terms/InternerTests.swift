import TestSupport
import Testing

@testable import ArabicText

@Suite struct InternerTests {
  /// Words of every length around the border of what a slot holds, many of them alike.
  private static func words(_ count: Int, seed: UInt64) -> [[UInt16]] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      (0..<Int.random(in: 0...20, using: &random)).map { _ in
        [0, 0x0627, 0x0628, 0x0644].randomElement(using: &random) ?? 0
      }
    }
  }

  @Test func equalStringsAndOnlyTheyShareAnId() {
    var interner = Interner(minimumCapacity: 4)
    var ids: [[UInt16]: UInt32] = [:]
    for word in Self.words(30_000, seed: 5) {
      let (id, isNew) = word.withUnsafeBufferPointer { interner.intern($0) }
      #expect(isNew == (ids[word] == nil))
      #expect(ids[word, default: id] == id)
      ids[word] = id
      #expect(interner.units(of: id) == word && interner.length(of: id) == word.count)
    }
    #expect(interner.count == ids.count)
    for (word, id) in ids { #expect(word.withUnsafeBufferPointer { interner.find($0) } == id) }
    let unknown: [UInt16] = Array(repeating: 0x0628, count: 30)
    #expect(unknown.withUnsafeBufferPointer { interner.find($0) } == nil)
    interner.removeAll()
    #expect(interner.count == 0 && interner.byteCount < 64)
    #expect([0x0627, 0x0628].withUnsafeBufferPointer { interner.find($0) } == nil)
  }

  @Test func whatIsKeptOfAnInternerKeepsItsIds() {
    var interner = Interner(minimumCapacity: 8)
    var words: [[UInt16]] = []
    for word in Self.words(5000, seed: 3) {
      if word.withUnsafeBufferPointer({ interner.intern($0) }).isNew { words.append(word) }
    }
    interner.removeAll(after: 700)
    #expect(interner.count == 700)
    for (id, word) in words.enumerated() {
      #expect(word.withUnsafeBufferPointer { interner.find($0) } == (id < 700 ? UInt32(id) : nil))
    }
    let (id, isNew) = words[900].withUnsafeBufferPointer { interner.intern($0) }
    #expect(id == 700 && isNew && interner.units(of: 700) == words[900])
  }

  @Test func manyLookupsAtOnceFindWhatSingleOnesDo() {
    var interner = Interner(minimumCapacity: 64)
    let words = Self.words(200, seed: 9).filter { !$0.isEmpty }
    for word in words.prefix(100) { word.withUnsafeBufferPointer { _ = interner.intern($0) } }
    let text = Array(words.joined())
    var tokens: [Token] = []
    var start = 0
    for word in words {
      tokens.append(
        Token(span: TextSpan(start, start + word.count), term: 0, kind: .arabic, gap: .blank))
      start += word.count
    }
    var lookups = Interner.Lookups()
    let unknown = text.withUnsafeBufferPointer { text in
      tokens.withUnsafeMutableBufferPointer { lookups.find($0, in: text, interner) }
    }
    #expect(unknown > 0 && unknown == tokens.count { $0.term == Interner.unknown })
    for (token, word) in zip(tokens, words) {
      let single = word.withUnsafeBufferPointer { interner.find($0) }
      #expect(token.term == single ?? Interner.unknown)
    }
  }
}

@Suite struct TermTableTests {
  @Test func copiesShareALineageUntilOneOfThemGrows() throws {
    var analyzer = TermAnalyzer()
    var table = TermTable()
    func add(_ word: String, to table: inout TermTable) {
      Array(word.utf16).withUnsafeBufferPointer { _ = analyzer.intern($0, kind: .arabic, in: &table) }
    }
    add("كتاب", to: &table)
    let lineage = table.lineage
    add("مدرسة", to: &table)
    #expect(table.lineage == lineage)
    var copy = table
    #expect(copy.lineage == lineage)
    add("قلم", to: &copy)
    add("حبر", to: &table)
    #expect(copy.lineage != table.lineage)
    #expect(TermTable().lineage != TermTable().lineage)
    let before = table.lineage
    table.removeAll()
    #expect(table.lineage != before)
  }

  @Test func forgettingRareTermsKeepsTheFirstOnesWhole() throws {
    var analyzer = TermAnalyzer()
    var table = TermTable()
    func word(_ number: Int) -> [UInt16] {
      Array("ال".utf16) + String(number, radix: 8).utf16.map { 0x0628 + ($0 - 0x30) }
    }
    for number in 0..<(TermTable.coreCount + 500) {
      word(number).withUnsafeBufferPointer { _ = analyzer.intern($0, kind: .arabic, in: &table) }
    }
    let before = (0..<UInt32(TermTable.coreCount)).map { table.keys.units(of: table[$0].stem) }
    let lineage = table.lineage
    table.removeRare()
    #expect(table.count == TermTable.coreCount && table.forms.count == table.count)
    #expect(table.lineage != lineage)
    #expect((0..<UInt32(TermTable.coreCount)).map { table.keys.units(of: table[$0].stem) } == before)
    let again = word(TermTable.coreCount + 7).withUnsafeBufferPointer {
      analyzer.intern($0, kind: .arabic, in: &table)
    }
    #expect(Int(again) == TermTable.coreCount)
    #expect(table.forms.units(of: again) == word(TermTable.coreCount + 7))
  }

  @Test func aPackedRowGivesBackWhatItWasMadeOf() {
    let clitics = CliticBoundaries(mask: 0b1010, proclitics: 2, hasArticle: true)
    let term = Term(
      base: 2, stem: 3, kind: .mixed, isStopWord: true, isContent: false,
      opening: PhraseOpening(cut: 1, isDefinite: true))
    var table = TermTable()
    table.append(term, clitics: clitics)
    #expect(table.clitics(of: 0) == clitics && clitics.positions == [1, 3] && clitics.stemStart == 3)
    #expect(term.isStopWord && !term.isContent)
    #expect(term.opening == PhraseOpening(cut: 1, isDefinite: true))
    #expect(MemoryLayout<Term>.stride == 12)
  }
}

@Suite struct LatinFormsTests {
  @Test func aKnownWordIsNotTransliteratedAgain() {
    var forms = LatinForms()
    var calls = 0
    for word in ["كتاب", "قلم", "كتاب", "كتاب"] {
      var out: [UInt16] = [0x2D]
      Array(word.utf16).withUnsafeBufferPointer { units in
        forms.append(units, to: &out) { word, latin in
          calls += 1
          latin.append(contentsOf: word.reversed())
        }
      }
      #expect(out == [0x2D] + Array(word.utf16).reversed())
    }
    #expect(calls == 2)
  }
}
