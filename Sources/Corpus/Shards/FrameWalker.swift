/// Finds the frames of a shard without its seek table, from frame and block headers alone (RFC 8878, 3.1).
struct FrameWalker {
  /// Where a frame stands and how much it holds.
  struct Location: Sendable, Hashable {
    var offset: Int
    var compressedBytes: Int
    var uncompressedBytes: Int
  }

  private let file: InputShardFile
  private var at = 0

  init(file: InputShardFile) { self.file = file }

  /// All frames of the file, skippable ones left out.
  ///
  /// - Throws: ``ShardError/damaged(path:offset:reason:)`` where the file is not a chain of frames.
  static func locations(in file: InputShardFile) throws -> [Location] {
    var walker = FrameWalker(file: file)
    var found: [Location] = []
    while walker.at < file.byteCount {
      if let location = try walker.next() { found.append(location) }
    }
    return found
  }

  private mutating func next() throws -> Location? {
    let start = at
    let magic = try number(4)
    if magic & 0xFFFF_FFF0 == 0x184D_2A50 {
      try skip(Int(try number(4)))
      return nil
    }
    guard magic == 0xFD2F_B528 else { throw damage(start, "no zstd frame begins here") }
    let descriptor = try number(1)
    let isSingleSegment = descriptor & 0x20 != 0
    if !isSingleSegment { try skip(1) }
    try skip([0, 1, 2, 4][Int(descriptor & 3)])
    let size: UInt64
    switch descriptor >> 6 {
    case 0 where !isSingleSegment: throw damage(start, "the frame does not say its content size")
    case 0: size = try number(1)
    case 1: size = try number(2) + 256
    case 2: size = try number(4)
    default: size = try number(8)
    }
    guard let uncompressed = Int(exactly: size) else { throw damage(start, "the content size is absurd") }
    var isLast = false
    while !isLast {
      let header = try number(3)
      isLast = header & 1 != 0
      switch header >> 1 & 3 {
      case 1: try skip(1)
      case 3: throw damage(at - 3, "a block of the reserved kind")
      default: try skip(Int(header >> 3))
      }
    }
    if descriptor & 4 != 0 { try skip(4) }
    return Location(offset: start, compressedBytes: at - start, uncompressedBytes: uncompressed)
  }

  private mutating func number(_ count: Int) throws -> UInt64 {
    let bytes = try file.read(at: at, count: count)
    at += count
    return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func skip(_ count: Int) throws {
    guard count <= file.byteCount - at else { throw damage(file.byteCount, "the file ends inside a frame") }
    at += count
  }

  private func damage(_ offset: Int, _ reason: String) -> ShardError {
    .damaged(path: file.path, offset: offset, reason: reason)
  }
}
