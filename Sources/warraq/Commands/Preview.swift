import ArgumentParser
import ArabicText
import Corpus
import Pipeline
import Stages

/// `warraq preview`
struct Preview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take one or a few articles through a pipeline and show what each stage made of them.",
    discussion: """
      Nothing is written. Keywords and summary sentences are set apart in the text.

        warraq preview Pipelines/news.yaml --input dump/ --count 3
        warraq preview Pipelines/news.yaml --input dump/ --id news-07 --set keywords.algorithm=textrank
        warraq preview Pipelines/news.yaml --input article.txt --json
      """)

  @OptionGroup var config: ConfigArguments
  @OptionGroup var inputs: InputArguments

  @Option(name: [.short, .long], help: "How many articles.")
  var count = 1

  @Option(help: "Show the article with this id.")
  var id: String?

  @Flag(help: "Print one JSON object an article: its record, and time and effect of each stage.")
  var json = false

  func validate() throws {
    if inputs.input.isEmpty {
      throw ValidationError("name at least one --input (a file, a folder, a pattern, or -)")
    }
    if count < 1 { throw ValidationError("--count must be at least 1") }
  }

  func run() async throws {
    let loaded = try config.load()
    let listing = try InputLister.list(inputs.input)
    let result = try await PipelinePreview(loaded).articles(of: listing, count: count, id: id)
    for item in result.items {
      if json { showJSON(item, loaded) } else { Terminal.show(ArticleView(item, plan: loaded.plan).text) }
    }
    for reject in result.rejects.prefix(10) {
      Terminal.note(
        "rejected: \(Terminal.isolated(reject.origin.input)) record \(reject.origin.record): "
          + "\(reject.reason.rawValue): \(Terminal.oneLine(reject.detail))\n"
      )
    }
    if result.items.isEmpty {
      throw UsageError(id.map { "no article with the id \($0) in the input" } ?? "no article in the input")
    }
  }

  private func showJSON(_ item: PipelinePreview.Item, _ config: PipelineConfig) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("records")
    writer.beginArray()
    for record in item.record.split(separator: 0x0A) { writer.raw(Array(record)) }
    writer.endArray()
    for drop in item.drops {
      writer.key("dropped")
      writer.string("\(drop.reason): \(drop.detail)")
    }
    writer.key("stages")
    writer.beginArray()
    for (node, measure) in zip(config.plan.nodes, item.measures) {
      writer.beginObject()
      writer.key("name")
      writer.string(node.kind.name)
      writer.key("microseconds")
      writer.int(Int(measure.nanoseconds / 1000))
      writer.key("items")
      writer.int(measure.effect.items)
      writer.key("itemName")
      writer.string(node.kind.itemName)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    writer.newline()
    Terminal.show(json: writer.bytes)
  }
}

/// One article as people read it in a terminal.
struct ArticleView {
  private let item: PipelinePreview.Item
  private let plan: PipelinePlan
  private let color: Bool

  init(_ item: PipelinePreview.Item, plan: PipelinePlan, color: Bool = Terminal.hasColor) {
    self.item = item
    self.plan = plan
    self.color = color
  }

  /// The article, then what each stage did.
  var text: String {
    var text = item.drops.map { "dropped: \($0.reason): \(Terminal.safe($0.detail))\n" }.joined()
    for index in item.batch.articles.indices { text += self.text(of: index) }
    return text
  }

  private func text(of index: Int) -> String {
    let article = item.batch.articles[index]
    let title = String(decoding: article.title, as: UTF16.self)
    var text = Terminal.styled("\(Terminal.isolated(article.id))", .dim, color: color) + "\n"
    if !title.isEmpty { text += Terminal.styled(Terminal.isolated(title), .title, color: color) + "\n" }
    text += "\n" + highlighted(index) + "\n"
    for (node, measure) in zip(plan.nodes, item.measures) {
      text += "\n" + Terminal.styled(node.kind.name, .bold, color: color)
      text += "  \(measure.effect.items) \(node.kind.itemName), \(measure.nanoseconds / 1000) µs\n"
      for line in node.factory.describe(index, of: item.batch) { text += "  \(Terminal.safe(line))\n" }
    }
    return text + "\n"
  }

  /// The text with keywords and summary sentences set apart: by colour, or by ⟦keyword⟧ and ▌sentence▐.
  private func highlighted(_ article: Int) -> String {
    let texts = item.batch[ArticleText.self]
    let units = texts.isEmpty ? item.batch.articles[article].source : texts[article]
    let highlights = item.batch.highlights(article)
    var isKeyword = [Bool](repeating: false, count: units.count + 1)
    var isSentence = isKeyword
    for highlight in highlights {
      for index in highlight.span.range where index < units.count {
        switch highlight.kind {
        case .keyword: isKeyword[index] = true
        case .summarySentence: isSentence[index] = true
        }
      }
    }
    var text = ""
    var start = 0
    for index in 0...units.count {
      let isEdge =
        index == units.count || isKeyword[index] != isKeyword[start] || isSentence[index] != isSentence[start]
      guard isEdge, index > start else { continue }
      let piece = Terminal.escaped(String(decoding: units[start..<index], as: UTF16.self))
      text += mark(piece, keyword: isKeyword[start], sentence: isSentence[start])
      start = index
    }
    return text
  }

  private func mark(_ piece: String, keyword: Bool, sentence: Bool) -> String {
    guard color else { return keyword ? "⟦\(piece)⟧" : piece }
    switch (keyword, sentence) {
    case (true, true): return Terminal.styled(piece, .keywordInSentence, color: true)
    case (true, false): return Terminal.styled(piece, .keyword, color: true)
    case (false, true): return Terminal.styled(piece, .sentence, color: true)
    case (false, false): return piece
    }
  }
}
