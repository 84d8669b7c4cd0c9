import Testing

@testable import Quality

@Suite struct QualityThresholdsTests {
  private static let report = """
    افتتح وزير الثقافة، مساء أمس، المعرض السنوي للخط العربي في قاعة المدينة بحضور عدد كبير من الفنانين والطلاب.
    ويضم المعرض أكثر من مئة لوحة لخطاطين من عشر دول، ويستمر حتى نهاية الشهر الجاري. وقال الوزير في كلمته إن الخط
    فن حي لا يتوقف عند الماضي، ودعا المدارس إلى تنظيم زيارات للتلاميذ. هل يعود الخط إلى المناهج؟ سؤال طرحه كثيرون،
    وأجاب عنه مدير المعرض بأن النقاش مع الوزارة مستمر، وأن القرار لن يتأخر، بحسب ما نقلته الصحف المحلية اليوم.
    """

  private func failed(_ text: String, _ preset: QualityPreset) -> QualityMeasure? {
    var meter = QualityMeter()
    return preset.thresholds.firstExceeded(by: meter.measure(Array(text.utf16)))?.measure
  }

  @Test func aReportPassesEveryPreset() {
    for preset in QualityPreset.allCases { #expect(failed(Self.report, preset) == nil, "\(preset)") }
  }

  @Test func shortNewsIsGoodNewsButNoGoodPage() {
    let news = "وصل رئيس الوزراء إلى العاصمة صباح اليوم، وكان في استقباله عدد من الوزراء والسفراء."
    #expect(failed(news, .news) == nil)
    #expect(failed(news, .fineweb2Arabic) == .words)
    #expect(failed(news, .gopher) == .words)
    #expect(failed("مدير عام المستشفى", .news) == .words)
  }

  @Test func formulasOfNewsAreNoSpam() {
    let telegram = { (name: String, land: String) in
      """
      بعث رئيس الجمهورية برقية تهنئة إلى رئيس \(land) \(name) بمناسبة ذكرى اليوم الوطني لبلاده، أعرب فيها باسمه واسم \
      الشعب والحكومة عن أصدق التهاني وأطيب التمنيات بالصحة والسعادة له ولشعب \(land) الصديق المزيد من التقدم والازدهار.
      """
    }
    let text = telegram("أندريه مولر", "سويسرا") + "\n" + telegram("جان بيرو", "بنين")
    #expect(failed(text, .news) == nil)
    #expect(failed(text, .gopher) != nil)
  }

  @Test func spamListsAndMenusFail() {
    #expect(
      failed(Array(repeating: "اشتر الآن بأرخص سعر في السوق", count: 30).joined(separator: "\n"), .news)
        != nil)
    let numbers = (0..<60).map { "\(36_011 + $0)" }.joined(separator: "\n")
    #expect(failed("أسماء المقبولين في الدفعة الأولى من المتقدمين:\n" + numbers, .news) == .digitRatio)
    let tags = (0..<20).map { "#وسم\($0)" }.joined(separator: " ")
    #expect(failed("شاهد الآن على موقعنا في كل مكان " + tags, .news) == .hashRatio)
    #expect(
      failed("للاتصال بنا Contact us by phone or by e-mail at any time of day and night", .news)
        == .arabicLetters)
    let laughter = "ضحك كل من كان في القاعة الكبيرة من أول العرض إلى آخره هههههههههههههههههههههه"
    #expect(failed(laughter, .news) == .repeatedCharacters)
  }

  @Test func aBoundItselfPasses() {
    let limits = QualityThresholds([
      .init(.words, least: 3), .init(.words, most: 5), .init(.digitRatio, most: 0),
    ])
    var measures = QualityMeasures()
    for (words, passes) in [(2.0, false), (3, true), (5, true), (6, false)] {
      measures[.words] = words
      measures[.digitRatio] = 1
      #expect((limits.firstExceeded(by: measures) == nil) == passes)
    }
    #expect(limits.measures == [.words])
    #expect(QualityPreset.off.thresholds.limits.isEmpty)
  }

  @Test func limitsAreTriedInTheOrderOfMeasures() {
    for preset in QualityPreset.allCases {
      let places = preset.thresholds.limits.map(\.measure.rawValue)
      #expect(places == places.sorted())
    }
  }
}
