import ArabicText

@testable import Corpus

/// What reading and parsing one file gave.
struct ReadResult: Equatable {
  struct Record: Equatable {
    var bytes: [UInt8]
    var origin: RecordOrigin
  }

  struct Article: Equatable {
    var origin: RecordOrigin
    var id: String?
    var title: [UInt16]
    var text: [UInt16]
    var textBytes: Int
    var meta: [UInt8]
    var encoding: DecodedEncoding
  }

  struct Rejected: Equatable {
    var origin: RecordOrigin
    var reason: RejectReason
    var detail: String
    var raw: [UInt8]
    var count: Int
    var isOfParser: Bool
  }

  var records: [Record] = []
  var articles: [Article] = []
  var rejects: [Rejected] = []
  /// What the reader passed over, and what the parser did.
  var skips: [SkipReason: Int] = [:]
  var parserSkips: [SkipReason: Int] = [:]

  /// What a file gives when it is read as a run reads it. Stops behind so many bytes of records: a few bytes can
  /// stand for gigabytes.
  init(
    _ path: String, _ options: ReaderOptions, _ parser: RecordParser, stoppingBehind limit: Int = 4 << 20
  ) {
    let input = InputFile(path: path, name: "input", byteCount: nil)
    var reader = BatchReader(inputs: [input], options: options)
    var bytes = 0
    while bytes < limit, let batch = reader.next() {
      bytes += batch.bytes.count
      skips.merge(batch.skips, uniquingKeysWith: +)
      rejects += batch.rejects.map { Self.rejected($0, isOfParser: false) }
      for record in batch.records {
        records.append(Record(bytes: Array(batch.bytes(of: record)), origin: record.origin))
        switch parser.parse(record, in: batch) {
        case .success(let article):
          articles.append(
            Article(
              origin: record.origin, id: article.id, title: article.title, text: article.text,
              textBytes: article.textBytes, meta: article.meta, encoding: article.encoding))
        case .failure(.reject(let reject)): rejects.append(Self.rejected(reject, isOfParser: true))
        case .failure(.skip(let reason)): parserSkips[reason, default: 0] += 1
        }
      }
    }
    isCut = bytes >= limit
    // Rejects of the reader stand in their batch apart from those of the parser; batches are cut in many ways.
    rejects.sort {
      ($0.origin.input, $0.origin.record, $0.origin.byteOffset)
        < ($1.origin.input, $1.origin.record, $1.origin.byteOffset)
    }
  }

  /// Whether reading stopped early.
  let isCut: Bool

  private static func rejected(_ reject: Reject, isOfParser: Bool) -> Rejected {
    Rejected(
      origin: reject.origin, reason: reject.reason, detail: reject.detail, raw: reject.raw,
      count: reject.rawByteCount, isOfParser: isOfParser)
  }

  /// Nothing is lost between the counts, articles are sound, and errors quote none of them.
  ///
  /// - Parameter readsRejects: whether rejects are read again, with errors as an earlier run wrote them.
  func check(rejectBytes: Int, readsRejects: Bool = false) throws {
    let ofParser = rejects.count(where: \.isOfParser)
    try require(
      articles.count + ofParser + parserSkips.values.reduce(0, +) == records.count,
      "\(records.count) records, \(articles.count) articles, \(ofParser) rejects of the parser, \(parserSkips)"
    )
    for reject in rejects where !readsRejects {
      try require(reject.raw.count <= min(rejectBytes, reject.count), "a reject keeps too many bytes")
      // Only the names of a table's columns are quoted, for users have to map them.
      let quotesNames = reject.detail.hasPrefix("there is no column")
      try require(
        quotesNames || reject.detail.utf8.allSatisfy { (0x20..<0x7F).contains($0) },
        "an error with other than printable ASCII, \(reject.reason): \(reject.detail.debugDescription)")
      try require(
        reject.detail.utf8.count < (quotesNames ? 4000 : 500), "an error of \(reject.detail.utf8.count) bytes"
      )
    }
    for article in articles {
      try require(
        article.textBytes == article.text.withUnsafeBufferPointer { UTF8Text.byteCount(of: $0) },
        "textBytes is \(article.textBytes), the text has another length")
      try require(article.text.contains { $0 > 0x20 }, "an article of blanks")
      if !article.meta.isEmpty, let fault = JSONCheck.fault(article.meta) {
        throw PropertyViolation(description: "meta of record \(article.origin.record) is \(fault)")
      }
      try require(article.meta.isEmpty || article.meta.first == UInt8(ascii: "{"), "meta is no object")
    }
  }

  /// Records and rejects of a file that is neither compressed nor an archive lie in it one behind the other.
  func check(within input: UnsafeBufferPointer<UInt8>) throws {
    var pieces = records.map { (origin: $0.origin, raw: $0.bytes, count: $0.bytes.count) }
    pieces += rejects.filter { !$0.isOfParser }.map { (origin: $0.origin, raw: $0.raw, count: $0.count) }
    pieces.sort { $0.origin.record < $1.origin.record }
    var last = (record: 0, end: 0)
    for piece in pieces {
      let start = piece.origin.byteOffset
      try require(
        start >= last.end && start + piece.count <= input.count,
        "record \(piece.origin.record) lies at \(start)..<\(start + piece.count) of \(input.count), the one before ended at \(last.end)"
      )
      try require(
        input[start..<(start + piece.raw.count)].elementsEqual(piece.raw),
        "record \(piece.origin.record) has not the bytes of the input")
      try require(piece.origin.record > last.record, "record \(piece.origin.record) occurs twice")
      last = (piece.origin.record, start + piece.count)
    }
    if !isCut {
      let skipped = skips.values.reduce(0, +)
      try require(
        last.record <= pieces.count + skipped,
        "\(pieces.count) records and rejects and \(skipped) skips, but the last is number \(last.record)")
    }
  }

  /// The first difference from another reading of the same file; nil when there is none.
  func difference(from other: ReadResult) -> String? {
    if records != other.records {
      let index = zip(records, other.records).enumerated().first { $1.0 != $1.1 }?.offset
      return "\(records.count) and \(other.records.count) records, of which number \(index ?? -1) differs"
    }
    if articles != other.articles { return "articles differ" }
    if rejects != other.rejects {
      let index = zip(rejects, other.rejects).enumerated().first { $1.0 != $1.1 }?.offset
      let shown = index.map { "\(rejects[$0]) and \(other.rejects[$0])" } ?? ""
      return "\(rejects.count) and \(other.rejects.count) rejects; \(shown)"
    }
    if skips != other.skips || parserSkips != other.parserSkips {
      return "skips \(skips) \(parserSkips) and \(other.skips) \(other.parserSkips)"
    }
    return nil
  }
}
