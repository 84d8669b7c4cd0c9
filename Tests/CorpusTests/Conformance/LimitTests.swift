import Foundation
import TestSupport
import Testing

@testable import Corpus

/// Bounds against hostile input: each with a reason, a detail that names the number, the key and its value, and the
/// rest of the input, or the next one, read on.
@Suite struct LimitTests {
  private typealias Build = ArchiveBuilder

  private func limits(_ change: (inout ReadLimits) -> Void) -> ReaderOptions {
    var options = ReaderOptions(rejectBytes: 16)
    change(&options.limits)
    return options
  }

  private static func line(_ id: Int, _ count: Int) -> String {
    #"{"id":\#(id),"text":""# + String(repeating: "ن", count: count) + "\"}"
  }

  // MARK: lines

  @Test(arguments: [3, 256 << 10])
  func aLineAboveTheLimitIsRejectedAndReadingGoesOn(chunk: Int) throws {
    let lines = [Self.line(1, 5), Self.line(2, 500), Self.line(3, 5), Self.line(4, 3000), Self.line(5, 1)]
    var options = limits { $0.lineBytes = 2000 }
    options.maxArticleBytes = 500
    let result = try ReadResult(lines.joined(separator: "\n"), chunk: chunk, options)
    #expect(result.texts == [lines[0], lines[2], lines[4]])
    #expect(result.reasons == [.articleTooLarge, .lineTooLong])
    #expect(result.rejects.map(\.count) == [lines[1].utf8.count, lines[3].utf8.count])
    #expect(result.rejects[0].detail == "\(lines[1].utf8.count) bytes; input.maxArticleBytes is 500")
    #expect(result.rejects[1].detail == "\(lines[3].utf8.count) bytes; limits.lineBytes is 2000")
    #expect(result.rejects.map(\.origin.record) == [2, 4])
  }

  @Test func aLineLimitBelowThatOfArticlesCounts() throws {
    let text = [Self.line(1, 5), Self.line(2, 500), Self.line(3, 5)].joined(separator: "\n")
    #expect(try ReadResult(text, limits { $0.lineBytes = 100 }).reasons == [.lineTooLong])
    let table = "id,text\n1,نص\n2,\(String(repeating: "ن", count: 200))\n3,نص\n"
    let rows = try ReadResult(table, limits { $0.lineBytes = 100 })
    #expect(rows.texts == ["1,نص", "3,نص"])
    #expect(rows.reasons == [.lineTooLong])
    // A text is no line.
    let plain = String(repeating: "ن", count: 5000)
    #expect(try ReadResult(plain, limits { $0.lineBytes = 100 }).texts == [plain])
  }

  // MARK: what comes out of compressed data

  private static let installed = ReaderHarness.tools.allSatisfy { ReaderHarness.find($0) != nil }

  private func packed(_ bytes: [UInt8], _ tool: String, _ options: [String] = []) throws -> [UInt8] {
    let folder = try InputFolder()
    try folder.write(bytes, "plain")
    try Tool.run(["sh", "-c", "\(tool) \(options.joined(separator: " ")) -c plain >packed"], in: folder.path)
    return try Tool.bytes(folder.path + "/packed")
  }

  @Test(.enabled(if: installed, "not all tools are installed"), arguments: ReaderHarness.tools)
  func aBombEndsItsInputAndTheNextOneIsRead(tool: String) throws {
    let folder = try InputFolder()
    let good = Self.line(1, 5)
    try folder.write(
      try packed(Array((good + "\n").utf8) + [UInt8](repeating: 0x30, count: 4 << 20), tool), "a")
    try folder.write(Array(good.utf8), "b")
    let options = limits {
      $0.expansionAllowance = 1 << 20
      $0.expansionRatio = 50
    }
    for format in [InputFormat.jsonl, .auto] {
      for most in [1000, 32 << 20] {
        var options = options
        options.format = format
        options.maxArticleBytes = most
        let result = try ReadResult([folder.path], options)
        #expect(result.texts == [good, good], "\(format) \(most)")
        #expect(result.reasons == [.expansionTooLarge], "\(format) \(most)")
        #expect(result.rejects.first?.origin.record == 2)
        #expect(result.rejects.first?.detail.hasSuffix("; limits.expansionRatio is 50") == true)
      }
    }
    // Under the allowance, or without a limit, it is no more than a line that is no JSON.
    for options in [
      ReaderOptions(),
      limits {
        $0.expansionRatio = 0; $0.expansionAllowance = 1
      },
    ] {
      #expect(try ReadResult([folder.path], options).rejects.isEmpty)
    }
  }

