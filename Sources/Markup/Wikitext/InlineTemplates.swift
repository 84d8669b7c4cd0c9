/// Templates whose text stands in the middle of sentences: dropped like all others they would leave holes.
///
/// By names of the Arabic, Egyptian and English Wikipedias. Everything else that can be in double braces is dropped:
/// infoboxes, citations, navigation, parser functions.
enum InlineTemplates {
  /// What is left of a template.
  enum Text: Sendable {
    /// An argument, by its number among those without a name; the first when there are fewer.
    case argument(Int)
    /// The last argument without a name.
    case last
    /// The first argument in another language, with that language's name, in brackets as the template shows it.
    case language(StaticString)
    /// A link to an article that another Wikipedia has: the words shown.
    case link
    /// The two halves of a verse, or however many there are, on a line of their own.
    case verse
    /// A number and its unit.
    case measure
    /// Words the template stands for.
    case words(StaticString)
    /// Nothing: a parser function or a table that ends a line.
    case dropped
  }

  /// Templates by name, without their namespace.
  static let templates = WordTable<Text>(lists: [
    (
      .argument(1),
      """
      نص عربي,عربية,عربي,خط عربي,rtl,ltr,نص,لا لف,بدون لف,nowrap,nobr,صغير,small,كبير,big,larger,smaller,غامق,مائل,bold,italic,
      مسطر,underline,اقتباس,اقتباس خاص,اقتباس مضمن,quote,blockquote,cquote,قول,قرآن,آية,حديث,نص قرآني,قرآن نص,خط قرآن,
      علم,علم بلد,flag,flagcountry,بلد,اسم بلد,دولة,abbr,اختصار,شرح,تلميح,tooltip,hlist,قيمة,val,عدد,sup,sub,visible anchor,
      anchor text,نقحرة أسطر,كود,code,mono,tl inline,استشهاد نصي,nihongo,يابانية نص,transl text,وسط,center,توسيط,يمين,يسار,
      مختار,حرف,خط,unicode,ثخين,نص صغير,نص كبير
      """
    ),
    (.argument(2), "lang,لغة,نص أجنبي,نص بلغة,transl,نقحرة,transliteration,script,خط كتابة"),
    (
      .last,
      "لون,color,colour,fontcolor,font color,لون خط,background color,خلفية ملونة,نص ملون,text color,resize,حجم خط"
    ),
    (
      .link,
      """
      وإو,وصلة إنترويكي,وصلة انترويكي,وصلة لغة أخرى,وصلة بلغة أخرى,ill,interlanguage link,link-interwiki,red link ill,
      illm,ill-wd2,لينك انترويكى,وإن
      """
    ),
    (.verse, "بيت,بيت شعر,بيت شعري,ش,شعر,أبيات,قصيدة بيت"),
    (.measure, "تحويل,convert,cvt,حول,وحدة,units"),
    (.words("صلى الله عليه وسلم"), "صلى الله عليه وسلم,ص,صلعم,صلى,صلاة"),
    (.words("عليه السلام"), "عليه السلام,ع,عليه"),
    (.words("رضي الله عنه"), "رضي الله عنه,رضي,رض"),
    (.words("رضي الله عنها"), "رضي الله عنها"),
    (.words("رضي الله عنهم"), "رضي الله عنهم"),
    (.words("عز وجل"), "عز وجل"),
    (.words("رحمه الله"), "رحمه الله"),
    (.words("هـ"), "هـ,ه,هجري,تقويم هجري"),
    (.words("م"), "م,ميلادي"),
    (.words("ق.م"), "ق م,ق.م,قبل الميلاد"),
    (.words(" – "), "spaced ndash,snd,spnd,spaced en dash"),
    (.words("–"), "ndash,en dash,شرطة"),
    (.words("—"), "mdash,em dash,—"),
    (.words(" · "), "·,dot,نقطة,•,bullet,*"),
    (.words(" "), "nbsp,مسافة,space,فراغ,سنة خالية"),
    (.words("="), "="),
    (.words("°"), "درجة,deg"),
    (
      .language("الإنجليزية"),
      "إنج,إنجليزية,إنك,انجليزية,انجليزى,انج,لغة-إنج,لغة-إن,lang-en,lang-en-gb,lang-en-us,إنجليزي"
    ),
    (.language("الفرنسية"), "فرنسية,فر,فرن,لغة-فر,lang-fr,فرنسي"),
    (.language("الألمانية"), "ألمانية,المانية,أل,لغة-أل,lang-de,ألماني"),
    (.language("الإسبانية"), "إسبانية,اسبانية,إسب,لغة-إس,lang-es"),
    (.language("الإيطالية"), "إيطالية,ايطالية,إيط,لغة-إيط,lang-it"),
    (.language("البرتغالية"), "برتغالية,لغة-بر,lang-pt"),
    (.language("الروسية"), "روسية,رو,لغة-رو,lang-ru"),
    (.language("التركية"), "تركية,تر,لغة-تر,lang-tr"),
    (.language("العثمانية"), "عثمانية,تركية عثمانية,lang-ota"),
    (.language("الفارسية"), "فارسية,فا,لغة-فا,lang-fa"),
    (.language("الأردية"), "أردية,اردو,lang-ur"),
    (.language("الكردية"), "كردية,كرد,lang-ku,lang-ckb"),
    (.language("الأمازيغية"), "أمازيغية,امازيغية,lang-ber,lang-zgh,lang-kab"),
    (.language("العبرية"), "عبرية,عب,لغة-عب,lang-he"),
    (.language("اليونانية"), "يونانية,إغريقية,يون,لغة-يون,lang-el,lang-grc"),
    (.language("اللاتينية"), "لاتينية,لات,لغة-لا,lang-la"),
    (.language("السريانية"), "سريانية,lang-syc,lang-syr,lang-arc"),
    (.language("القبطية"), "قبطية,lang-cop"),
    (.language("الأرمنية"), "أرمنية,lang-hy"),
    (.language("الهولندية"), "هولندية,lang-nl"),
    (.language("السويدية"), "سويدية,lang-sv"),
    (.language("البولندية"), "بولندية,lang-pl"),
    (.language("الأوكرانية"), "أوكرانية,lang-uk"),
    (.language("المجرية"), "مجرية,lang-hu"),
    (.language("اليابانية"), "يابانية,يا,lang-ja"),
    (.language("الصينية"), "صينية,lang-zh"),
    (.language("الكورية"), "كورية,lang-ko"),
    (.language("الهندية"), "هندية,lang-hi"),
    (.language("العربية"), "lang-ar,بالعربية"),
    (.language("الصومالية"), "صومالية,lang-so"),
  ])

  /// Functions whose argument is what is shown, give or take its case and digits' commas.
  static let functions = WordTable<Text>(lists: [
    (.argument(1), "formatnum,lc,uc,ucfirst,lcfirst,nowrap"),
    (.dropped, "displaytitle,defaultsort,ترتيب_افتراضي,عنوان_العرض"),
  ])

  /// Names of the argument that a link's words stand in, the first that is there.
  static let linkArguments: [StaticString] = ["نص", "text", "label", "عر", "ar", "lt"]
}
