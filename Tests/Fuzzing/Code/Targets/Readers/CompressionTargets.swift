@testable import Corpus

/// Decompression and archives.
enum CompressionTargets {
  static let all: [FuzzTarget] =
    [("gzip", [0x1F, 0x8B, 8]), ("bzip2", [0x42, 0x5A, 0x68]), ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]),
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

  /// Decompressed bytes are the same however they come in.
  private static func decompress(_ packed: [UInt8]) throws {
    let whole = Decompressed(packed, chunk: 64 << 10)
    var choices = Choices(FuzzInput.hash(packed))
    for chunk in [1 + choices.number(below: 7), 1 + choices.number(below: 2000)] {
      let pieces = Decompressed(packed, chunk: chunk)
      if whole.isCut || pieces.isCut { continue }
      try require(
        pieces.bytes == whole.bytes && pieces.failure == whole.failure,
        "in pieces of \(chunk): \(pieces.bytes.count) bytes, \(pieces.failure?.rawValue ?? "no failure"); else \(whole.bytes.count), \(whole.failure?.rawValue ?? "no failure")"
      )
    }
  }

  /// What came out, as far as it is looked at.
  private struct Decompressed {
    var bytes: [UInt8] = []
    var failure: RejectReason?
    var isCut = false

    init(_ packed: [UInt8], chunk: Int) {
      let limit = chunk < 64 ? 32 << 10 : 1 << 20
      let file = DecompressedFile(MemoryBytes(packed), chunk: chunk)
      let window = ByteWindow()
      var idle = 0
      while true {
        let outcome = file.read(into: window)
        bytes.append(contentsOf: window.bytes)
        idle = window.isEmpty ? idle + 1 : 0
        window.removeAll()
        if case .failure(let reason, _) = outcome {
          failure = reason
          return
        }
        if outcome == .end { return }
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

/// Bytes in memory as a file that can be gone about in.
final class MemoryBytes: ByteSource {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var byteCount: Int? { bytes.count }

  func seek(to offset: Int) -> Bool {
    at = min(offset, bytes.count)
    return true
  }

  func read(into room: UnsafeMutableBufferPointer<UInt8>) -> ByteSourceStep {
    let count = min(room.count, bytes.count - at)
    if count == 0 { return .end }
    _ = room.update(fromContentsOf: bytes[at..<(at + count)])
    at += count
    return .bytes(count)
  }
}
