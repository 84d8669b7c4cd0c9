import PageStructure
import Testing

/// Words that are labels on one page and ordinary words on the next.
@Suite struct TrapTests {
  @Test(arguments: [
    "المصدر الأمني أكد أن الطريق فتح أمام المركبات بعد ساعات من الإغلاق.",
    "مصدر الإزعاج كان ورشة البناء المجاورة",
    "كتب المؤلف روايته الأولى في السجن، ولم تنشر إلا بعد وفاته.",
    "كتب الرحلات تستهوي القراء في كل مكان.",
    "شاهد آلاف المتفرجين المباراة من المدرجات، وعاد بعضهم خائبا.",
    "سمات القائد الناجح كثيرة، وأولها الإصغاء إلى من حوله.",
    "وسوم الإبل عند أهل البادية لا تخطئها العين، ولكل قبيلة وسمها.",
    "تقرير اللجنة لم يصل بعد إلى المجلس، كما يقول النائب.",
    "اقرأ كتابا واحدا في الشهر تقرأ اثني عشر كتابا في السنة.",
    "التعليقات على القرار تباينت بين مؤيد ومعارض في الصحف المحلية.",
    "بحث الجانبان سبل التعاون، واتفقا على لقاء ثان في الخريف.",
    "الرياض وجدة والدمام أكثر المدن ازدحاما في ساعات الذروة.",
    "الخبر السار أن المطر عاد إلى القرى الجبلية بعد غياب طويل.",
    "ملخص القول إن الخطة لم تتغير، وإن تغيرت الأسماء.",
    "المزيد من الأمطار متوقع في نهاية الأسبوع على المرتفعات.",
    "سبق أن أعلنت الوزارة عن المشروع قبل ثلاثة أعوام.",
    "الطقس معتدل نهارا مائل إلى البرودة ليلا.",
  ])
  func ordinaryWordsStayInTheText(line: String) {
    for page in [
      "\(Sample.body)\n\n\(line)", "\(line)\n\n\(Sample.body)", "\(Sample.body)\n\n\(line)\n\n\(Sample.body)",
    ] {
      let sample = Sample(page, title: "حديقة المدينة تفتح أبوابها للزوار")
      #expect(sample.text == page)
      #expect(sample.articles.first?.edits.isIdentity == true)
    }
  }

  @Test func listsAndResultsAtTheEndAreText() {
    for list in [
      "نتائج المجموعة\nالوحدة 2 - الشعلة 1\nالتضامن 0 - النسر 0\nالساحل 3 - الميناء 2",
      "أسماء الفائزين:\n• سلوى الخطيب\n• كريم منصور\n• هند بوعلام",
      "المقادير:\nكوب أرز\nملعقة زبدة\nقليل من الزعفران",
    ] {
      let page = "\(Sample.body)\n\n\(list)"
      #expect(Sample(page, title: "حديقة المدينة تفتح أبوابها").text == page)
    }
  }

  @Test func versesAreTextEvenWhenTheFirstNamesThePoem() {
    let poem = "أنا والليل والقمر\nحكاية صبر من صبروا\nنغني للذي يأتي\nوننسى كل من هجروا"
    #expect(Sample(poem, title: "أنا والليل والقمر").text == poem)
  }

  @Test func aPageOfNothingButFurnitureKeepsItsText() {
    let page = "الرئيسية\nمن نحن\nاتصل بنا\nجميع الحقوق محفوظة"
    let sample = Sample(page)
    #expect(sample.articles.count == 1)
    #expect(sample.text == page)
  }

  @Test func aCityBetweenDashesIsNoDateline() {
    let page =
      "دمشق - أقدم عاصمة مأهولة - تستعد لاستقبال زوار المعرض بعد ترميم جناحه الشرقي في الصيف.\n\n\(Sample.body)"
    #expect(Sample(page, title: "المعرض يفتتح في الخريف").text == page)
  }
}