  @Test(.enabled(if: installed, "not all tools are installed"), arguments: ReaderHarness.tools)
  func allThatComesOutOfAnInputHasALimit(tool: String) throws {
    let folder = try InputFolder()
    let lines = (1...200).map { Self.line($0, 40) }
    try folder.write(try packed(Array(lines.joined(separator: "\n").utf8), tool), "a")
    try folder.write(Array(Self.line(1, 5).utf8), "b")
    for chunk in [100, 256 << 10] {
      var options = limits { $0.expandedBytes = 5000 }
      options.chunkBytes = chunk
      let result = try ReadResult([folder.path], options)
      let kept = result.texts.count - 1
      #expect(kept > 40 && kept < 55)
      #expect(result.texts == Array(lines[..<kept]) + [Self.line(1, 5)])
      #expect(result.reasons == [.expansionTooLarge])
      #expect(
        result.rejects.first?.detail
          == "more than 5000 bytes come out of the input, which is limits.expandedBytes")
    }
    // What is not compressed does not expand.
    #expect(
      try ReadResult(lines.joined(separator: "\n"), limits { $0.expandedBytes = 5000 }).texts == lines)
  }

  @Test(.enabled(if: installed, "not all tools are installed"))
  func theLimitOfAnInputCountsAllOfAnArchive() throws {
    let folder = try InputFolder()
    let inner = try packed(Array(String(repeating: "ن", count: 3000).utf8), "gzip")
    var tar: [UInt8] = []
    for index in 0..<6 {
      tar += Build.tarHeader("\(index).gz", size: inner.count) + Build.padded(inner)
    }
    try folder.write(tar + Build.tarEnd, "a.tar")
    try folder.write(Array("نص".utf8), "b.txt")
    let result = try Articles([folder.path], limits { $0.expandedBytes = 15_000 })
    #expect(result.texts.count == 3 && result.texts.last == "نص")
    #expect(result.reasons == [.expansionTooLarge])
    #expect(result.rejects.first?.origin.input.hasSuffix("a.tar/2.gz") == true)
  }

  @Test func aZipsEntryThatGrowsTooMuchIsRejectedAndTheNextOneRead() throws {
    guard Tool.exists("zip") else { return }
    let folder = try InputFolder()
    try folder.write([UInt8](repeating: 0x61, count: 6 << 20), "bomb.txt")
    try folder.write(Array("نص".utf8), "z.txt")
    for command in ["zip -q9X x.zip bomb.txt z.txt", "cat bomb.txt | zip -q9X y.zip - z.txt"] {
      try Tool.run(["sh", "-c", command], in: folder.path)
    }
    let options = limits {
      $0.expansionAllowance = 1 << 20
      $0.expansionRatio = 20
    }
    for name in ["x.zip", "y.zip"] {
      let result = try Articles([folder.path + "/" + name], options)
      #expect(result.reasons.first == .expansionTooLarge, "\(name)")
      // The archive as a whole has grown as much.
      #expect(result.reasons.count == 1, "\(name): \(result.rejects)")
    }
  }

  @Test(.enabled(if: installed, "not all tools are installed"))
  func aWindowAboveTheLimitIsNotAllowed() throws {
    let folder = try InputFolder()
    let text = Array(Self.line(1, 1000).utf8) + [0x0A]
    let bytes = (0..<3000).flatMap { _ in text }
    let commands = [
      ("zstd", ["-q", "--long=27"]), ("zstd", ["-q", "--ultra", "-22"]), ("xz", ["--lzma2=dict=64MiB"]),
    ]
    for (tool, arguments) in commands {
      let packed = try packed(bytes, tool, arguments)
      let path = try folder.write(packed)
      #expect(try ReadResult([path]).texts.count == 3000, "\(tool)")
      let result = try ReadResult([path], limits { $0.windowBytes = 1 << 20 })
      #expect(result.texts.isEmpty && result.reasons == [.windowTooLarge], "\(tool) \(arguments)")
      #expect(result.rejects.first?.detail.contains("limits.windowBytes, 1048576") == true)
    }
  }

  /// A few KB of a web archive may hold a page of many MB: what counts for a batch is the page.
  @Test func aBatchIsAsLargeAsItsPagesAreOnceUnpacked() throws {
    guard Self.installed else { return }
    let folder = try InputFolder()
    let page = "<html><body><p>" + String(repeating: "كلمة ", count: 20_000) + "</p></body></html>"
    let body = try packed(Array(page.utf8), "gzip", ["-9"])
    let http =
      Array("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".utf8) + body
    let record =
      Array(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\nContent-Type: application/http\r\nContent-Length: \(http.count)\r\n\r\n"
          .utf8) + http + Array("\r\n\r\n".utf8)
    let path = try folder.write((0..<20).flatMap { _ in record })
    var reader = BatchReader(
      inputs: try InputLister.list([path]).files, options: ReaderOptions(batchBytes: 400_000))
    var counts: [Int] = []
    while let batch = reader.next() {
      counts.append(batch.records.count)
      #expect(batch.size == batch.bytes.count + batch.records.count * (page.utf8.count - body.count))
    }
    #expect(counts.reduce(0, +) == 20)
    #expect(counts.allSatisfy { $0 <= 3 })
  }

  // MARK: archives

  @Test func anArchiveOfTooManyEntriesIsReadSoFar() throws {
    let folder = try InputFolder()
    let entries = (0..<6).map { Build.tarEntry("\($0).txt", "نص \($0)") }
    try folder.write(entries.flatMap { $0 } + Build.tarEnd, "a.tar")
    try folder.write(
      Build.zip((0..<6).map { Build.ZipEntry(deflated: "\($0).txt", "نص \($0)") }), "b.zip")
    try folder.write(Array("آخر".utf8), "c.txt")
    let result = try Articles([folder.path], limits { $0.archiveEntries = 4 })
    let four = (0..<4).map { "نص \($0)" }
    #expect(result.texts == four + four + ["آخر"])
    #expect(result.reasons == [.tooManyEntries, .tooManyEntries])
    #expect(result.rejects[0].detail.contains("more than 4 entries, which is limits.archiveEntries"))
    #expect(try Articles([folder.path], limits { $0.archiveEntries = 6 }).rejects.isEmpty)
    #expect(try Articles([folder.path], limits { $0.archiveEntries = 0 }).rejects.isEmpty)
  }

  private static let unsafe = [
    "../x", "a/../b", "a/..", "..", "/etc/passwd", "//server/x", "/", "\\etc\\passwd", "\\\\server\\x",
    "C:\\x",
    "c:/x", "a\\..\\b", "..\\x", "a/..\\b", "./../x", ".//../x", "/../../../x", "z:\\..\\x", "../.ssh/id",
  ]
  private static let safe = [
    "a..b", "a/...", "..a/b", "a../b", "a\\b", "a: b", "C:x", "ab:/x", "1:/x", "./a", "a//b", "a/./b", "~/a",
    "$HOME/a",
    "أ/ب", "%2e%2e/a", "a\nb", "CON",
  ]

  @Test func pathsThatLeadOutAreToldFromOthers() {
    for path in Self.unsafe { #expect(EntryPath.danger(path) != nil, "\(path)") }
    for path in Self.safe { #expect(EntryPath.danger(path) == nil, "\(path)") }
  }

  @Test func anEntryWithAnUnsafePathIsRefusedAndTheOthersAreRead() throws {
    for path in Self.unsafe where path != "/" && path != "//server/x" {
      let tar = Build.tarEntry("a.txt", "أول") + Build.tarEntry(path, "سر") + Build.tarEntry("z.txt", "أخير")
      let zip = Build.zip([
        Build.ZipEntry(stored: "a.txt", "أول"), Build.ZipEntry(deflated: path, "سر"),
        Build.ZipEntry(stored: "z.txt", "أخير"),
      ])
      for bytes in [tar + Build.tarEnd, zip] {
        let result = try Articles(bytes)
        #expect(result.texts == ["أول", "أخير"], "\(path)")
        #expect(result.reasons == [.unsafePath], "\(path)")
        let labelled = try Articles(bytes, limits { $0.archivePaths = .label })
        #expect(labelled.rejects.isEmpty, "\(path)")
      }
    }
    for path in Self.safe where !EntryPath.isHidden(path) {
      #expect(try Articles(Build.tarEntry(path, "نص") + Build.tarEnd).texts == ["نص"], "\(path)")
    }
  }

  /// A link to a file, then an entry through a link to a folder: neither file nor folder of this machine is touched.
  @Test func linksAreNeverFollowed() throws {
    let folder = try InputFolder()
    let secret = try folder.write(Array("سر".utf8), "secret.txt")
    let tar =
      Build.tarEntry("file", "", kind: "2", link: secret)
      + Build.tarEntry("hard", "", kind: "1", link: secret)
      + Build.tarEntry("dir", "", kind: "2", link: folder.path) + Build.tarEntry("dir/new.txt", "جديد")
      + Build.tarEntry("loop", "", kind: "2", link: "loop")
      + Build.tarEntry("up", "", kind: "2", link: "../..")
      + Build.tarEntry("z.txt", "أخير")
    let path = try folder.write(tar + Build.tarEnd, "x.tar")
    let result = try Articles([path])
    #expect(result.texts == ["جديد", "أخير"])
    #expect(result.skips == [.archiveLink: 5])
    #expect(result.rejects.isEmpty)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["secret.txt", "x.tar"])
  }

  // MARK: what is parsed

  @Test func tooManyLinesRejectAText() throws {
    let json = #"{"text":"أ\nب\r\nج\u2028د"}"#
    for limit in [0, 5, 100] { #expect(try parsed(json, ParserOptions(maxLines: limit)).reject == nil) }
    let reject = try #require(try parsed(json, ParserOptions(maxLines: 4)).reject)
    #expect(reject.reason == .tooManyLines)
    #expect(reject.detail == "5 lines; limits.lines is 4")
  }

  @Test func tooManyMarksInARowRejectTitleAndText() throws {
    let marks = String(repeating: "\u{0651}\u{064E}", count: 10)
    for json in [#"{"text":"ك\#(marks)"}"#, #"{"title":"ك\#(marks)","text":"نص"}"#] {
      #expect(try parsed(json, ParserOptions(maxMarks: 20)).get().encoding.replacements == 0)
      let reject = try #require(try parsed(json, ParserOptions(maxMarks: 19)).reject)
      #expect(reject.reason == .tooManyMarks)
      #expect(reject.detail.hasPrefix("20 combining marks in a row in the "))
      #expect(reject.detail.hasSuffix("; limits.combiningMarks is 19"))
      #expect(try parsed(json, ParserOptions(maxMarks: 0)).reject == nil)
    }
  }
}
