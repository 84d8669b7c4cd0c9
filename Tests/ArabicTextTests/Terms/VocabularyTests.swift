import Testing

@testable import ArabicText

@Suite struct VocabularyTests {
  private struct Article {
    var tokens: [Token]
    var title: [Token]
  }

  /// An article of words that stand between blanks.
  private static func article(
    _ text: String, title: String, _ analyzer: inout TermAnalyzer, _ table: inout TermTable
  ) -> Article {
    func tokens(_ text: String) -> [Token] {
      let units = Array(text.utf16)
      return units.split(separator: 0x20).map { word in
        let id = word.withUnsafeBufferPointer { analyzer.intern($0, kind: .arabic, in: &table) }
        return Token(
          span: TextSpan(word.startIndex, word.endIndex), term: id, kind: .arabic, gap: .blank)
      }
    }
    return Article(tokens: tokens(text), title: tokens(title))
  }

  private static let text = "المدرسة في القرية مدرسة صغيرة والمدرسة قديمة في كل قرية"
  private static let title = "مدارس القرية في الجبل"

  @Test func formsWordsAndStemsAreNumberedInOrderOfFirstSight() throws {
    var analyzer = try TermAnalyzer()
    var table = TermTable()
    let article = Self.article(Self.text, title: Self.title, &analyzer, &table)
    var builder = VocabularyBuilder()
    let vocabulary = builder.build(article.tokens, title: article.title, table)
    #expect(vocabulary.tokens == [0, 1, 2, 3, 4, 5, 6, 1, 7, 8])
    let words = vocabulary.tokens.map { vocabulary.forms[Int($0)].word }
    #expect(words == [0, 1, 2, 0, 3, 0, 4, 1, 5, 2])
    #expect(vocabulary.words.count == 6)
    #expect(vocabulary.stemCount <= 6 && vocabulary.words.allSatisfy { $0.stem < vocabulary.stemCount })
    for (token, form) in zip(article.tokens, vocabulary.tokens) {
      let term = table[token.term]
      #expect(vocabulary.forms[Int(form)].isStopWord == term.isStopWord)
      #expect(vocabulary.words[Int(vocabulary.forms[Int(form)].word)].base == term.base)
    }
    // The title's stop word is left out, and so is a word that the text does not have.
    let village = vocabulary.words[2].stem
    #expect(vocabulary.titleStems.contains(village))
    #expect(vocabulary.titleStems.count < article.title.count - 1)
  }

  @Test func anArticleHasTheSameNumbersWhateverCameBefore() throws {
    var analyzer = try TermAnalyzer()
    var table = TermTable()
    var builder = VocabularyBuilder()
    let other = Self.article(
      "قرية كل قديمة صغيرة والجبل بعيد في المساء", title: "الجبل", &analyzer, &table)
    _ = builder.build(other.tokens, title: other.title, table)
    let article = Self.article(Self.text, title: Self.title, &analyzer, &table)
    let used = builder.build(article.tokens, title: article.title, table)

    var freshTable = TermTable()
    let again = Self.article(Self.text, title: Self.title, &analyzer, &freshTable)
    var fresh = VocabularyBuilder()
    let first = fresh.build(again.tokens, title: again.title, freshTable)
    #expect(used.tokens == first.tokens && used.titleStems == first.titleStems)
    #expect(used.stemCount == first.stemCount)
    #expect(used.forms.map(\.word) == first.forms.map(\.word))
    #expect(used.forms.map(\.stem) == first.forms.map(\.stem))
    #expect(used.words.map(\.stem) == first.words.map(\.stem))
  }

  @Test func anArticleWithoutWordsHasAnEmptyVocabulary() {
    var builder = VocabularyBuilder()
    let vocabulary = builder.build([], title: [], TermTable())
    #expect(vocabulary.tokens.isEmpty && vocabulary.forms.isEmpty && vocabulary.words.isEmpty)
    #expect(vocabulary.stemCount == 0 && vocabulary.titleStems.isEmpty)
  }

  @Test(arguments: ["بوابة", "example", "2024", "example.org"])
  func aTermDoesNotDependOnWhetherTheFormStoodInAnAddressFirst(form: String) throws {
    let units = Array(form.utf16)
    let kind: TokenKind =
      form == "بوابة" ? .arabic : form == "2024" ? .number : .latin
    func term(_ kind: TokenKind) throws -> (term: Term, base: [UInt16], stem: [UInt16]) {
      var analyzer = try TermAnalyzer()
      var table = TermTable()
      let id = units.withUnsafeBufferPointer { analyzer.intern($0, kind: kind, in: &table) }
      return (table[id], table.keys.units(of: table[id].base), table.keys.units(of: table[id].stem))
    }
    let (address, word) = (try term(.url), try term(kind))
    #expect(address.term.traits == word.term.traits && address.term.kind == word.term.kind)
    #expect(address.base == word.base && address.stem == word.stem)
  }
}
