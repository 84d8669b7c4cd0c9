import ArabicText
import PageStructure
import Pipeline

/// One thing the page says beside the text, as a member of the record.
struct StructureField: RecordField {
  /// What there is.
  enum Kind: String, Sendable, CaseIterable {
    /// Where the site has the text from: text or null.
    case source
    /// The site's tags: a list.
    case siteKeywords
    /// Titles of other articles: a list.
    case related
    /// Titles behind اقرأ أيضاً: a list.
    case readAlso
    /// Who wrote it: text or null.
    case byline
    /// Place and agency: text or null.
    case dateline
    /// The date as the page writes it: text or null.
    case date
  }

  let kind: Kind
  var name: String { kind.rawValue }

  func writer(of batch: Batch) -> Writer {
    let articles = batch[ArticleStructure.self]
    let kind = kind
    return { index, record in
      let article = articles[index]
      switch kind {
      case .source: Self.write(article.source, to: &record)
      case .siteKeywords: Self.write(article.siteKeywords, to: &record)
      case .related: Self.write(article.related, to: &record)
      case .readAlso: Self.write(article.readAlso, to: &record)
      case .byline: Self.write(article.byline, to: &record)
      case .dateline: Self.write(article.dateline, to: &record)
      case .date: Self.write(article.date, to: &record)
      }
    }
  }

  private static func write(_ text: [UInt16], to record: inout RecordWriter) {
    if text.isEmpty {
      record.json.null()
    } else {
      text.withUnsafeBufferPointer { record.json.string(utf16: $0) }
    }
  }

  private static func write(_ list: [[UInt16]], to record: inout RecordWriter) {
    record.json.beginArray()
    for text in list { text.withUnsafeBufferPointer { record.json.string(utf16: $0) } }
    record.json.endArray()
  }
}

/// `blocks`: kind and range in the source of every block of the article.
struct BlocksField: RecordField {
  let name = "blocks"

  func writer(of batch: Batch) -> Writer {
    let articles = batch[ArticleStructure.self]
    return { index, record in
      record.json.beginArray()
      for block in articles[index].blocks {
        record.json.fragment(#"{"kind":"#)
        record.json.string(block.kind.rawValue)
        record.json.fragment(#""source":"#)
        let range = record.sourceRange(block.span)
        record.json.beginArray()
        record.json.int(range.lowerBound)
        record.json.int(range.upperBound)
        record.json.endArray()
        record.json.endObject()
      }
      record.json.endArray()
    }
  }
}
