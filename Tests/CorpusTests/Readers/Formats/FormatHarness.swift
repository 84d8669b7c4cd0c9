import Foundation
import TestSupport

@testable import Corpus

/// Inputs read and parsed as a run does it: articles, and what became none, in the order it was read.
struct Articles: Equatable {
  struct Article: Equatable {
    var id: String?
    var title: String
    var text: String
    var meta: String
    var encoding: String
    var origin: RecordOrigin
  }

  struct Rejected: Equatable {
    var reason: RejectReason
    var origin: RecordOrigin
    var count: Int
    var detail: String
  }

  var articles: [Article] = []
  var rejects: [Rejected] = []
  var skips: [SkipReason: Int] = [:]
  var texts: [String] { articles.map(\.text) }
  var inputs: [String] { articles.map(\.origin.input) }
  var reasons: [RejectReason] { rejects.map(\.reason) }

  init(
    _ paths: [String], _ options: ReaderOptions = ReaderOptions(), _ parsing: ParserOptions = ParserOptions()
  ) throws {
    let listing = try InputLister.list(paths)
    var reader = BatchReader(inputs: listing.files, rejects: listing.rejects, options: options)
    var parsing = parsing
    parsing.elements = options.elements
    parsing.paths.text = options.tables.textColumn
    let parser = try RecordParser(parsing)
    var all: [(Int, Rejected)] = []
    func note(_ reject: Reject) {
      all.append(
        (
          reject.order,
          Rejected(
            reason: reject.reason, origin: reject.origin, count: reject.rawByteCount, detail: reject.detail)
        ))
    }
    while let batch = reader.next() {
      batch.rejects.forEach(note)
      skips.merge(batch.skips, uniquingKeysWith: +)
      for record in batch.records {
        switch parser.parse(record, in: batch) {
        case .success(let article):
          articles.append(
            Article(
              id: article.id, title: article.titleString, text: article.textString, meta: article.metaString,
              encoding: article.encoding.name, origin: record.origin))
        case .failure(.reject(let reject)): note(reject)
        case .failure(.skip(let reason)): skips[reason, default: 0] += 1
        }
      }
    }
    rejects = all.sorted { $0.0 < $1.0 }.map(\.1)
  }

  init(
    _ bytes: [UInt8], _ options: ReaderOptions = ReaderOptions(), _ parsing: ParserOptions = ParserOptions(),
    chunk: Int = 256 << 10, name: String = "input"
  ) throws {
    let folder = try InputFolder()
    var options = options
    options.chunkBytes = chunk
    try self.init([try folder.write(bytes, name)], options, parsing)
  }

  init(_ text: String, _ options: ReaderOptions = ReaderOptions(), chunk: Int = 256 << 10) throws {
    try self.init(Array(text.utf8), options, chunk: chunk)
  }
}

/// A program to make files with, run in a folder.
enum Tool {
  static func exists(_ name: String) -> Bool {
    ["/usr/bin/", "/bin/", "/usr/local/bin/"].contains {
      FileManager.default.isExecutableFile(atPath: $0 + name)
    }
  }

  static func run(_ command: [String], in folder: String) throws {
    _ = try SharedData.output(of: command, in: URL(filePath: folder))
  }

  static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }
}

extension String {
  /// In UTF-16 with a byte order mark, as Excel writes it.
  var utf16File: [UInt8] {
    [0xFF, 0xFE] + utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  /// In windows-1256; what it does not have is left out.
  var windows1256: [UInt8] {
    Array(data(using: String.Encoding(rawValue: CFStringEncoding1256.value)) ?? Data())
  }
}

private enum CFStringEncoding1256 {
  /// What Foundation calls windows-1256.
  static let value: UInt = 0x8000_0506
}
