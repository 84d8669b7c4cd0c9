import ArabicText
import Testing

/// A line whose sentence ends are marked with ‖ (with the blank that follows it, if any).
struct MarkedLine: CustomTestStringConvertible {
  var text: String
  var sentences: [String]
  var testDescription: String { sentences.joined(separator: " ‖ ") }

  init(_ marked: String) {
    sentences = marked.split(separator: "‖").map { part in
      var part = part
      while part.first == " " { part.removeFirst() }
      while part.last == " " { part.removeLast() }
      return String(part)
    }
    text = marked.filter { $0 != "‖" }
  }
}

@Suite("Sentence ends")
struct SentenceEndTests {
  private func check(_ line: MarkedLine) throws {
    #expect(try SegmentationSample(line.text).sentenceTexts == line.sentences)
  }

  @Test(
    "Stops end sentences",
    arguments: [
      "وصل القطار متأخرا.‖ نزل الركاب بسرعة.", "هل وصل القطار؟‖ نعم وصل!‖ شكرا لك.",
      "وصل القطار متأخرا .‖ نزل الركاب .", "وصل القطار.‖نزل الركاب.‖عاد السائق.", "سافرنا ليلا۔‖ عدنا صباحا۔",
      "ما هذا؟!‖ لا أحد يدري!!‖ عجيب.", "أكلنا وشربنا؛ ثم نمنا، واسترحنا: هكذا قالوا.",
      "انتهى السباق.‖ iPhone هو الجائزة.", "انتهى البناء عند الفجر.‖2011 كانت سنة الافتتاح.",
      "غادر الوفد المدينة.‖ - استقبله الأهالي.", "زرنا قرية 日本語。‖ ثم عدنا.",
    ].map(MarkedLine.init))
  func stops(_ line: MarkedLine) throws { try check(line) }

  @Test(
    "Titles, initials and references leave the sentence open",
    arguments: [
      "حضر د. سامي الندوة.‖ غاب م. فؤاد.", "حضر د.سامي الندوة.‖ غاب م.فؤاد.", "شكرت ود. هالة الحضور.",
      "ألقى أ.د. نبيل كلمة.‖ صفق الناس.", "ألقى أ. د. نبيل كلمة.", "سلمنا على د . نبيل أمس.",
      "قرأت رواية ج. ر. ر. تولكين أمس.‖ أعجبتني.", "كتبها J. K. Rowling قبل سنوات.‖ نجحت.",
      "التقى جورج دبليو. بوش الوفد.", "أصدر جي. كيه. تشسترتون كتابا.", "راجع ص. 15 من الكتاب وج. 3 منه.",
      "يكتب إلى ص.ب. 1234 في عمان.", "نقلت (أ.ف.ب) الخبر.‖ ونفته (د.ب.أ).", "الرباط - أ.ف.ب: وصل الوفد.",
      "تحدث Dr. Smith ثم Prof. Jones طويلا.", "أوقف المتهم (ع. ق) قرب الحدود.",
    ].map(MarkedLine.init))
  func abbreviations(_ line: MarkedLine) throws { try check(line) }

  @Test(
    "A letter that closes a sentence does close it",
    arguments: [
      "يحتاج الجسم إلى فيتامين د.‖ الشمس مصدره.", "صعد فريقنا من المجموعة ب.‖ خسر الآخرون.",
      "تأسست المدينة سنة 1902م.‖ نمت بسرعة.", "بلغت المسافة 15 كم.‖ قطعناها سيرا.",
      "تأسست سنة 1320 هـ.‖ نمت بسرعة.", "هل نذهب أم لا.‖ القرار لك.", "بثته قناة سي إن إن.‖ المشاهدون كثر.",
      "بلغت الحرارة أمس 16°م.‖ أما اليوم فأقل.", "شيده الملك بعد الحرب عام 57 ق.م.‖ يبلغ طوله مئة متر.",
      "فاز بالنزال تريبل إتش.‖ في المساء احتفل.", "سقطت المدينة عام 146 ق.م.‖ وبدأ عهد جديد.",
      "جمعنا تفاحا وموزا إلخ.‖ عدنا مساء.",
    ].map(MarkedLine.init))
  func letters(_ line: MarkedLine) throws { try check(line) }

