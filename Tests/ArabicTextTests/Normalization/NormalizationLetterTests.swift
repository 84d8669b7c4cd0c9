import ArabicText
import Testing

@Suite("Normalization of letters and marks")
struct NormalizationLetterTests {
  @Test(
    "composition",
    arguments: [
      NormalizationCase("madda composes", "ا\u{0653}", "\u{0622}"),
      NormalizationCase("hamza above composes", "ا\u{0654}", "\u{0623}"),
      NormalizationCase("hamza below composes", "ا\u{0655}", "\u{0625}"),
      NormalizationCase("hamza on waw composes", "و\u{0654}", "\u{0624}"),
      NormalizationCase("hamza on yeh composes", "ي\u{0654}", "\u{0626}"),
      NormalizationCase("hamza on alef maksura becomes yeh with hamza", "ى\u{0654}", "\u{0626}"),
      NormalizationCase("hamza on alef maksura behind a vowel", "ى\u{064E}\u{0654}", "\u{0626}\u{064E}"),
      NormalizationCase("hamza on alef maksura behind shadda", "ى\u{0651}\u{0654}", "\u{0626}\u{0651}"),
      NormalizationCase("hamza does not reach over another letter", "ىب\u{0654}", "ىب\u{0654}"),
      NormalizationCase("shadda goes behind fatha", "ب\u{0651}\u{064E}", "ب\u{064E}\u{0651}"),
      NormalizationCase("Latin composes", "e\u{0301}", "\u{E9}"),
      NormalizationCase("alef maksura stays", "إلى", "إلى"),
      NormalizationCase("teh marbuta stays", "مدرسة", "مدرسة"),
      NormalizationCase("alef wasla stays", "ٱلكتاب", "ٱلكتاب"),
      NormalizationCase("hamza composes over deleted tatweel", "ا\u{0640}\u{0654}", "\u{0623}"),
    ])
  func composition(_ row: NormalizationCase) throws { try row.check() }

  @Test(
    "marks",
    arguments: [
      NormalizationCase("diacritics stay", "كَتَبَ", "كَتَبَ"),
      NormalizationCase("strip", "مُحَمَّدٌ", "محمد") { $0.diacritics = .strip },
      NormalizationCase("strip keeps the hamza of a decomposed letter", "ا\u{0654}ب", "أب") {
        $0.diacritics = .strip
      },
      NormalizationCase("strip keeps the hamza of alef maksura", "شاط\u{0649}\u{0654}", "شاطئ") {
        $0.diacritics = .strip
      },
      NormalizationCase("strip keeps the madda of a decomposed letter", "ا\u{0653}", "آ") {
        $0.diacritics = .strip
      },
      NormalizationCase("strip leaves Latin accents", "café ö\u{0323}", "café ọ\u{0308}") {
        $0.diacritics = .strip
      },
      NormalizationCase("shadda stays alone", "مُحَمَّدٌ", "محم\u{0651}د") {
        $0.diacritics = .stripAllButShadda
      },
      NormalizationCase("dagger alef is a diacritic", "ه\u{0670}ذا", "هذا") { $0.diacritics = .strip },
      NormalizationCase("Quranic marks stay", "ق\u{06D6}", "ق\u{06D6}") { $0.diacritics = .strip },
      NormalizationCase("Quranic marks go", "ق\u{06D6}ل\u{06E5}\u{08D6}", "قل") { $0.quranicMarks = .strip },
      NormalizationCase(
        "visible Quranic signs stay", "ق\u{06DD} \u{06DE} \u{06E9}", "ق\u{06DD} \u{06DE} \u{06E9}"
      ) {
        $0.quranicMarks = .strip
      },
      NormalizationCase("hamza composes when a Quranic mark is gone", "ا\u{06D6}\u{0654}", "أ") {
        $0.quranicMarks = .strip
      },
      NormalizationCase("tatweel goes", "كتـــاب", "كتاب"),
      NormalizationCase("tatweel with a mark leaves the mark", "السم\u{0640}\u{0670}وات", "السم\u{0670}وات"),
      NormalizationCase("tatweel as a dash becomes a hyphen", "الرياض ـ واس", "الرياض - واس"),
      NormalizationCase("tatweel kept", "كتـاب", "كتـاب") { $0.tatweel = .keep },
    ])
  func marks(_ row: NormalizationCase) throws { try row.check() }

