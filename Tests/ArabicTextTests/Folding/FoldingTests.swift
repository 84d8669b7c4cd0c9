import Testing

@testable import ArabicText

/// One fold a line: what goes in, what comes out, and who gets it wrong.
@Suite struct FoldingTests {
  @Test(arguments: [
    ("آ", "ا"), ("أ", "ا"), ("إ", "ا"),
    ("ٱ", "ا"),  // Lucene leaves alef wasla
    ("إلى", "الي"),  // pyarabic makes it الا
    ("مدرسة", "مدرسه"),
    ("مسؤول", "مسوول"), ("شئون", "شيون"), ("ئ", "ي"),
    ("هٰذا", "هذا"),  // the dagger alef goes
    ("تجر\u{06CC}د", "تجريد"),  // CAMeL makes it تجرىد
    ("عل\u{06CC}", "علي"), ("على", "علي"),  // a final Persian yeh is ambiguous: both meet in one key
    ("\u{06A9}تاب", "كتاب"), ("\u{06AA}تاب", "كتاب"),
    ("خان\u{06D5}", "خانه"),  // CAMeL deletes U+06D5
    ("\u{06C1}", "ه"), ("\u{06BE}", "ه"), ("\u{06C0}", "ه"), ("\u{06C2}", "ه"), ("\u{06C3}", "ه"),
    ("\u{06D2}", "ي"), ("\u{06D3}", "ي"),
    ("پ", "پ"), ("چ", "چ"), ("ژ", "ژ"), ("گ", "گ"), ("ڤ", "ڤ"),
    ("مُحَمَّدٌ", "محمد"), ("كـــتاب", "كتاب"),
    ("\u{0627}\u{06D6}\u{06DC}\u{06DF}\u{06E4}\u{06E7}\u{06EA}", "ا"),
    ("\u{0628}\u{0898}\u{08CA}\u{08E3}\u{08FF}", "ب"),
    ("لا\u{200C}عب", "لاعب"), ("كل\u{200B}مة", "كلمه"), ("\u{202B}نص\u{202C}", "نص"),
    ("\u{2067}نص\u{2069}", "نص"),
    ("\u{FEFF}نص\u{061C}\u{00AD}", "نص"),
    ("\u{06DD}", "\u{06DD}"), ("\u{0600}", "\u{0600}"),  // visible, though of category Cf
    ("٣٫٥", "3.5"), ("١٬٢٥٠", "1250"), ("۱۲", "12"),
    ("NASA", "nasa"), ("É", "é"),
  ])
  func aFold(input: String, key: String) { #expect(KeyFolding().key(input) == key) }

  @Test func optionsSwitchFoldsOff() {
    #expect(KeyFolding(alef: false).key("أحمد") == "أحمد")
    #expect(KeyFolding(taMarbuta: false).key("مدرسة") == "مدرسة")
    #expect(KeyFolding(alefMaqsura: false).key("على") == "على")
    #expect(KeyFolding(hamza: .toHamza).key("مسؤول") == "مسءول")
    #expect(KeyFolding(hamza: .keep).key("مسؤول") == "مسؤول")
    #expect(KeyFolding(daggerAlef: .toAlef).key("السمٰوٰت") == "السماوات")
  }

  @Test func everyUnitFoldsToItselfWhenFoldedAgain() {
    let folding = KeyFolding()
    for unit in UInt16.min...UInt16.max {
      guard let once = folding.fold(unit) else { continue }
      #expect(folding.fold(once) == once)
    }
  }

  @Test func noMarkTatweelOrInvisibleIsLeft() {
    let folding = KeyFolding()
    for unit in UInt16(0x0600)...0x06FF {
      guard let scalar = Unicode.Scalar(UInt32(unit)), scalar.properties.generalCategory == .nonspacingMark
      else { continue }
      #expect(folding.fold(unit) == nil, "U+\(String(unit, radix: 16))")
    }
    #expect(folding.fold(0x0640) == nil)
  }
}
