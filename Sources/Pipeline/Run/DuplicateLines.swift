import Corpus

/// Articles that were left out as duplicates, as JSON lines in input order.
enum DuplicateLines {
  static func encode(_ dropped: [DroppedArticle]) -> ListingLines {
    var leftOut = LeftOut()
    var json = JSONWriter()
    for article in dropped.sorted(by: { $0.article.order < $1.article.order }) {
      guard let note = article.drop.duplicate else { continue }
      leftOut.duplicates[note.kind, default: 0] += 1
      json.beginObject()
      json.key("id")
      json.string(article.article.id)
      if let whole = article.article.partOf {
        json.key("partOf")
        json.string(whole)
      }
      json.key("input")
      json.string(article.article.origin.input)
      json.key("record")
      json.int(article.article.origin.record)
      json.key("byteOffset")
      json.int(article.article.origin.byteOffset)
      json.key("kind")
      json.string(note.kind)
      json.key("similarity")
      json.fixed(note.similarity, digits: 3)
      json.key("duplicateOf")
      json.beginObject()
      json.key("id")
      json.string(note.id)
      json.key("input")
      json.string(note.input)
      json.key("record")
      json.int(note.record)
      json.endObject()
      json.endObject()
      json.newline()
    }
    return ListingLines(lines: json.bytes, leftOut: leftOut)
  }
}
