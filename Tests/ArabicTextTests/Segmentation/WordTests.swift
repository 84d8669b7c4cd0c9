import ArabicText
import Testing

@Suite("Words")
struct WordTests {
  private func words(_ text: String) throws -> [String] {
    let sample = try SegmentationSample(text)
    return sample.tokens.map { sample.string($0.span) + ($0.kind == .arabic ? "" : "/\($0.kind.name)") }
  }

  @Test("Marks, tatweel and invisible characters inside a word do not split it")
  func marks() throws {
    #expect(try words("مُحَمَّدٌ كـــتاب هٰذا") == ["مُحَمَّدٌ", "كـــتاب", "هٰذا"])
    for invisible in [
      "\u{200b}", "\u{200c}", "\u{200d}", "\u{200e}", "\u{200f}", "\u{ad}", "\u{2060}", "\u{feff}",
    ] {
      #expect(try words("كت\(invisible)اب") == ["كت\(invisible)اب"])
    }
  }

  @Test("A free-standing tatweel is not a word")
  func tatweel() throws {
    #expect(try words("باب ـ بيت ــ نهر") == ["باب", "بيت", "نهر"])
    #expect(try words("سنة 1410 هـ") == ["سنة", "1410/number", "هـ"])
  }

  @Test("A full stop, an apostrophe or an underscore between Arabic letters separates words")
  func joiners() throws {
    #expect(try words("باب.بيت") == ["باب", "بيت"])
    #expect(try words("د.سامي") == ["د", "سامي"])
    #expect(try words("ال'بيت'") == ["ال", "بيت"])
    #expect(try words("#كأس_العالم") == ["كأس", "العالم"])
    #expect(try words("Node.js O'Neill a_b") == ["Node.js/latin", "O'Neill/latin", "a_b/latin"])
    #expect(try words("ق.م أ.د.ب U.S.A") == ["ق.م", "أ.د.ب", "U.S.A/latin"])
  }

  @Test("Numbers keep their separators and leave their units")
  func numbers() throws {
    #expect(
      try words("3.5 ٣٫٥ 1,234.5 ۱۲٬۳۴۵") == ["3.5/number", "٣٫٥/number", "1,234.5/number", "۱۲٬۳۴۵/number"])
    #expect(try words("15كم 1990م") == ["15/number", "كم", "1990/number", "م"])
    #expect(
      try words("و20 ف16 G20 كوفيد19") == ["و", "20/number", "ف16/mixed", "G20/mixed", "كوفيد19/mixed"])
    #expect(
      try words("12/5/2024 ١٢-٥-٢٠٢٤ 2024-05-12") == [
        "12/5/2024/number", "١٢-٥-٢٠٢٤/number", "2024-05-12/number",
      ])
    #expect(try words("10-10-1436هـ") == ["10-10-1436/number", "هـ"])
    #expect(
      try words("الـ21 بـ5 ال20 وGoogle") == [
        "الـ", "21/number", "بـ", "5/number", "ال", "20/number", "و", "Google/latin",
      ])
    #expect(try words("1990-1995 3/4") == ["1990/number", "1995/number", "3/number", "4/number"])
  }

  @Test(
    "An address is one token, without the punctuation around it",
    arguments: [
      "http://example.com/a.b?c=d&e=f#g", "https://ar.wikipedia.org/wiki/القاهرة_(مدينة)", "www.example.org",
      "news.example.com", "ali.hasan+x@mail.example.co", "ftp://a.example/b;c", "[رابط]",
    ])
  func addresses(_ address: String) throws {
    for (before, after) in [
      ("زوروا ", " اليوم"), ("زوروا (", ")."), ("زوروا ", "، ثم"), ("زوروا «", "»"), ("زوروا ", "."),
    ] {
      let sample = try SegmentationSample(before + address + after)
      let found = sample.tokens.filter { $0.kind == .url }.map { sample.string($0.span) }
      #expect(found == [address])
    }
  }

  @Test("What only looks like an address is not one")
  func notAddresses() throws {
    for text in ["a@b", "@سامي", "https://", "www.", "كلمة:// كلمة", "Mr.Smith", "باب@بيت", "Node.js"] {
      let kinds = try SegmentationSample(text).tokens.map(\.kind)
      #expect(!kinds.contains(.url), "\(text)")
    }
  }

  @Test("An Arabic word glued to an address stays a word")
  func gluedAddress() throws {
    #expect(try words("زوروا:www.example.comوعودوا") == ["زوروا", "www.example.com/url", "وعودوا"])
  }

  @Test("Kinds follow the letters")
  func kinds() throws {
    #expect(
      try words("café كتابBook Δv 日本 😀 ❤️ 🇪🇬 ☎") == [
        "café/latin", "كتاب", "Book/latin", "Δv/mixed", "日本/other", "😀/other", "❤️/other", "🇪🇬/other",
      ])
    #expect(try words("ﷺ ﻣﺤﻤﺪ پژوهش") == ["ﷺ", "ﻣﺤﻤﺪ", "پژوهش"])
  }

  @Test("The gap tells what stands between two words")
  func gaps() throws {
    let sample = try SegmentationSample("باب كبير، 15كم (نهر)\u{200f} بيت_قديم.\nثم عاد")
    #expect(
      sample.tokens.map(\.gap) == [
        .sentenceStart, .blank, .punctuation, .none, .punctuation, .punctuation, .blank, .sentenceStart,
        .blank,
      ])
  }

  @Test("Equal forms share one term, and the analyzer is asked once for each")
  func terms() throws {
    var segmenter = try Segmenter(SegmentationOptions(), terms: FormOnlyTerms())
    let sample = SegmentationSample(units: Array("باب بيت باب. بيت باب".utf16), segmenter: &segmenter)
    #expect(sample.tokens.map(\.term) == [0, 1, 0, 1, 0])
    #expect((segmenter.terms as? FormOnlyTerms)?.calls == 2)
    for token in sample.tokens {
      #expect(sample.table.forms.string(token.term) == sample.string(token.span))
      #expect(sample.table[token.term].kind == token.kind)
    }
  }
}
