import ArabicText
import PageStructure
import Pipeline

/// What `structure` found beside the text of an article.
enum ArticleStructure: Annotation {
  typealias Value = PageArticle
  static let name = "structure"
}

/// `structure`: the article inside a crawled page.
struct StructureStage: Stage {
  private var analyzer: PageAnalyzer
  private var assembler: PageAssembler
  private let site: String
  private let needsSite: Bool

  init(_ analyzer: PageAnalyzer, _ assembler: PageAssembler, site: String, needsSite: Bool) {
    self.analyzer = analyzer
    self.assembler = assembler
    self.site = site
    self.needsSite = needsSite
  }

  mutating func process(_ batch: Batch) throws -> StageResult {
    var articles: [Article] = []
    var origins: [Int] = []
    var texts: [[UInt16]] = []
    var edits: [EditMap] = []
    var found: [PageArticle] = []
    var effect = StageEffect()
    var isReshaped = false
    for (index, article) in batch.articles.enumerated() {
      let site = needsSite ? MetaMember.site(of: article, named: self.site) : ""
      let parts = article.source.withUnsafeBufferPointer { page in
        assembler.articles(page, analyzer.analyze(page, title: article.title, site: site))
      }
      effect.note(items: parts.reduce(0) { $0 + $1.removed + $1.unglued })
      for (number, part) in parts.enumerated() {
        var named = article
        if number > 0 {
          named.id = "\(article.id)#\(number + 1)"
          named.partOf = article.id
          named.title = part.title
        } else if article.title.isEmpty {
          named.title = part.title
        }
        isReshaped = isReshaped || number > 0 || named.title != article.title
        articles.append(named)
        origins.append(index)
        texts.append(part.text)
        edits.append(part.edits)
        found.append(part.withoutText)
      }
    }
    var result = StageResult(effect: effect)
    result.annotations[BodyText.self] = texts
    result.annotations[BodyEdits.self] = edits
    result.annotations[ArticleStructure.self] = found
    if isReshaped { result.reselection = Reselection(articles: articles, origins: origins) }
    return result
  }
}

extension PageArticle {
  /// What the record tells of it; the text is kept once.
  fileprivate var withoutText: PageArticle {
    var article = self
    article.text = []
    article.edits = EditMap()
    return article
  }
}

/// Makes `structure` stages.
struct StructureFactory: StageFactory {
  static let name = "structure"
  static let itemName = "blocks"
  static let reshapes = true
  static let tuning = "fewer fields, or no furniture table"
  static func reads(_ options: StructureSection) -> [String] { ["source"] }
  static let writes = [BodyText.name, BodyEdits.name, ArticleStructure.name]

  private let options: StructureSection
  private let patterns: StructurePatterns
  private let furniture: FurnitureTable?
  private let stopWords: StopWords
  let resources: [String: String]

  init(_ options: StructureSection, context: StageContext) throws {
    self.options = options
    var resources: [String: String] = [:]
    func read<Contents>(_ file: String, _ key: String, _ parse: (String) throws -> Contents) throws
      -> Contents?
    {
      guard !file.isEmpty else { return nil }
      let bytes = try WordListFile.bytes(file, key: key, context: context)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw context.issue(key, "\(file) is not UTF-8", suggestion: "save it in that encoding")
      }
      resources[key] = text
      do { return try parse(text) } catch { throw context.issue(key, "\(file): \(error)") }
    }
    patterns = try read(options.patterns, "patterns") { try StructurePatterns(parsing: $0) } ?? .builtIn
    furniture = try read(options.furniture, "furniture") { try FurnitureTable(parsing: $0) }
    stopWords = StopWords(
      extra: try WordListFile.lines(options.stopWords, key: "stopWords", context: context))
    resources["stopWords"] = try WordListFile.resource(options.stopWords, key: "stopWords", context: context)
    self.resources = resources
  }

  /// The site of an article, as the furniture table names it.
  func site(of article: Article) -> String {
    MetaMember.site(of: article, named: options.site)
  }

  func makeStage() throws -> any Stage {
    StructureStage(
      PageAnalyzer(patterns: patterns, options: options.page, furniture: furniture),
      PageAssembler(options.assembly, stopWords: stopWords), site: options.site, needsSite: furniture != nil)
  }

  /// The text once more in UTF-16, blocks, and what was found.
  var memoryFactor: Int { 5 }

  var fields: [any RecordField] {
    options.fields.map { StructureField(kind: $0) } + (options.blocks ? [BlocksField()] : [])
  }

  func describe(_ index: Int, of batch: Batch) -> [String] {
    let source = batch.articles[index].source
    var lines: [String] = []
    for block in batch[ArticleStructure.self][index].blocks where block.kind != .body {
      guard lines.count < 12 else { break }
      let text = String(decoding: source[block.span.range].prefix(60), as: UTF16.self)
      lines.append("\(block.kind.rawValue)  \u{2068}\(text)\u{2069}")
    }
    return lines.isEmpty ? ["nothing but text"] : lines
  }
}
