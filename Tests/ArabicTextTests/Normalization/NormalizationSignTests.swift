import ArabicText
import Testing

@Suite("Normalization of signs, blanks, digits and addresses")
struct NormalizationSignTests {
  @Test(
    "invisible characters",
    arguments: [
      NormalizationCase("joiner inside a word shows", "م\u{200C}ن", "م\u{200C}ن"),
      NormalizationCase("joiner behind a word does not", "من\u{200C} ", "من"),
      NormalizationCase("joiner of the Hijri abbreviation shows", "1436ه\u{200D}", "1436ه\u{200D}"),
      NormalizationCase("joiner of an emoji shows", "👨\u{200D}👩", "👨\u{200D}👩"),
      NormalizationCase("one joiner is enough", "م\u{200C}\u{200C}ن", "م\u{200C}ن"),
      NormalizationCase("marks beside Latin stay", "كلمة C++\u{200F}!", "كلمة C++\u{200F}!"),
      NormalizationCase("marks beside digits stay", "\u{200E}+966 5", "\u{200E}+966 5"),
      NormalizationCase("marks between Arabic letters go", "كل\u{200F}مة\u{200E} هنا", "كلمة هنا"),
      NormalizationCase("isolate stays", "قال \u{2067}زيد\u{2069} له", "قال \u{2067}زيد\u{2069} له"),
      NormalizationCase("embedding stays", "\u{202B}زيد\u{202C}", "\u{202B}زيد\u{202C}"),
      NormalizationCase("open isolate goes", "قال \u{2067}زيد", "قال زيد"),
      NormalizationCase("stray ends go", "قال\u{2069} زيد\u{202C}", "قال زيد"),
      NormalizationCase("empty isolate goes", "قال\u{2067} \u{2069}زيد", "قال زيد"),
      NormalizationCase("isolate does not reach over a line end", "\u{2067}قال\nزيد\u{2069}", "قال\nزيد"),
      NormalizationCase(
        "embedding left open in an isolate goes", "\u{2067}\u{202A}زيد\u{2069}", "\u{2067}زيد\u{2069}"),
      NormalizationCase(
        "soft hyphen, zero-width space, word joiner, BOM go", "\u{FEFF}ك\u{AD}ت\u{200B}ا\u{2060}ب", "كتاب"),
      NormalizationCase("controls go", "كت\u{1}\u{7F}\u{9D}اب", "كتاب"),
      NormalizationCase(
        "visible format characters stay", "\u{0600}\u{0605}\u{06DD}\u{08E2}",
        "\u{0600}\u{0605}\u{06DD}\u{08E2}"),
      NormalizationCase(
        "visible format characters stay when all go", "\u{0600}\u{06DD}\u{200E}", "\u{0600}\u{06DD}"
      ) {
        $0.invisibles = .remove
      },
      NormalizationCase("all go", "م\u{200C}ن C\u{200F} \u{2067}زيد\u{2069}", "من C زيد") {
        $0.invisibles = .remove
      },
      NormalizationCase("kept", "م\u{200B}ن\u{FEFF}", "م\u{200B}ن\u{FEFF}") { $0.invisibles = .keep },
      NormalizationCase("hamza composes when a zero-width space is gone", "ا\u{200B}\u{0654}", "أ"),
    ])
  func invisibles(_ row: NormalizationCase) throws { try row.check() }

