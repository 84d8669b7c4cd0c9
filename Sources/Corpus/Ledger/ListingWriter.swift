/// Gathers what the batches of the shard in progress add to a listing (rejects, duplicates, ledger) into frames of a file
/// of its own.
///
/// Such lines belong to the batches of a shard: only when that shard is committed do they count, so a resumed
/// run neither loses nor doubles any. The caller joins the files when the run is complete.
final class ListingWriter {
  /// Name of the file they are joined into.
  let name: String
  private let directory: OutputDirectory
  private let compressor: FrameCompressor
  private let level: Int
  private var lines: [UInt8] = []
  private var lineCount = 0
  private var output: OutputShardFile?
  private(set) var segment = ListingSegment()
  /// Bytes of lines that make a frame.
  private static let frameBytes = 1 << 20

  init(_ name: String, directory: OutputDirectory, level: Int) throws {
    self.name = name
    self.directory = directory
    self.level = level
    compressor = try FrameCompressor()
  }

  func append(_ added: ListingLines) throws {
    segment.leftOut += added.leftOut
    guard !added.lines.isEmpty else { return }
    lines += added.lines
    lineCount += added.lines.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
    if lines.count >= Self.frameBytes { try sealFrame() }
  }

  /// Ends the segment: its description and its finished temporary file, when there is any reject in it.
  func finishSegment(syncing: Bool = true) throws -> (segment: ListingSegment, path: String?) {
    try sealFrame()
    try output?.finish(syncing: syncing)
    let result = (segment, output?.path)
    segment = ListingSegment()
    output = nil
    return result
  }

  func abandon() {
    if let output { try? ShardFiles.remove(output.path) }
    output = nil
    lines = []
    lineCount = 0
    segment = ListingSegment()
  }

  private func sealFrame() throws {
    guard !lines.isEmpty else { return }
    let frame = try lines.withUnsafeBufferPointer { try compressor.compress($0, level: level) }
    let file = try output ?? directory.createTemporary(for: name)
    output = file
    try file.write(frame.bytes)
    segment.frames.append(
      ShardRow.Frame(
        records: lineCount, compressedBytes: frame.compressedByteCount,
        uncompressedBytes: frame.uncompressedByteCount))
    lines.removeAll(keepingCapacity: true)
    lineCount = 0
  }
}
