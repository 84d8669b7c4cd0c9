import ArabicText
import Corpus

/// Writes finished batches as JSON lines: one record an article.
///
/// Members come in a fixed order: id, title, text, what each stage adds, then where the article came from.
/// Keeps its buffer from batch to batch, so each worker has its own.
public final class RecordEncoder {
  private var record: RecordWriter
  private let fields: [any RecordField]
  private let options: OutputSection

  /// Makes an encoder for the stages of a plan.
  public init(_ plan: PipelinePlan, options: OutputSection) {
    self.options = options
    record = RecordWriter(unit: options.offsets)
    fields = plan.nodes.flatMap { $0.factory.fields }
  }

  /// The records of a batch, one a line, each ending in a newline.
  ///
  /// - Returns: a copy of what ``withLines(of:_:)`` lends.
  public func encode(_ batch: Batch) -> [UInt8] { withLines(of: batch) { Array($0) } }

  /// Calls `body` with the records of a batch, one a line, each ending in a newline.
  public func withLines<Result>(
    of batch: Batch, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    write(batch, to: &record)
    return try record.json.withBytes(body)
  }

  private func write(_ batch: Batch, to record: inout RecordWriter) {
    record.json.removeAll()
    let texts = batch[ArticleText.self]
    let titles = batch[ArticleTitle.self]
    let edits = batch[ArticleEdits.self]
    for (index, article) in batch.articles.enumerated() {
      let text = texts.isEmpty ? article.source : texts[index]
      let title = titles.isEmpty ? article.title : titles[index]
      record.begin(
        text: text, source: article.source, edits: edits.isEmpty ? EditMap() : edits[index])
      record.json.beginObject()
      record.json.key("id")
      record.json.string(article.id)
      if !title.isEmpty {
        record.json.key("title")
        title.withUnsafeBufferPointer { record.json.string(utf16: $0) }
      }
      record.json.key("text")
      text.withUnsafeBufferPointer { record.json.string(utf16: $0) }
      if options.sourceText, text != article.source {
        record.json.key("sourceText")
        article.source.withUnsafeBufferPointer { record.json.string(utf16: $0) }
      }
      for field in fields {
        record.json.key(string: field.name)
        field.write(index, of: batch, to: &record)
      }
      writeOrigin(article, to: &record)
      record.json.endObject()
      record.json.newline()
    }
  }

  private func writeOrigin(_ article: Article, to record: inout RecordWriter) {
    record.json.key("offsets")
    record.json.string(options.offsets.rawValue)
    record.json.key("origin")
    record.json.beginObject()
    record.json.key("input")
    record.json.string(article.origin.input)
    record.json.key("record")
    record.json.int(article.origin.record)
    record.json.key("byteOffset")
    record.json.int(article.origin.byteOffset)
    record.json.endObject()
    record.json.key("encoding")
    record.json.beginObject()
    record.json.key("name")
    record.json.string(article.encoding.name)
    record.json.key("how")
    record.json.string(article.encoding.how.rawValue)
    if article.encoding.replacements > 0 {
      record.json.key("replacements")
      record.json.int(article.encoding.replacements)
    }
    if let mojibake = article.encoding.mojibake {
      record.json.key("mojibake")
      record.json.string(mojibake.rawValue)
    }
    record.json.endObject()
    if !article.meta.isEmpty {
      record.json.key("meta")
      record.json.raw(article.meta)
    }
  }
}
