import Testing

@testable import Corpus

/// Compressed files that are broken in every way, each with what is still read of them and the reason that ends it.
@Suite struct BrokenCompressionTests {
  struct Sample {
    var name: String
    var bytes: [UInt8]
    /// How many of the fixture's lines are read, or nil where it depends on how blocks lie.
    var lines: Int?
    var reason: RejectReason

    init(_ name: String, _ bytes: [UInt8], lines: Int? = nil, _ reason: RejectReason) {
      self.name = name
      self.bytes = bytes
      self.lines = lines
      self.reason = reason
    }
  }

  private static func flipped(_ bytes: [UInt8], _ at: Int, _ bits: UInt8 = 0xFF) -> [UInt8] {
    var bytes = bytes
    bytes[at < 0 ? bytes.count + at : at] ^= bits
    return bytes
  }

  static func samples() throws -> [Sample] {
    let gzip = try Fixture.compressed("gz")
    let bzip2 = try Fixture.compressed("bz2")
    let xz = try Fixture.compressed("xz")
    let zstd = try Fixture.compressed("zst")
    let garbage = Array("garbage".utf8)
    return [
      // gzip: ten bytes of header, deflate, CRC, size.
      Sample("gzip, cut in its magic", Array(gzip[..<2]), lines: 0, .truncatedStream),
      Sample("gzip, cut in its header", Array(gzip[..<7]), lines: 0, .truncatedStream),
      Sample("gzip, header alone", Array(gzip[..<10]), lines: 0, .truncatedStream),
      Sample("gzip, cut in its data", Array(gzip[..<(gzip.count / 2)]), .truncatedStream),
      Sample("gzip, without its end", Array(gzip.dropLast(8)), lines: 3, .truncatedStream),
      Sample("gzip, cut in its checksum", Array(gzip.dropLast(6)), lines: 3, .truncatedStream),
      Sample("gzip, cut in its size", Array(gzip.dropLast(1)), lines: 3, .truncatedStream),
      Sample("gzip, unknown flags", flipped(gzip, 3, 0xE0), lines: 0, .corruptStream),
      Sample("gzip, unknown kind of block", flipped(gzip, 10, 0x06), lines: 0, .corruptStream),
      Sample("gzip, flipped bits in its data", flipped(gzip, gzip.count / 2), .corruptStream),
      Sample("gzip, wrong checksum", flipped(gzip, -8), lines: 3, .corruptStream),
      Sample("gzip, wrong size", flipped(gzip, -1), lines: 3, .corruptStream),
      Sample("gzip, garbage behind", gzip + garbage, lines: 3, .corruptStream),
      Sample("gzip, its magic behind", gzip + gzip[..<2], lines: 3, .truncatedStream),
      Sample("gzip, then zstd", gzip + zstd, lines: 3, .corruptStream),
      Sample("gzip, second member damaged", gzip + flipped(gzip, -8), lines: 6, .corruptStream),
      Sample(
        "gzip, no deflate in it", Array(gzip[..<10]) + [UInt8](repeating: 0xFF, count: 64), lines: 0,
        .corruptStream),
      // bzip2: magic, level, blocks of their own checksum, checksum of all.
      Sample("bzip2, cut behind its level", Array(bzip2[..<4]), lines: 0, .truncatedStream),
      Sample("bzip2, cut in its block", Array(bzip2[..<(bzip2.count / 2)]), lines: 0, .truncatedStream),
      Sample("bzip2, cut in its checksum", Array(bzip2.dropLast(2)), .truncatedStream),
      Sample("bzip2, wrong mark of a block", flipped(bzip2, 6), lines: 0, .corruptStream),
      Sample("bzip2, wrong checksum of a block", flipped(bzip2, 10), lines: 3, .corruptStream),
      Sample("bzip2, flipped bits in its data", flipped(bzip2, bzip2.count / 2), .corruptStream),
      Sample("bzip2, wrong checksum of all", flipped(bzip2, -2), lines: 3, .corruptStream),
      Sample("bzip2, garbage behind", bzip2 + garbage, lines: 3, .corruptStream),
      Sample("bzip2, zeros behind", bzip2 + [0, 0, 0], lines: 3, .corruptStream),
      Sample("bzip2, then gzip", bzip2 + gzip, lines: 3, .corruptStream),
      // xz: header with checksum, blocks, index, footer.
      Sample("xz, cut in its magic", Array(xz[..<5]), lines: 0, .truncatedStream),
      Sample("xz, cut in its header", Array(xz[..<9]), lines: 0, .truncatedStream),
      Sample("xz, cut in its block", Array(xz[..<(xz.count / 2)]), .truncatedStream),
      Sample("xz, cut in its index", Array(xz.dropLast(16)), .truncatedStream),
      Sample("xz, cut in its footer", Array(xz.dropLast(3)), lines: 3, .truncatedStream),
      Sample("xz, wrong checksum of its header", flipped(xz, 8), lines: 0, .corruptStream),
      Sample("xz, unknown check", flipped(xz, 7, 0x0F), lines: 0, .corruptStream),
      Sample("xz, wrong header of its block", flipped(xz, 13), lines: 0, .corruptStream),
      Sample("xz, flipped bits in its data", flipped(xz, xz.count / 2), .corruptStream),
      Sample("xz, wrong index", flipped(xz, -16), lines: 3, .corruptStream),
      Sample("xz, wrong magic of its footer", flipped(xz, -1), lines: 3, .corruptStream),
      Sample("xz, three zeros behind", xz + [0, 0, 0], lines: 3, .corruptStream),
      Sample("xz, garbage behind", xz + garbage, lines: 3, .corruptStream),
      // zstd: magic, frame header, blocks, checksum.
      Sample("zstd, cut in its magic", Array(zstd[..<3]), lines: 0, .truncatedStream),
      Sample("zstd, cut in its header", Array(zstd[..<5]), lines: 0, .truncatedStream),
      Sample("zstd, cut in its block", Array(zstd[..<(zstd.count / 2)]), lines: 0, .truncatedStream),
      Sample("zstd, cut in its checksum", Array(zstd.dropLast(2)), lines: 3, .truncatedStream),
      Sample("zstd, reserved bit", flipped(zstd, 4, 0x08), lines: 0, .corruptStream),
      Sample(
        "zstd, a dictionary nobody has", [0x28, 0xB5, 0x2F, 0xFD, 0x21, 7, 1, 1, 0, 0, 0x41], lines: 0,
        .corruptStream),
      Sample("zstd, flipped bits in its data", flipped(zstd, zstd.count / 2), .corruptStream),
      Sample("zstd, wrong checksum", flipped(zstd, -1), .corruptStream),
      Sample(
        "zstd, reserved kind of block", [0x28, 0xB5, 0x2F, 0xFD, 0x20, 1, 0x07, 0, 0], lines: 0,
        .corruptStream),
      Sample(
        "zstd, a window of 8 GiB", [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xB8, 1, 0, 0], lines: 0, .windowTooLarge),
      Sample("zstd, garbage behind", zstd + garbage, lines: 3, .corruptStream),
      Sample("zstd, then xz", zstd + xz, lines: 3, .corruptStream),
      Sample(
        "zstd, a skippable frame cut off", zstd + [0x50, 0x2A, 0x4D, 0x18, 9, 0, 0, 0, 1], lines: 3,
        .truncatedStream),
      Sample(
        "zstd, a skippable frame of 4 GB", [0x50, 0x2A, 0x4D, 0x18, 0xFF, 0xFF, 0xFF, 0xFF, 1], lines: 0,
        .truncatedStream),
    ]
  }

