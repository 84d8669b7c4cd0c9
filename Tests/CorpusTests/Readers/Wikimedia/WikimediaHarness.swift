import Testing

@testable import Corpus

/// Dumps of a small wiki, and what reading them gives.
struct WikimediaHarness {
  /// What became of a dump.
  struct Result: Equatable {
    var articles: [Article] = []
    var rejects: [String] = []
    var skips: [String: Int] = [:]
    /// Where each reject begins.
    var rejectOffsets: [Int] = []
  }

  struct Article: Equatable {
    var id: String?
    var title: String
    var text: String
    var meta: String
  }

  static let head = """
    <mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="ar">
      <siteinfo>
        <dbname>samplewiki</dbname>
        <base>https://wiki.example.org/wiki/Main_Page</base>
        <namespaces>
          <namespace key="0" case="first-letter" />
          <namespace key="1" case="first-letter">نقاش</namespace>
          <namespace key="6" case="first-letter">رسم</namespace>
          <namespace key="14" case="first-letter">باب</namespace>
        </namespaces>
      </siteinfo>

    """
  static let foot = "</mediawiki>\n"

  /// A page as MediaWiki writes it.
  static func page(
    _ id: Int, _ title: String, _ text: String, ns: Int? = 0, extra: String = "", model: String = "wikitext"
  ) -> String {
    """
      <page>
        <title>\(title)</title>
    \(ns.map { "    <ns>\($0)</ns>\n" } ?? "")    <id>\(id)</id>\(extra)
        <revision>
          <id>\(900 + id)</id>
          <timestamp>2026-01-02T03:04:05Z</timestamp>
          <contributor><username>كاتب</username><id>3</id></contributor>
          <model>\(model)</model>
          <format>text/x-wiki</format>
          <text bytes="\(text.utf8.count)" xml:space="preserve">\(text)</text>
          <sha1>x</sha1>
        </revision>
      </page>

    """
  }

  /// Reads bytes as a run does.
  static func read(_ bytes: [UInt8], _ options: ReaderOptions = ReaderOptions()) throws -> Result {
    let harness = try ReaderHarness()
    defer { harness.remove() }
    let listing = try InputLister.list([try harness.write(bytes, "dump")])
    var reader = BatchReader(inputs: listing.files, options: options)
    let parser = try RecordParser()
    var result = Result()
    func reject(_ reject: Reject) {
      result.rejects.append(reject.reason.rawValue)
      result.rejectOffsets.append(reject.origin.byteOffset)
    }
    while let batch = reader.next() {
      batch.rejects.forEach(reject)
      for (reason, count) in batch.skips { result.skips[reason.rawValue, default: 0] += count }
      for record in batch.records {
        switch parser.parse(record, in: batch) {
        case .success(let article):
          result.articles.append(
            Article(
              id: article.id, title: String(decoding: article.title, as: UTF16.self),
              text: String(decoding: article.text, as: UTF16.self),
              meta: String(decoding: article.meta, as: UTF8.self)))
          #expect(article.textBytes == String(decoding: article.text, as: UTF16.self).utf8.count)
        case .failure(.reject(let problem)): reject(problem)
        case .failure(.skip(let reason)): result.skips[reason.rawValue, default: 0] += 1
        }
      }
    }
    return result
  }

  static func read(_ text: String, _ options: ReaderOptions = ReaderOptions()) throws -> Result {
    try read(Array(text.utf8), options)
  }
}
