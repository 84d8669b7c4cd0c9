import Testing

@testable import Markup

/// What a reader of the page sees of some wikitext.
func plain(_ wikitext: String) -> String {
  var wikitext = wikitext
  let converter = WikitextConverter()
  return wikitext.withUTF8 { String(decoding: converter.plainText($0), as: UTF8.self) }
}

@Suite struct WikitextTests {
  @Test(arguments: [
    ("{{صندوق|أ={{ب|{{ج|{{د|{{هاء|قيمة}}}}}}}}}}الرباط عاصمة المغرب.", "الرباط عاصمة المغرب."),
    ("وُلد {{معلومات|{{تاريخ|1955}}}} في فاس.", "وُلد في فاس."),
    ("القدس {{علامة}}، ورام الله {{علامة}}.", "القدس، ورام الله."),
    ("{{{وسيط|افتراضي}}}نص", "نص"),
    ("{{#if:{{{1|}}}|نعم|لا}}{{#شرط:س|ص}}خبر", "خبر"),
    ("قبل {{ج|\n{| class=\"wikitable\"\n| خلية\n|}\n}} بعد", "قبل بعد"),
    ("{أ} {{{{{مفتوح|كثير}}}}} ب", "{أ} ب"),
    ("{{ترتيب_افتراضي:حسن}}{{DISPLAYTITLE:حسن}}نص", "نص"),
  ])
  func templatesAreDropped(wikitext: String, text: String) { #expect(plain(wikitext) == text) }

  @Test(arguments: [
    ("مدينة {{لغة|en|Fez}} العتيقة", "مدينة Fez العتيقة"),
    ("{{lang|fr|''[[باريس|Paris]]''}} مدينة", "Paris مدينة"),
    ("برلين {{ألمانية|Berlin}} مدينة", "برلين (بالألمانية: Berlin) مدينة"),
    ("برلين ({{ألمانية|Berlin}}) مدينة", "برلين (بالألمانية: Berlin) مدينة"),
    ("كتبه {{وإو|تر=John Roe|عر=جون رو|لغ=en}} عام 1950", "كتبه جون رو عام 1950"),
    ("كتبه {{وصلة إنترويكي|تر=John Roe|عر=جون رو|نص=رو}} أيضا", "كتبه رو أيضا"),
    ("النبي محمد {{صلى الله عليه وسلم}} في مكة", "النبي محمد صلى الله عليه وسلم في مكة"),
    ("سنة 12 {{هـ}} تقريبا", "سنة 12 هـ تقريبا"),
    ("مسافة {{تحويل|12|كم|ميل}} شرقا", "مسافة 12 كم شرقا"),
    ("عددهم {{formatnum:45000}} نسمة", "عددهم 45000 نسمة"),
    ("{{قالب:لون|red|{{صغير|مهم}}}} جدا", "مهم جدا"),
    (
      "قال:\n{{بيت|يا دار عبلة بالجواء تكلمي|وعمي صباحا دار عبلة واسلمي}}",
      "قال:\nيا دار عبلة بالجواء تكلمي … وعمي صباحا دار عبلة واسلمي"
    ),
    ("{{لغة|en}} نص {{لغة|en|}}", "en نص"),
  ])
  func templatesWithinSentencesKeepTheirText(wikitext: String, text: String) {
    #expect(plain(wikitext) == text)
  }

  @Test(arguments: [
    ("في [[الجزائر]] و[[تونس (مدينة)|تونس]]", "في الجزائر وتونس"),
    ("ال[[قاهرة]]يون وب[[السودان]]", "القاهرةيون وبالسودان"),
    ("[[:تصنيف:شعراء]] و[[:ملف:خريطة.png|الخريطة]]", "تصنيف:شعراء والخريطة"),
    ("[[مراكش|]] و[[ قناة_السويس#التاريخ ]]", "مراكش وقناة السويس#التاريخ"),
    ("[[en:Cairo]][[fr:Le Caire]][[ary:القاهرة]]نص", "نص"),
    ("[[It: فيلم]]", "It: فيلم"),
    ("[http://example.org موقع الوزارة] و[https://example.org]", "موقع الوزارة و"),
    ("انظر [http://example.org]. ثم", "انظر. ثم"),
    ("[نص] بين [قوسين]", "[نص] بين [قوسين]"),
    ("[[ربط|نص ''مائل'' و[http://example.org خارجي]]]", "نص مائل وخارجي"),
    ("http://example.org/ص صفحة", "http://example.org/ص صفحة"),
    ("[[AT&amp;T|شركة]] و[[R&amp;B]]", "شركة وR&B"),
  ])
  func linksBecomeTheirWords(wikitext: String, text: String) { #expect(plain(wikitext) == text) }

  @Test(arguments: [
    "[[ملف:Nil.jpg|تصغير|يمين|250بك|نهر [[النيل]] عند [[أسوان|مدينة أسوان]]]]",
    "[[صورة:Nil.jpg|تعليق فيه [http://example.org رابط] و{{قالب|س}}]]",
    "[[File:Nil.jpg|thumb|caption [[File:x.png|20px]] more]]",
    "[[ملف:Nil.jpg|تصغير|سطر أول\nسطر ثان]]",
    "[[تصنيف:أنهار أفريقيا]]", "[[Category:Rivers|نيل]]", "[[تصنيف:أنهار|*]]", "[[Файл:Нил.jpg|мини]]",
    "<gallery>\nملف:أ.jpg|تعليق\nملف:ب.jpg\n</gallery>",
  ])
  func picturesAndCategoriesAreDroppedWithTheirWords(markup: String) {
    #expect(plain("يجري النهر \(markup) شمالا.") == "يجري النهر شمالا.")
    #expect(plain("\(markup)\nيجري النهر شمالا.") == "يجري النهر شمالا.")
    #expect(plain("يجري النهر شمالا.\n\n\(markup)") == "يجري النهر شمالا.")
  }

  @Test(arguments: [
    "<ref>صحيفة الرأي، ص 5</ref>", "<ref name=\"الرأي\">{{استشهاد|عنوان=س}}</ref>", "<ref name=رأي />",
    "<ref name='a' group=\"ب\"/>", "<REF>x</Ref >", "<!-- تعليق\nعلى سطرين -->",
    "<math>x^2 + {y}</math>", "<score>c d e</score>", "__NOTOC__", "__بلا_فهرس__",
    "<templatestyles src=\"x.css\" />", "<includeonly>[[تصنيف:قوالب]]</includeonly>",
  ])
  func notesFormulaeAndSwitchesAreDropped(markup: String) {
    #expect(plain("وصل الوفد\(markup) مساء.") == "وصل الوفد مساء.")
    #expect(plain("وصل الوفد \(markup) مساء.") == "وصل الوفد مساء.")
    #expect(plain("وصل الوفد مساء\(markup).") == "وصل الوفد مساء.")
  }

  @Test(arguments: [
    ("{|\n! اسم !! عمر\n|-\n| علي || 20\n|}\nبعد الجدول", "بعد الجدول"),
    ("قبل\n{| class=\"wikitable\"\n|\n{| border=1\n| داخلي\n|}\n|-\n| خارجي\n|}\nبعد", "قبل\n\nبعد"),
    (":{|\n| خلية\nسطر ثان في الخلية\n* بند\n|}\nبعد", "بعد"),
    ("قبل<table><tr><td>خلية</td></tr></table>بعد", "قبل\n\nبعد"),
    ("{|\n| خلية\n|} بعد", "بعد"),
  ])
  func tablesAreDropped(wikitext: String, text: String) { #expect(plain(wikitext) == text) }

  @Test func marksTagsAndReferencesAreResolved() {
    #expect(plain("'''تونس''' ''بلد'' '''''عربي'''''") == "تونس بلد عربي")
    #expect(plain("5&nbsp;كم &lt; 6&#160;كم &amp; &#1593; &#x639; &غير;") == "5 كم < 6 كم & ع ع &غير;")
    #expect(plain("م<sup>2</sup> <span dir=\"rtl\">نص</span> <font color=red>أحمر</font>") == "م2 نص أحمر")
    #expect(plain("أ < ب و<foo>") == "أ < ب و<foo>")
    #expect(plain("سطر<br>ثان<br />ثالث<BR/>") == "سطر\nثان\nثالث")
    #expect(plain("فراغ   طويل\tهنا") == "فراغ طويل\tهنا")
    #expect(plain("تونس ({{نطق|x}}، {{نطق}}) بلد") == "تونس بلد")
    #expect(plain("snake_case ____ __init__") == "snake_case ____ __init__")
  }

  @Test func whatIsNotWikiStaysAsItIsWritten() {
    #expect(
      plain("<nowiki>[[رابط]] {{قالب}} '''غليظ''' <ref>x</ref></nowiki> و[[هنا]]")
        == "[[رابط]] {{قالب}} '''غليظ''' <ref>x</ref> وهنا")
    #expect(plain("<nowiki/>نص <nowiki>&amp;&#60; ;</nowiki>") == "نص &< ;")
    #expect(plain("<pre>سطر * أول\n# سطر</pre>") == "سطر * أول\n# سطر")
    #expect(plain("<poem>\nصدر أول\nعجز ثان\n</poem>\nبعد القصيدة") == "صدر أول\nعجز ثان\nبعد القصيدة")
  }

  @Test func headingsItemsAndParagraphsAreLines() {
    let wikitext = """
      '''فاس''' مدينة
      مغربية.

      == التاريخ ==
      تأسست عام 808م.
      === العصر المريني ===
      * مدرسة
      ** فرع
      # أول
      ; مصطلح : شرح
      : إزاحة
      ----
      خاتمة
      """
    #expect(
      plain(wikitext) == """
        فاس مدينة مغربية.

        التاريخ
        تأسست عام 808م.

        العصر المريني
        • مدرسة
        • فرع
        • أول
        مصطلح
        شرح
        إزاحة

        خاتمة
        """)
    #expect(plain("=== عنوان [[رابط|مربوط]] <ref>س</ref>===\nنص") == "عنوان مربوط\nنص")
    #expect(plain("=ليس عنوانا\nنص") == "=ليس عنوانا نص")
    #expect(plain("أول.\n[[ملف:a.jpg|تصغير]]\nثان.") == "أول.\n\nثان.")
  }

  @Test func headingsWithNothingBelowThemAreDropped() {
    let wikitext = """
      نص.
      == الإعلام ==
      === صحف ===
      {{قالب}}
      == سكان ==
      === تعداد ===
      عددهم كبير.
      == مراجع ==
      {{مراجع}}
      == وصلات خارجية ==
      * {{كومنز}}
      *
      [[تصنيف:مدن]]
      """
    #expect(plain(wikitext) == "نص.\n\nسكان\n\nتعداد\nعددهم كبير.")
    #expect(plain("== مراجع ==\n<references />") == "")
  }

  @Test(arguments: [
    ("{{قالب مفتوح\n| أ = ب\nالخبر هنا.", "قالب مفتوح الخبر هنا."),
    ("الخبر {{مفتوح هنا.", "الخبر مفتوح هنا."),
    ("الخبر}} هنا]] ثم", "الخبر هنا ثم"),
    ("[[رابط مفتوح في السطر", "رابط مفتوح في السطر"),
    ("[[رابط|كلمات مفتوحة\n\nالفقرة التالية", "كلمات مفتوحة\n\nالفقرة التالية"),
    ("[[ملف:a.jpg|تصغير|وصف\n\nالفقرة التالية", "الفقرة التالية"),
    ("قبل <ref>مرجع مفتوح", "قبل مرجع مفتوح"),
    ("قبل <!-- تعليق مفتوح", "قبل"),
    ("{|\n| خلية\n\nنص بعد الجدول\n== عنوان ==\nنص", "نص بعد الجدول\n\nعنوان\nنص"),
    ("<nowiki>مفتوح", "مفتوح"), ("نص <span", "نص <span"), ("[http://example.org مفتوح\nسطر", "مفتوح سطر"),
    ("'''غليظ", "غليظ"), ("", ""), ("\n\n \n", ""), ("{{", ""), ("[[", ""), ("<", "<"), ("&", "&"),
    ("==", "=="),
  ])
  func whatIsNotClosedCostsLittle(wikitext: String, text: String) { #expect(plain(wikitext) == text) }

  @Test func redirectsAreToldByTheirFirstWord() {
    func isRedirect(_ text: String) -> Bool {
      var text = text
      return text.withUTF8 { WikitextConverter.isRedirect($0) }
    }
    #expect(isRedirect("#تحويل [[القاهرة]]"))
    #expect(isRedirect("#REDIRECT[[Cairo]]"))
    #expect(isRedirect(" \n#redirect: [[Cairo]]"))
    #expect(!isRedirect("# تحويل القوة"))
    #expect(!isRedirect("#تحويل إلى صفحة أخرى"))
    #expect(!isRedirect(""))
  }
}
