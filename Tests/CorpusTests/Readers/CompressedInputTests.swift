import TestSupport
import Foundation
import Testing

@testable import Corpus

/// Compressed inputs at their edges: where members end, how often they end, and how much they grow.
@Suite struct CompressedInputTests {
  /// What the tool makes of the bytes.
  private func compress(_ bytes: [UInt8], _ tool: String, _ options: [String] = []) throws -> [UInt8] {
    let folder = try InputFolder()
    let source = try folder.write(bytes, "plain")
    let target = try folder.write([], "packed")
    let process = Process()
    process.executableURL = URL(filePath: try #require(ReaderHarness.find(tool)))
    process.arguments = options + ["-c", source]
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: target))
    try process.run()
    process.waitUntilExit()
    return Array(try Data(contentsOf: URL(filePath: target)))
  }

  private static let installed = ReaderHarness.tools.filter { ReaderHarness.find($0) != nil }
  private static let hasAllTools = installed.count == ReaderHarness.tools.count

  @Test(arguments: Fixture.formats)
  func theContentCountsNotTheName(format: String) throws {
    let folder = try InputFolder()
    let lines = try ReadResult(try Fixture.plain()).texts
    for name in ["a.txt", "a.jsonl", "a.gz", "a.bz2", "a.xz", "a.zst", "a"] {
      let packed = try folder.write(try Fixture.compressed(format), "packed/" + name)
      #expect(try ReadResult([packed]).texts == lines, "\(name)")
      let plain = try folder.write(try Fixture.plain(), "plain/" + name)
      #expect(try ReadResult([plain]).texts == lines, "\(name)")
    }
  }

  @Test(arguments: Fixture.formats)
  func aCutAtTheEndOfAMemberIsNoDamage(format: String) throws {
    let one = try Fixture.compressed(format)
    let lines = try ReadResult(try Fixture.plain()).texts
    for members in 1...4 {
      let bytes = Array(repeatElement(one, count: members).joined())
      for cut in 2..<(4 * one.count) where cut <= bytes.count && cut % one.count < 3 {
        let result = try ReadResult(Array(bytes.prefix(cut)), chunk: 11, ReaderOptions(format: .jsonl))
        let whole = cut / one.count
        #expect(result.texts.starts(with: Array(repeatElement(lines, count: whole).joined())))
        #expect(
          result.rejects.isEmpty == (cut % one.count == 0), "cut at \(cut)")
      }
    }
  }

  @Test(arguments: [("gz", 3, true), ("xz", 4, true), ("xz", 3, false), ("bz2", 1, false), ("zst", 4, false)])
  func paddingBetweenMembersCountsWhereTheFormatKnowsIt(format: String, zeros: Int, isAllowed: Bool) throws {
    let one = try Fixture.compressed(format)
    let lines = try ReadResult(try Fixture.plain()).texts
    let padding = [UInt8](repeating: 0, count: zeros)
    for chunk in [1, 5, 4096] {
      let result = try ReadResult(one + padding + one + padding, chunk: chunk)
      #expect(result.texts == (isAllowed ? lines + lines : lines))
      #expect(result.reasons == (isAllowed ? [] : [.corruptStream]))
      let garbage = try ReadResult(one + padding + [1], chunk: chunk)
      #expect(garbage.texts == lines)
      #expect(garbage.reasons == [.corruptStream])
    }
  }

  @Test(arguments: Fixture.formats)
  func anotherFormatBehindIsGarbage(format: String) throws {
    let other = format == "gz" ? "zst" : "gz"
    let result = try ReadResult(try Fixture.compressed(format) + Fixture.compressed(other), chunk: 9)
    #expect(result.texts.count == 3)
    #expect(result.reasons == [.corruptStream])
  }

  /// Flags of a header may make a reader wait for more; nothing damaged passes for whole.
  @Test(arguments: Fixture.formats)
  func aFlippedBitIsDamageOrChangesNothing(format: String) throws {
    let whole = try Fixture.compressed(format)
    let lines = try ReadResult(try Fixture.plain()).texts
    var corrupt = 0
    for at in 6..<whole.count {
      var damaged = whole
      damaged[at] ^= UInt8(1 << (at % 8))
      let result = try ReadResult(damaged, chunk: 64)
      if result.rejects.isEmpty {
        #expect(result.texts == lines, "byte \(at)")
      } else {
        #expect(result.reasons == [.corruptStream] || result.reasons == [.truncatedStream], "byte \(at)")
        corrupt += result.reasons == [.corruptStream] ? 1 : 0
      }
    }
    #expect(corrupt * 10 > whole.count * 8)
  }

  @Test(.enabled(if: hasAllTools, "gzip, bzip2, xz and zstd are not all installed"), arguments: installed)
  func emptyMembersAreNothing(tool: String) throws {
    let empty = try compress([], tool)
    let one = try compress(Array("{\"a\":1}\n".utf8), tool)
    let many = Array(repeatElement(empty, count: 3000).joined())
    for bytes in [many + one, one + many, empty + one + empty + one] {
      let result = try ReadResult(bytes, chunk: 100)
      #expect(Set(result.texts) == ["{\"a\":1}"])
      #expect(result.rejects.isEmpty)
    }
    let nothing = try ReadResult(empty, ReaderOptions(format: .jsonl))
    #expect(nothing.records.isEmpty && nothing.rejects.isEmpty)
  }

  @Test(.enabled(if: hasAllTools, "gzip, bzip2, xz and zstd are not all installed"), arguments: installed)
  func anyLevelAndBlockSizeIsRead(tool: String) throws {
    var random = SeededGenerator(seed: 12)
    let lines = (0..<4000).map {
      "{\"n\":\($0),\"text\":\"\(UInt64.random(in: 0 ... .max, using: &random))\"}"
    }
    let bytes = Array(lines.joined(separator: "\n").utf8)
    let special = ["xz": ["--block-size=4096"], "zstd": ["--no-check"], "gzip": ["-N"], "bzip2": ["-s"]]
    for options in [["-1"], ["-9"], special[tool] ?? []] {
      let result = try ReadResult(try compress(bytes, tool, options), chunk: 1000)
      #expect(result.texts == lines, "\(options)")
      #expect(result.rejects.isEmpty)
    }
  }

  @Test(.enabled(if: hasAllTools, "gzip, bzip2, xz and zstd are not all installed"), arguments: installed)
  func whatGrowsBeyondTheLimitIsCountedNotKept(tool: String) throws {
    let folder = try InputFolder()
    let size = 8 << 20
    let bytes =
      Array("{\"a\":1}\n".utf8) + [UInt8](repeating: 0x78, count: size) + Array("\n{\"b\":2}\n".utf8)
    let path = try folder.write(try compress(bytes, tool))
    var options = ReaderOptions(format: .jsonl, maxArticleBytes: 100_000, rejectBytes: 10)
    options.chunkBytes = 50_000
    let reader = RecordReader(
      try DecompressedFile(path, chunk: options.chunkBytes),
      input: InputFile(path: path, name: "input", byteCount: nil), options: options)
    var batch = RawBatch(index: 0)
    var order = 0
    while reader.next(into: &batch, order: order) != .end { order += 1 }
    #expect(
      batch.records.map { String(decoding: batch.bytes(of: $0), as: UTF8.self) } == [
        "{\"a\":1}", "{\"b\":2}",
      ])
    #expect(batch.rejects.map(\.rawByteCount) == [size])
    #expect(batch.rejects.map(\.raw.count) == [10])
    #expect(reader.window.capacity <= 2 * (options.maxArticleBytes + options.chunkBytes))
  }

  @Test(arguments: InputFormat.allCases)
  func theWindowNeverOutgrowsTheLimit(format: InputFormat) throws {
    let folder = try InputFolder()
    // Blanks, one endless line, and an endless element.
    for content in [" ", "x", "{\"", "[{\"a\":\"", "\n"] {
      let path = try folder.write(
        Array((content + String(repeating: content.last ?? "x", count: 600_000)).utf8))
      var options = ReaderOptions(format: format, maxArticleBytes: 5000, rejectBytes: 100)
      options.chunkBytes = 1000
      let reader = RecordReader(
        try DecompressedFile(path, chunk: options.chunkBytes),
        input: InputFile(path: path, name: "input", byteCount: nil), options: options)
      var batch = RawBatch(index: 0)
      while reader.next(into: &batch, order: 0) != .end {}
      #expect(batch.bytes.isEmpty)
      #expect(batch.rejects.count <= 1)
      // `auto` looks through a margin of 64 KiB.
      let most =
        max(64 << 10, format == .auto ? 2 * (64 << 10) : 0) + 2
        * (options.maxArticleBytes + options.chunkBytes)
      #expect(reader.window.capacity <= most, "\(content.debugDescription)")
    }
  }
}
