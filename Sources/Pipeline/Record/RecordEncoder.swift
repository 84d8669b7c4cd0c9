import ArabicText
import Corpus

/// Writes finished batches as JSON lines: one record an article.
///
/// Members come in a fixed order: id, title, text, what each stage adds, then where the article came from.
public struct RecordEncoder {
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
  /// - Returns: bytes that stay valid until the next call.
  public mutating func encode(_ batch: Batch) -> [UInt8] {
    record.json.removeAll(keepingCapacity: true)
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
      writeOrigin(article)
      record.json.endObject()
      record.json.newline()
    }
    return record.json.bytes
  }

  private mutating func writeOrigin(_ article: Article) {
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
