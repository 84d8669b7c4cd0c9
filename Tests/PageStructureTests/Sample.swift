import ArabicText
import PageStructure

/// What a page made of lines comes to.
struct Sample {
  let units: [UInt16]
  let blocks: [PageBlock]
  let articles: [PageArticle]

  init(
    _ page: String, title: String = "", site: String = "", patterns: StructurePatterns = .builtIn,
    structure: StructureOptions = StructureOptions(), furniture: FurnitureTable? = nil,
    _ change: (inout PageAssembler.Options) -> Void = { _ in }
  ) {
    units = Array(page.utf16)
    var options = PageAssembler.Options()
    change(&options)
    var analyzer = PageAnalyzer(patterns: patterns, options: structure, furniture: furniture)
    var assembler = PageAssembler(options)
    let found = units.withUnsafeBufferPointer { page -> ([PageBlock], [PageArticle]) in
      let blocks = analyzer.analyze(page, title: Array(title.utf16), site: site)
      return (blocks, assembler.articles(page, blocks))
    }
    blocks = found.0
    articles = found.1
  }

  /// The kinds of the blocks, in order.
  var kinds: [BlockKind] { blocks.map(\.kind) }
  /// The text of the first article.
  var text: String { articles.first.map { Sample.string($0.text) } ?? "" }

  /// The stretches of a kind.
  func texts(_ kind: BlockKind) -> [String] {
    blocks.filter { $0.kind == kind }.map { Sample.string(units[$0.span.range]) }
  }

  static func string(_ units: some Collection<UInt16>) -> String { String(decoding: units, as: UTF16.self) }

  /// Two paragraphs that no rule has anything to say about.
  static let body = """
    افتتح رئيس البلدية صباح اليوم الحديقة العامة بعد أعمال صيانة استمرت ثمانية أشهر وشملت الممرات والإنارة.

    وقال إن المشروع نفذ بأيدي عمال من المدينة نفسها، وإن الدخول سيبقى مجانيا طوال أيام الأسبوع.
    """
}
