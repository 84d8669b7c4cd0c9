import Foundation

@testable import Corpus

/// What reading and parsing an input gave.
struct WebResult: Equatable {
  typealias Article = Articles.Article

  var articles: [Article] = []
  var rejects: [RejectReason] = []
  var rejectOrigins: [RecordOrigin] = []
  var details: [String] = []
  var skips: [String: Int] = [:]
  var texts: [String] { articles.map(\.text) }

  init(_ path: String, _ options: ReaderOptions = ReaderOptions(), isStrict: Bool = false) throws {
    let listing = try InputLister.list([path])
    var reader = BatchReader(inputs: listing.files, rejects: listing.rejects, options: options)
    let parser = try RecordParser(
      ParserOptions(isStrict: isStrict, maxArticleBytes: options.maxArticleBytes))
    while let batch = reader.next() {
      for (reason, count) in batch.skips { skips[reason.rawValue, default: 0] += count }
      var refused = batch.rejects
      for record in batch.records {
        switch parser.parse(record, in: batch) {
        case .success(let article): add(article, record)
        case .failure(.skip(let reason)): skips[reason.rawValue, default: 0] += 1
        case .failure(.reject(let reject)): refused.append(reject)
        }
      }
      for reject in refused.sorted(by: { $0.order < $1.order }) {
        rejects.append(reject.reason)
        rejectOrigins.append(reject.origin)
        details.append(reject.detail)
      }
    }
  }

  init(_ bytes: [UInt8], chunk: Int = 256 << 10, _ options: ReaderOptions = ReaderOptions()) throws {
    let folder = try InputFolder()
    var options = options
    options.chunkBytes = chunk
    try self.init(try folder.write(bytes), options)
  }

  private mutating func add(_ article: ParsedRecord, _ record: RawRecord) {
    articles.append(
      Article(
        id: article.id, title: String(decoding: article.title, as: UTF16.self),
        text: String(decoding: article.text, as: UTF16.self),
        meta: String(decoding: article.meta, as: UTF8.self), encoding: article.encoding.name,
        origin: record.origin))
  }
}

/// Records of web archives, made by hand so that they can be wrong.
enum WARCSample {
  static func record(
    _ type: String, _ block: [UInt8], contentType: String = "application/http; msgtype=response",
    length: Int? = nil,
    extra: String = "", end: String = "\r\n\r\n"
  ) -> [UInt8] {
    let head =
      "WARC/1.0\r\nWARC-Type: \(type)\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Target-URI: <https://akhbar.example/1>\r\n"
      + "WARC-Date: 2026-03-14T08:00:00Z\r\nContent-Type: \(contentType)\r\n\(extra)"
      + "Content-Length: \(length ?? block.count)\r\n\r\n"
    return Array(head.utf8) + block + Array(end.utf8)
  }

  static func text(_ text: String, length: Int? = nil, extra: String = "") -> [UInt8] {
    record("conversion", Array(text.utf8), contentType: "text/plain", length: length, extra: extra)
  }

  static func response(
    _ body: [UInt8], status: String = "200 OK", _ fields: String = "Content-Type: text/html\r\n",
    length: Int? = nil
  ) -> [UInt8] {
    record("response", Array("HTTP/1.1 \(status)\r\n\(fields)\r\n".utf8) + body, length: length)
  }

  static func page(_ text: String) -> [UInt8] {
    Array("<html><title>عنوان</title><p>\(text)</p></html>".utf8)
  }

  static var info: [UInt8] {
    record("warcinfo", Array("software: x\r\n".utf8), contentType: "application/warc-fields")
  }
}