  @Test(
    "look-alikes",
    arguments: [
      NormalizationCase("Farsi yeh inside a word (not alef maksura)", "تجر\u{06CC}د", "تجريد"),
      NormalizationCase("Farsi yeh at the end", "ف\u{06CC} الذ\u{06CC}", "في الذي"),
      NormalizationCase("Farsi yeh of a word in alef maksura", "إل\u{06CC} وعل\u{06CC}", "إلى وعلى"),
      NormalizationCase("Farsi yeh under dagger alef", "ع\u{06CC}س\u{06CC}\u{0670}", "عيسى\u{0670}"),
      NormalizationCase("Farsi yeh with hamza", "ش\u{06CC}\u{0654}ا", "شئا"),
      NormalizationCase("keheh and swash kaf", "\u{06A9}تاب \u{06AA}ل", "كتاب كل"),
      NormalizationCase("forms of heh", "\u{06C1}\u{06BE}\u{06D5}\u{06C0}\u{06C2}", "ههههه") {
        $0.elongation = .keep
      },
      NormalizationCase("ae is not deleted", "کتاب\u{06D5}", "كتابه"),
      NormalizationCase("teh marbuta goal", "مدرس\u{06C3}", "مدرسة"),
      NormalizationCase("yeh barree", "ف\u{06D2} ش\u{06D3}", "في شئ"),
      NormalizationCase("letters of their own stay", "پچژگڤ", "پچژگڤ"),
      NormalizationCase("kept", "\u{06A9}\u{06CC}", "\u{06A9}\u{06CC}") { $0.lookalikes = .keep },
    ])
  func lookalikes(_ row: NormalizationCase) throws { try row.check() }

  @Test(
    "presentation forms",
    arguments: [
      NormalizationCase("letters", "\u{FEDB}\u{FE98}\u{FE8E}\u{FE8F}", "كتاب"),
      NormalizationCase(
        "lam-alef keeps its hamza", "\u{FEF5}\u{FEF7}\u{FEF9}\u{FEFB}",
        "\u{0644}\u{0622}\u{0644}\u{0623}\u{0644}\u{0625}\u{0644}\u{0627}"),
      NormalizationCase("free-standing fathatan splits no word", "ب\u{FE70}ت", "ب\u{064B}ت"),
      NormalizationCase("free-standing fatha splits no word", "ب\u{FE76}ت", "ب\u{064E}ت"),
      NormalizationCase(
        "free-standing shadda ligatures split no word", "ب\u{FC5E}ت\u{FC60}",
        "ب\u{064C}\u{0651}ت\u{064E}\u{0651}"),
      NormalizationCase("tatweel with a mark", "ب\u{FE71}ت", "ب\u{064B}ت"),
      NormalizationCase("rial without Persian yeh", "\u{FDFC}", "ريال"),
      NormalizationCase("rial without Persian yeh if look-alikes stay", "\u{FDFC}", "ريال") {
        $0.lookalikes = .keep
      },
      NormalizationCase("rial sign beside a digit", "10\u{FDFC}", "10 ريال"),
      NormalizationCase(
        "a phrase does not stick to the word", "النبي\u{FDFA}قال", "النبي صلى الله عليه وسلم قال"),
      NormalizationCase("two phrases", "\u{FDFB}\u{FDFA}", "جل جلاله صلى الله عليه وسلم"),
      NormalizationCase("the name of God takes prefixes", "و\u{FDF2}", "والله"),
      NormalizationCase("basmala has no spelling", "\u{FDFD}", "\u{FDFD}"),
      NormalizationCase("ornate brackets stay", "\u{FD3E}\u{FD3F}", "\u{FD3E}\u{FD3F}"),
      NormalizationCase(
        "other compatibility characters stay", "\u{FB01}\u{2460}\u{FF21}", "\u{FB01}\u{2460}\u{FF21}"),
      NormalizationCase("kept", "\u{FEDB}", "\u{FEDB}") { $0.presentationForms = .keep },
    ])
  func presentationForms(_ row: NormalizationCase) throws { try row.check() }

  @Test(
    "elongation",
    arguments: [
      NormalizationCase("letters", "جمييييل", "جميل"),
      NormalizationCase("doubles stay", "الممكن اللغة", "الممكن اللغة"),
      NormalizationCase("after tatweel", "جمييـييل", "جميل"),
      NormalizationCase("laughter", "هههههههه", "ههه"),
      NormalizationCase("article keeps its lams", "الللاعب واللللغة", "اللاعب واللغة"),
      NormalizationCase("preposition and article", "لللاعبين", "للاعبين"),
      NormalizationCase("name of God", "ياللله", "يالله"),
      NormalizationCase("three teh at the start are two prefixes", "تتتابع", "تتتابع"),
      NormalizationCase("digits and Latin stay", "www 1000 ٠٠٠٠ hmmm", "www 1000 ٠٠٠٠ hmmm"),
      NormalizationCase(
        "wherever it stands", "بمممت سبمممت قسبمممت مممب بتس ممم", "بمت سبمت قسبمت مب بتس ممم"),
      NormalizationCase("one after another", "بتتتسسسم بتسسسسجججج", "بتسم بتسج"),
      NormalizationCase("kept", "جمييييل", "جمييييل") { $0.elongation = .keep },
    ])
  func elongation(_ row: NormalizationCase) throws { try row.check() }
}