  @Test(
    "Numbers, dates, eras and addresses hold no end",
    arguments: [
      "ارتفع السعر 3.5 دولار و٢٫٧٥ جنيه.‖ هبط غدا.", "وقع العقد في 12.5.2019 بالقاهرة.",
      "بني المعبد نحو 500 ق.م. في الجنوب.", "في عام 63 ق.م. سقطت المدينة.",
      "بني المعبد عام 1900 ق. م، وهدم لاحقا.",
      "1. افتح الباب.‖ 2. أغلق النافذة.",
      "زوروا www.mawqi.example.com/a?b=1.‖ فهو مفيد.", "راسل ali.hasan@barid.example.org!‖ أو اتصل.",
      "نشر على https://example.com/x.y?z=!1 أمس.‖ قرأناه.", "كان ثمنه 20.‖ اشتريناه.",
    ].map(MarkedLine.init))
  func numbers(_ line: MarkedLine) throws { try check(line) }

  @Test(
    "Quotes and brackets go with the sentence they close or open",
    arguments: [
      "قال: «انتهى الدرس.»‖ خرج الجميع.", "قال: \"انتهى الدرس.\"‖ خرج الجميع.",
      "قال: \"انتهى الدرس.\"‖وخرج الجميع.",
      "انتهى الدرس.‖«خرجنا» مسرعين.", "انتهى الدرس.‖\"خرجنا\" مسرعين.", "انتهى الدرس. »‖ خرجنا.",
      "سأل المعلم: «من الغائب؟» قال التلميذ: سعيد.", "فاز (يا للعجب!) بالجائزة.", "كسب الرهان (!) وحده.",
      "(غاب المدير عن الحفل.)‖ حضر نائبه.", "ذكر ذلك الرحالة.[3]‖ ونفاه غيره.[4] [5]‖ وسكت الباقون.",
      "أين هو (أين صاحبنا؟).‖ لا ندري.", "نشر كتاب بـ\"من أين نبدأ؟\"‖وأضاف فصلا.",
      "انتهى (كما قيل). ‖ عدنا.",
    ].map(MarkedLine.init))
  func quotes(_ line: MarkedLine) throws { try check(line) }

  @Test(
    "An ellipsis ends a sentence only before a fresh start",
    arguments: [
      "انتظرنا طويلا... ثم رحلنا.", "انتظرنا طويلا.. ولم يأت أحد.", "انتظرنا… ورحلنا.",
      "انتظرنا القطار طويلا أمس…‖ السائق تأخر.", "قال «ربما...» ومضى.",
      "نقل النص [...] كاملا.",
    ].map(MarkedLine.init))
  func ellipses(_ line: MarkedLine) throws { try check(line) }

  @Test("A line end always ends a sentence, whatever the kind of line end")
  func lineEnds() throws {
    for end in ["\n", "\r\n", "\r", "\u{2028}", "\u{2029}", "\u{85}", "\n \n"] {
      let sample = try SegmentationSample("حضر د.\(end)سامي الندوة")
      #expect(sample.sentenceTexts == ["حضر د.", "سامي الندوة"])
    }
  }

  @Test("Punctuation without a word is no sentence of its own")
  func punctuationOnly() throws {
    #expect(try SegmentationSample("* * *\n...\n").sentences.isEmpty)
    #expect(try SegmentationSample("وصل. . !\n***\nغادر").sentenceTexts == ["وصل. . !", "غادر"])
  }

  @Test("The user's abbreviations are kept open, with or without their full stop")
  func extraAbbreviations() throws {
    let text = "حضر بشم. سامي أمس."
    #expect(try SegmentationSample(text).sentences.count == 2)
    for form in ["بشم", "بشم."] {
      let options = SegmentationOptions(abbreviations: [form])
      #expect(try SegmentationSample(text, options: options).sentences.count == 1)
    }
  }

  @Test("An unknown locale falls back to ICU's root rules rather than failing")
  func unknownLocale() throws {
    #expect(try SegmentationSample("نعم. لا.", options: .init(locale: "qqq")).sentences.count == 2)
  }
}
