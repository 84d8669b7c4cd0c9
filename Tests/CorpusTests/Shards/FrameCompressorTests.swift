import TestSupport
import Testing

@testable import Corpus

struct FrameCompressorTests {
  private func frame(_ bytes: [UInt8], level: Int) throws -> CompressedFrame {
    let compressor = try FrameCompressor()
    return try bytes.withUnsafeBufferPointer { try compressor.compress($0, level: level) }
  }

  private func noise(_ count: Int) -> [UInt8] {
    var random = SeededGenerator(seed: 11)
    return (0..<count).map { _ in .random(in: 0x20...0x2F, using: &random) }
  }

  /// Frame header of RFC 8878, 3.1.1.1: the window comes after the descriptor unless the frame is one segment.
  @Test(arguments: [1, 3, 19, 22])
  func framesSayTheirSizeHaveAChecksumAndASmallWindow(level: Int) throws {
    let bytes = noise(600_000)
    let frame = try frame(bytes, level: level)
    let descriptor = frame.bytes[4]
    #expect(descriptor & 0x04 != 0, "checksum flag")
    let isSingleSegment = descriptor & 0x20 != 0
    #expect(descriptor >> 6 != 0 || isSingleSegment, "content size")
    if !isSingleSegment { #expect(10 + frame.bytes[5] >> 3 <= 27) }
    let content = try frame.bytes.withUnsafeBufferPointer {
      try FrameDecompressor().decompress($0, byteCount: bytes.count)
    }
    #expect(content == bytes)
  }

  @Test func levelsOutsideTheRangeAreMovedIntoIt() throws {
    let bytes = noise(5000)
    #expect(try frame(bytes, level: -7).bytes == frame(bytes, level: 1).bytes)
    #expect(try frame(bytes, level: 99).bytes == frame(bytes, level: 22).bytes)
  }

  @Test func framesDoNotDependOnWhatWasCompressedBefore() throws {
    let compressor = try FrameCompressor()
    let bytes = noise(5000)
    let first = try bytes.withUnsafeBufferPointer { try compressor.compress($0, level: 3) }
    _ = try noise(90_000).withUnsafeBufferPointer { try compressor.compress($0, level: 9) }
    let again = try bytes.withUnsafeBufferPointer { try compressor.compress($0, level: 3) }
    #expect(first.bytes == again.bytes)
  }

  @Test func wrongSizesAreRefused() throws {
    let frame = try frame(noise(1000), level: 3)
    let decompressor = try FrameDecompressor()
    for count in [0, 999, 1001, 1 << 40] {
      #expect(throws: ShardError.self) {
        try frame.bytes.withUnsafeBufferPointer { try decompressor.decompress($0, byteCount: count) }
      }
    }
  }

  @Test func hashIsTheStandardOne() throws {
    // FIPS 180-2, appendix B.1: "abc", here in two pieces.
    let hasher = try SHA256Hasher()
    try Array("a".utf8).withUnsafeBufferPointer { try hasher.update($0) }
    try Array("bc".utf8).withUnsafeBufferPointer { try hasher.update($0) }
    #expect(try hasher.finish() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(try hasher.finish() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }
}
