/// Abbreviations of Arabic articles and what a full stop after each means.
///
/// Forms are written as in text, without the last full stop; a leading و, ف, ل, ب or ك is taken off titles
/// before they are looked up. Letters with a full stop after each (ق.م, د.ب.أ) need no row: any chain of
/// single letters is an abbreviation.
enum AbbreviationRole: UInt8 {
  /// Stands before a name: never the end while a word follows.
  case title
  /// Stands before a number: not the end if one follows.
  case reference
  /// A letter of the Latin alphabet spelled out: an initial if it stands alone before a name.
  case letterName
  /// Any name of a Latin letter: after one of these, the next is part of an acronym (بي بي سي).
  case spelledLetter
  /// Takes a letter as its name (فيتامين د): that letter may well end a sentence.
  case takesLetter
  /// Opens a new sentence or clause: what stands before it may have ended.
  case opener
  /// Goes on with the sentence after a date, and is no name after an initial.
  case preposition
  /// Tells who speaks: after a quotation that ends in ! or ؟ the sentence goes on.
  case speech
}

enum Abbreviations {
  /// All rows: what they do, which forms, and why.
  static let rows: [(role: AbbreviationRole, forms: [String], reason: String)] = [
    (.title, ["د", "دك", "دكت"], "doctor (دكتور)"),
    (.title, ["أ", "ا", "أ.د", "ا.د", "أ.م", "أ.م.د", "ا.م.د", "م.د"], "teacher, (associate) professor"),
    (.title, ["م", "مهـ"], "engineer (مهندس)"),
    (.title, ["ش", "ح", "ق"], "sheikh, hajj, judge before a name"),
    (.title, ["بروف"], "professor"),
    (
      .title, ["Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Sr", "Lt", "Col", "Gen", "Capt", "Sen", "Rev"],
      "titles"
    ),
    (.title, ["vs", "e.g", "i.e", "cf", "al"], "Latin words that always go on"),
    (.title, ["تح", "تر", "تص", "مرا", "إش", "تق"], "edited, translated, ... by"),
    (.reference, ["ص", "صص", "ج", "جـ", "مج", "ط", "ع", "س", "ف", "ق", "ر"], "page, volume, edition, issue"),
    (.reference, ["ت", "تل", "هات", "فا", "جوال", "ص.ب", "رقم"], "telephone, post box, number"),
    (.reference, ["حـ", "هـ", "م", "مـ", "ب"], "note, years and postal codes"),
    (.reference, ["No", "no", "Nr", "vol", "Vol", "p", "pp", "ed", "Fig", "fig", "art", "Art"], "No. 5"),
    (
      .letterName,
      [
        "دبليو", "دابليو", "إف", "اف", "إتش", "اتش", "إيتش", "جيه", "كيه", "إل", "إم", "إس", "إكس", "اكس",
        "زد", "كيو", "آر", "جي", "سي", "تي",
      ], "جورج دبليو. بوش, جي. كيه. رولينج; names that are common words (إن, في, بي, أو) are left out"
    ),
    (
      .spelledLetter,
      [
        "إيه", "ايه", "إي", "اي", "آي", "بي", "سي", "دي", "إف", "اف", "جي", "إتش", "اتش", "إيتش", "جيه",
        "كيه", "إل", "ال", "إم", "ام", "إن", "ان", "أو", "او", "كيو", "آر", "ار", "إس", "اس", "تي", "يو",
        "في", "دبليو", "دابليو", "إكس", "اكس", "واي", "زد",
      ], "the letters of سي إن إن and إم بي سي"
    ),
    (
      .takesLetter,
      [
        "فيتامين", "فيتامينات", "حرف", "الحرف", "حرفي", "فئة", "الفئة", "فئتي", "مجموعة", "المجموعة",
        "المجموعتين", "نوع", "النوع", "فصيلة", "فصيلته", "زمرة", "الزمرة", "قسم", "القسم", "فرع", "الفرع",
        "فريق", "الفريق", "درجة", "الدرجة", "مستوى", "المستوى", "تصنيف", "التصنيف", "خطة", "الخطة", "قائمة",
        "القائمة", "نقطة", "النقطة", "فقرة", "الفقرة", "بند", "البند", "مبنى", "المبنى", "قاعة", "القاعة",
        "بوابة", "البوابة", "الكبد", "الكبدي", "الوبائي", "السيناريو", "الخيار",
      ], "what is counted by letters"
    ),
    (
      .opener,
      [
        "كما", "ثم", "لكن", "لقد", "قد", "قال", "قالت", "كان", "كانت", "أما", "هذا", "هذه", "هو", "هي",
        "تم", "إن", "إنه", "إنها", "لم", "لا", "لن", "ليس", "ليست", "غير", "أضاف", "أكد", "أوضح", "ذكر",
        "يذكر", "بعد", "قبل", "خلال", "عندما", "حين", "بينما", "رغم", "منذ", "هناك", "لذلك", "لذا",
        "بالإضافة", "حيث", "أعلن", "أعلنت", "يعد", "تعد", "يعتبر", "تعتبر",
      ], "words a new sentence starts with"
    ),
    (
      .preposition,
      [
        "في", "من", "إلى", "الى", "على", "عن", "مع", "حتى", "بين", "أو", "أي", "تقريبا", "تقريباً", "على",
        "حسب", "بحسب", "وفق", "عند", "لدى", "ضد", "تحت", "فوق", "حول", "نحو", "الذي", "التي", "الذين",
      ], "what follows depends on the words before"
    ),
    (
      .speech,
      [
        "قال", "قالت", "قالوا", "قلت", "يقول", "تقول", "أقول", "سأل", "سألت", "سألني", "سألته", "يسأل",
        "تسأل", "تساءل", "تساءلت", "يتساءل", "تتساءل", "أجاب", "أجابت", "يجيب", "رد", "ردت", "صرخ", "صرخت",
        "يصرخ", "صاح", "صاحت", "هتف", "هتفت", "همس", "همست", "علق", "علقت",
      ], "verbs of speech"
    ),
  ]

  /// Single letters that after a number are an era, a unit or an hour, not a title: 1990 م, 1410 هـ, 5 ص.
  static let unitLetters: Set<UInt16> = Set("مهقصتسغكطلج".utf16)
}

/// The table of abbreviations, ready for lookups by UTF-16 units.
struct AbbreviationTable {
  private var interner = Interner(minimumCapacity: 256)
  /// Roles of form `id`, one bit each.
  private var roles: [UInt8] = []

  /// The built-in rows, and the user's forms as titles.
  init(extra: [String]) {
    for row in Abbreviations.rows {
      for form in row.forms { add(Array(form.utf16), row.role) }
    }
    for form in extra {
      var units = Array(form.utf16)
      while units.last == 0x2e || units.last == 0x20 { units.removeLast() }
      if !units.isEmpty { add(units, .title) }
    }
  }

  private mutating func add(_ form: [UInt16], _ role: AbbreviationRole) {
    let (id, isNew) = form.withUnsafeBufferPointer { interner.intern($0) }
    if isNew { roles.append(0) }
    roles[Int(id)] |= 1 << role.rawValue
  }

  /// Whether the form plays that part.
  func has(_ form: UnsafeBufferPointer<UInt16>, _ role: AbbreviationRole) -> Bool {
    guard let id = interner.find(form) else { return false }
    return roles[Int(id)] & (1 << role.rawValue) != 0
  }
}
