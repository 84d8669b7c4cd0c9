import CCompression

/// One zstd frame: some whole lines of a shard.
public struct CompressedFrame: Sendable {
  /// The frame as it stands in the file.
  public let bytes: [UInt8]
  /// Size of what it holds.
  public let uncompressedByteCount: Int
  /// Where the compressor finds the bytes' memory again.
  var blocks: ReusedBlocks?

  /// Says that the frame is not needed any more, so that a later one may have its memory.
  func giveBackBytes() { blocks?.give(bytes) }

  /// Number of bytes in the file.
  public var compressedByteCount: Int { bytes.count }

  /// Low 32 bits of the content's XXH64, which a frame with a checksum ends with (RFC 8878, 3.1.1).
  public var checksum: UInt32 { bytes.suffix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) } }
}

/// Compresses bytes into zstd frames. Owns a zstd context, so each worker has its own.
///
/// Every frame says its content size and ends with a checksum, and its window is at most 2^27 bytes, the most
/// that readers take without being asked. Equal bytes and level give equal frames (with one version of zstd).
public final class FrameCompressor {
  /// The levels zstd knows, the slow "ultra" ones included.
  public static let levels = 1...22

  private let context: OpaquePointer
  /// Where a frame is made, with room for the longest it might get; what it leaves of that is never touched, so it
  /// takes no memory.
  private var room = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
  private let blocks = ReusedBlocks()

  /// Makes a compressor. Throws ``ShardError/outOfMemory(_:)``.
  public init() throws {
    guard let context = warraq_zstd_compressor_create() else {
      throw ShardError.outOfMemory("a zstd compression context")
    }
    self.context = context
  }

  deinit {
    room.deallocate()
    warraq_zstd_compressor_free(context)
  }

  /// Compresses `bytes` into one frame.
  ///
  /// - Parameter level: zstd's level; moved into ``levels`` when outside.
  /// - Throws: ``ShardError/compression(_:)``, for example when there is no memory.
  public func compress(_ bytes: UnsafeBufferPointer<UInt8>, level: Int) throws -> CompressedFrame {
    let level = min(max(level, Self.levels.lowerBound), Self.levels.upperBound)
    makeRoom(warraq_zstd_frame_bound(bytes.count))
    let result = warraq_zstd_frame_compress(
      context, Int32(level), bytes.baseAddress, bytes.count, room.baseAddress, room.count)
    guard result > 0 else { throw ShardError.compression(String(cString: warraq_zstd_error_name(result))) }
    let count = Int(result)
    // Some room to spare, for the frame after it will be a little longer.
    var frame = blocks.take(capacity: count + count / 4)
    frame.append(contentsOf: room[..<count])
    return CompressedFrame(bytes: frame, uncompressedByteCount: bytes.count, blocks: blocks)
  }

  /// Makes room for so many bytes; what an uncommonly large block took is given back.
  private func makeRoom(_ count: Int) {
    if room.count >= count, room.count <= 4 * max(count, 1 << 20) { return }
    room.deallocate()
    room = .allocate(capacity: count + count / 4)
  }
}

/// Decompresses whole frames and checks their checksums. Owns a zstd context, so it belongs to one task.
public final class FrameDecompressor {
  /// Most a frame may hold, so that a damaged file cannot ask for all memory: 1 GiB.
  public static let mostFrameBytes = 1 << 30

  private let context: OpaquePointer

  /// Makes a decompressor. Throws ``ShardError/outOfMemory(_:)``.
  public init() throws {
    guard let context = warraq_zstd_decompressor_create() else {
      throw ShardError.outOfMemory("a zstd decompression context")
    }
    self.context = context
  }

  deinit { warraq_zstd_decompressor_free(context) }

  /// The content of one frame that holds `byteCount` bytes.
  ///
  /// - Throws: ``ShardError/compression(_:)`` when the frame is damaged or holds more or less than that.
  public func decompress(_ frame: UnsafeBufferPointer<UInt8>, byteCount: Int) throws -> [UInt8] {
    guard byteCount <= Self.mostFrameBytes else {
      throw ShardError.compression("a frame of \(byteCount) bytes is more than \(Self.mostFrameBytes)")
    }
    var result: Int64 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: max(byteCount, 1)) { output, count in
      result = warraq_zstd_frame_decompress(
        context, frame.baseAddress, frame.count, output.baseAddress, byteCount)
      count = Int(max(result, 0))
    }
    guard result >= 0 else { throw ShardError.compression(String(cString: warraq_zstd_error_name(result))) }
    guard bytes.count == byteCount else {
      throw ShardError.compression("the frame holds \(bytes.count) bytes, not \(byteCount)")
    }
    return bytes
  }
}