  @Test(
    "entities",
    arguments: [
      NormalizationCase("named", "&laquo;كلمة&raquo;&nbsp;ثم &quot;أخرى&quot;", "«كلمة» ثم \"أخرى\""),
      NormalizationCase("decimal and hexadecimal", "&#1571;&#x628;&#X62A;", "أبت"),
      NormalizationCase("supplementary", "&#128512;", "😀"),
      NormalizationCase("windows-1252 numbers", "&#147;&#151;", "\u{201C}\u{2014}"),
      NormalizationCase(
        "no character", "&#0;&#xD800;&#x110000;&#99999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
      NormalizationCase("doubly encoded", "&amp;quot;كلمة&amp;#1571;", "\"كلمةأ"),
      NormalizationCase("trebly encoded is left alone", "&amp;amp;quot;", "&amp;amp;quot;"),
      NormalizationCase("ampersand", "AT&amp;T", "AT&T"),
      NormalizationCase("no semicolon", "كلمة&nbsp أخرى&quot", "كلمة أخرى\""),
      NormalizationCase("addresses are no entities", "?a=1&copy=2&b=3", "?a=1&copy=2&b=3"),
      NormalizationCase("unknown names stay", "&News; &;&#; &#x;", "&News; &;&#; &#x;"),
      NormalizationCase("decoded letters may complete one", "&&#108;t;", "<"),
      NormalizationCase("kept", "&quot;", "&quot;") { $0.htmlEntities = .keep },
    ])
  func entities(_ row: NormalizationCase) throws { try row.check() }

  @Test(
    "blanks",
    arguments: [
      NormalizationCase("every blank is a space", "ا\u{A0}ب\tت\u{2003}ث\u{3000}ج", "ا ب ت ث ج"),
      NormalizationCase("runs and edges", "  ا  \u{A0} ب  ", "ا ب"),
      NormalizationCase("lines are trimmed", "ا \n ب", "ا\nب"),
      NormalizationCase("one empty line", "ا\n\n \n\nب", "ا\n\nب"),
      NormalizationCase("line ends", "ا\r\nب\rت\u{85}ث\u{2028}ج\r\n\r\nح", "ا\nب\nت\nث\nج\n\nح"),
      NormalizationCase("only blanks", " \n\u{A0}", ""),
      NormalizationCase("kept", " ا\u{A0} ب\r\n", " ا\u{A0} ب\r\n") { $0.whitespace = .keep },
    ])
  func blanks(_ row: NormalizationCase) throws { try row.check() }

  @Test(
    "digits",
    arguments: [
      NormalizationCase("kept", "١٢ ۱۲ 12", "١٢ ۱۲ 12"),
      NormalizationCase("ASCII", "٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹", "0123456789 0123456789") { $0.digits = .ascii },
      NormalizationCase("decimal separator", "٣٫١٤", "3.14") { $0.digits = .ascii },
      NormalizationCase("thousands separator", "١٬٠٠٠٬٠٠٠", "1000000") { $0.digits = .ascii },
      NormalizationCase("separators elsewhere stay", "كلمة٬ ٫", "كلمة٬ ٫") { $0.digits = .ascii },
      NormalizationCase("Arabic-Indic", "2015 ۱۲ 3.5", "٢٠١٥ ١٢ ٣.٥") { $0.digits = .arabicIndic },
      NormalizationCase("Latin words keep theirs", "MP3 و COVID-19", "MP3 و COVID-19") {
        $0.digits = .arabicIndic
      },
    ])
  func digits(_ row: NormalizationCase) throws { try row.check() }

  @Test(
    "punctuation and quotes",
    arguments: [
      NormalizationCase("kept", "قال, ثم; لماذا?", "قال, ثم; لماذا?"),
      NormalizationCase("Arabic", "قال, ثم; لماذا?? سَأَلَ, 5", "قال، ثم؛ لماذا؟؟ سَأَلَ، 5") {
        $0.punctuation = .arabic
      },
      NormalizationCase("numbers and Latin keep theirs", "1,000 a, b; c?", "1,000 a, b; c?") {
        $0.punctuation = .arabic
      },
      NormalizationCase(
        "addresses keep theirs", "http://a.com/خبر?id=1,2 www.a.com/خبر,",
        "http://a.com/خبر?id=1,2 www.a.com/خبر,"
      ) {
        $0.punctuation = .arabic
      },
      NormalizationCase("straight", "“كلمة” «أخرى» ‘ثالثة’", "\"كلمة\" \"أخرى\" 'ثالثة'") {
        $0.quotes = .straight
      },
      NormalizationCase("guillemets", "\"كلمة\" ”أخرى“ «ثالثة»", "«كلمة» «أخرى» «ثالثة»") {
        $0.quotes = .guillemets
      },
      NormalizationCase("an odd one out stays", "شاشة 5\" و\n\"كلمة\"", "شاشة 5\" و\n«كلمة»") {
        $0.quotes = .guillemets
      },
    ])
  func punctuation(_ row: NormalizationCase) throws { try row.check() }

  private static func mask(_ options: inout NormalizationOptions) {
    options.emails = .mask
    options.urls = .mask
    options.phones = .mask
  }

  @Test(
    "masks",
    arguments: [
      NormalizationCase("kept", "a@b.com www.b.com 0501234567", "a@b.com www.b.com 0501234567"),
      NormalizationCase("e-mail", "راسلنا: info.x@mail.example.com.", "راسلنا: [بريد].", mask),
      NormalizationCase("no e-mail", "تابع @user و a@b", "تابع @user و a@b", mask),
      NormalizationCase("URL", "انظر (https://example.com/a_(b)?c=1&d=2).", "انظر ([رابط]).", mask),
      NormalizationCase("URL with an Arabic path", "http://example.com/أخبار/5، ثم", "[رابط]، ثم", mask),
      NormalizationCase("www", "www.example.com! ثم www.", "[رابط]! ثم www.", mask),
      NormalizationCase("international number", "+966 50 123 4567 و00966501234567", "[هاتف] و[هاتف]", mask),
      NormalizationCase("national number", "هاتف: 050-123-4567", "هاتف: [هاتف]", mask),
      NormalizationCase("Arabic-Indic number", "٠٥٠١٢٣٤٥٦٧", "[هاتف]", mask),
      NormalizationCase("two numbers", "0501234567-0551234567", "[هاتف]-[هاتف]", mask),
      NormalizationCase(
        "dates", "05-07-2015 10 2015-07-21 01/02/2015 05 07 2015",
        "05-07-2015 10 2015-07-21 01/02/2015 05 07 2015", mask),
      NormalizationCase(
        "numbers", "1000000000 0.1234567890 3,012345678 10:00 0,5",
        "1000000000 0.1234567890 3,012345678 10:00 0,5", mask),
      NormalizationCase("own placeholder", "a@b.com", "<mail>") {
        $0.emails = .mask
        $0.emailPlaceholder = "<mail>"
      },
    ])
  func masks(_ row: NormalizationCase) throws { try row.check() }

  @Test("a placeholder that would be rewritten is refused")
  func unstablePlaceholder() {
    var options = NormalizationOptions()
    options.urls = .mask
    options.urlPlaceholder = "http://example.com"
    #expect(throws: NormalizationError.unstablePlaceholder(option: "urlPlaceholder")) {
      _ = try Normalizer(options)
    }
  }
}