  @Test(arguments: [5, 256 << 10])
  func eachEndsAsARejectWithItsReason(chunk: Int) throws {
    let lines = try ReadResult(try Fixture.plain()).texts
    let all = lines + lines
    for sample in try Self.samples() {
      let result = try ReadResult(sample.bytes, chunk: chunk, ReaderOptions(format: .jsonl))
      #expect(result.reasons == [sample.reason], "\(sample.name): \(result.rejects)")
      // Without a checksum for each part, what was flipped shows only at the end.
      if !sample.name.contains("flipped") { #expect(all.starts(with: result.texts), "\(sample.name)") }
      if let count = sample.lines { #expect(result.texts.count == count, "\(sample.name)") }
      #expect(result.rejects.first?.detail.isEmpty == false, "\(sample.name)")
    }
  }

  /// What lies before and behind it in a folder is read.
  @Test func theOtherInputsAreRead() throws {
    let folder = try InputFolder()
    let good = Array(#"{"text":"نص"}"#.utf8)
    try folder.write(good, "000")
    let samples = try Self.samples()
    for (index, sample) in samples.enumerated() {
      try folder.write(sample.bytes, "\(index + 100)-broken")
      try folder.write(good, "\(index + 100)-good")
    }
    let result = try ReadResult([folder.path], ReaderOptions(format: .jsonl))
    #expect(result.texts.count { $0 == #"{"text":"نص"}"# } == samples.count + 1)
    #expect(result.reasons == samples.map(\.reason))
  }

  /// Without a magic number it is no compressed file but a text that is none.
  @Test func aWrongMagicIsNoText() throws {
    for format in Fixture.formats {
      var bytes = try Fixture.compressed(format)
      bytes[0] ^= 0xFF
      let result = try Articles(bytes)
      #expect(result.articles.isEmpty, "\(format)")
      #expect(result.reasons == [.undecodable], "\(format)")
    }
  }

  @Test func anEmptyFileIsAnEmptyText() throws {
    #expect(try Articles([UInt8]()).reasons == [.emptyArticle])
    #expect(try Articles([UInt8](), ReaderOptions(format: .jsonl)).reasons == [])
  }
}
