import ArabicText
import Corpus

/// Writes finished batches as JSON lines: one record an article.
///
/// Members come in a fixed order: id, title, text, what each stage adds, then where the article came from.
/// Keeps its buffer from batch to batch, so each worker has its own.
public final class RecordEncoder {
  private var record: RecordWriter
  private let fields: [any RecordField]
  /// The names of the fields as members.
  private let names: [[UInt8]]
  private let options: OutputSection
  private var ending: RecordEnding

  /// Makes an encoder for the stages of a plan.
  public init(_ plan: PipelinePlan, options: OutputSection) {
    self.options = options
    record = RecordWriter(unit: options.offsets)
    fields = plan.nodes.flatMap { $0.factory.fields }
    names = fields.map { field in
      var json = JSONWriter()
      json.key(string: field.name)
      return json.bytes
    }
    ending = RecordEnding(unit: options.offsets)
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
    let texts = batch[ArticleText.self].isEmpty ? batch[BodyText.self] : batch[ArticleText.self]
    let titles = batch[ArticleTitle.self]
    let edits = batch[ArticleEdits.self].isEmpty ? batch[BodyEdits.self] : batch[ArticleEdits.self]
    let values = Array(zip(names, fields.map { $0.writer(of: batch) }))
    let unchanged = EditMap()
    // By index: the loop over the articles would retain what each is made of.
    batch.articles.withUnsafeBufferPointer { articles in
      for index in articles.indices {
        let source = articles[index].source
        let text = texts.isEmpty ? source : texts[index]
        let title = titles.isEmpty ? articles[index].title : titles[index]
        record.begin(text: text, source: source, edits: edits.isEmpty ? unchanged : edits[index])
        record.json.beginObject()
        record.json.key("id")
        record.json.string(articles[index].id)
        if let whole = articles[index].partOf {
          record.json.key("partOf")
          record.json.string(whole)
        }
        if !title.isEmpty {
          record.json.key("title")
          title.withUnsafeBufferPointer { record.json.string(utf16: $0) }
        }
        record.json.key("text")
        text.withUnsafeBufferPointer { record.json.string(utf16: $0) }
        if options.sourceText, text != source {
          record.json.key("sourceText")
          source.withUnsafeBufferPointer { record.json.string(utf16: $0) }
        }
        for (name, write) in values {
          record.json.raw(beforeValue: name)
          write(index, &record)
        }
        ending.write(articles[index], to: &record.json)
        record.json.endObject()
        record.json.newline()
      }
    }
  }
}
