@testable import Corpus

/// Decompression and archives.
enum CompressionTargets {
  static let all: [FuzzTarget] =
    [
      ("gzip", [0x1F, 0x8B, 8]), ("bzip2", [0x42, 0x5A, 0x68]), ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]),
      ("zstd", [0x28, 0xB5, 0x2F, 0xFD]),
    ].map { (name: String, magic: [UInt8]) in
      FuzzTarget(name, mutations: 80) {
        { bytes in
          // Anything without the magic number is plain text, which is another target's.
          var packed = Array(bytes)
          for (index, byte) in magic.enumerated() where index < packed.count { packed[index] = byte }
          try decompress(packed)
        }
      }
    } + [
      FuzzTarget("tar") { try archive() }, FuzzTarget("zip") { try archive() },
    ]

  /// Decompressed bytes are the same however the system hands them out. Asked for in other pieces, a damaged file may
  /// give more or less of what stands before the damage.
  private static func decompress(_ packed: [UInt8]) throws {
    var choices = Choices(FuzzInput.hash(packed))
    let chunk = choices.bool() ? 64 << 10 : 1 + choices.number(below: 2000)
    let whole = Decompressed(packed, chunk: chunk)
    let dripped = Decompressed(packed, chunk: chunk, atOnce: 1 + choices.number(below: 50))
    // Where looking at it stops depends on the pieces.
    let isSame =
      whole.isCut || dripped.isCut
      ? zip(whole.bytes, dripped.bytes).allSatisfy { $0 == $1 } : dripped == whole
    try require(
      isSame,
      "\(whole.bytes.count) bytes, \(whole.end); when bytes drip in \(dripped.bytes.count), \(dripped.end)")
    let pieces = Decompressed(packed, chunk: 1 + choices.number(below: 20))
    if whole.isCut || pieces.isCut { return }
    let common = min(whole.bytes.count, pieces.bytes.count)
    try require(whole.bytes[..<common] == pieces.bytes[..<common], "other bytes in small pieces")
    try require(
      whole.reason == pieces.reason && (whole.reason != nil || whole.bytes.count == pieces.bytes.count),
      "in small pieces \(pieces.bytes.count) bytes, \(pieces.end); else \(whole.bytes.count), \(whole.end)")
  }

  /// What came out, as far as it is looked at.
  private struct Decompressed: Equatable {
    var bytes: [UInt8] = []
    /// What ended it.
    var end = DecompressedFile.Outcome.bytes
    var isCut = false

    var reason: RejectReason? {
      if case .failure(let reason, _) = end { return reason }
      return nil
    }

    init(_ packed: [UInt8], chunk: Int, atOnce: Int = .max) {
      let limit = chunk < 64 ? 32 << 10 : 1 << 20
      let file = DecompressedFile(MemoryBytes(packed, atOnce: atOnce), chunk: chunk)
      let window = ByteWindow()
      var idle = 0
      while true {
        end = file.read(into: window)
        bytes.append(contentsOf: window.bytes)
        idle = window.isEmpty ? idle + 1 : 0
        window.removeAll()
        if end != .bytes { return }
        precondition(idle < 100_000, "decompression goes on for ever without a byte")
        isCut = bytes.count >= limit
        if isCut { return }
      }
    }
  }

  /// Entries of an archive are the same however it comes in.
  private static func archive() throws -> FuzzTarget.Run {
    let folder = try ScratchFolder()
    let parser = try RecordParser(ParserOptions(rejectBytes: 40))
    return { bytes in
      let path = try folder.write(bytes, "input")
      var choices = Choices(FuzzInput.hash(bytes))
      var options = ReaderOptions(format: choices.bool() ? .text : .auto, rejectBytes: 40)
      let whole = ReadResult(path, options, parser)
      try check(whole)
      options.chunkBytes = 1 + choices.number(below: 5000)
      options.batchBytes = 1 + choices.number(below: 500)
      let pieces = ReadResult(path, options, parser)
      if let difference = whole.difference(from: pieces), !whole.isCut, !pieces.isCut {
        throw PropertyViolation(description: "read in pieces of \(options.chunkBytes) bytes: \(difference)")
      }
    }
  }

  private static func check(_ result: ReadResult) throws {
    for reject in result.rejects {
      try require(!reject.detail.isEmpty && reject.detail.utf8.count < 500, "an error of no use")
    }
    for article in result.articles {
      try require(article.origin.input.hasPrefix("input"), "an entry with the name \(article.origin.input)")
    }
  }
}

/// Bytes in memory as a file that can be gone about in, or as a pipe that gives a few at once.
final class MemoryBytes: ByteSource {
  private let bytes: [UInt8]
  private let atOnce: Int
  private var at = 0

  init(_ bytes: [UInt8], atOnce: Int = .max) {
    self.bytes = bytes
    self.atOnce = atOnce
  }

  var byteCount: Int? { bytes.count }

  func seek(to offset: Int) -> Bool {
    at = min(offset, bytes.count)
    return true
  }

  func read(into room: UnsafeMutableBufferPointer<UInt8>) -> ByteSourceStep {
    let count = min(room.count, bytes.count - at, atOnce)
    if count == 0 { return .end }
    _ = room.update(fromContentsOf: bytes[at..<(at + count)])
    at += count
    return .bytes(count)
  }
}
