/// A part of a listing that waits to be joined with the others: what is in it and where it lies.
struct ListingPart {
  var segment: ListingSegment
  var path: String

  /// Joins parts into one file with a seek table and commits it.
  ///
  /// - Returns: what the manifest says of it; nil when no part has a line, and there is no file.
  static func join(
    _ parts: [ListingPart], as name: String, in directory: OutputDirectory
  ) throws -> ListingRow? {
    guard let (row, file) = try assemble(parts, as: name, in: directory) else { return nil }
    try directory.commit(file, as: name, sha256: row.sha256, syncing: false)
    return row
  }

  /// Joins parts into one temporary file with a seek table.
  ///
  /// - Returns: what the manifest says of it, and the file; nil when no part has a line, and there is no file.
  static func assemble(
    _ parts: [ListingPart], as name: String, in directory: OutputDirectory
  ) throws -> (row: ListingRow, file: String)? {
    let parts = parts.filter { !$0.segment.frames.isEmpty }
    guard !parts.isEmpty else { return nil }
    let file = try directory.createTemporary(for: name)
    let hasher = try SHA256Hasher()
    func put(_ bytes: [UInt8]) throws {
      try bytes.withUnsafeBufferPointer {
        try hasher.update($0)
        try file.write($0)
      }
    }
    var table = SeekTable()
    var frames: [ShardRow.Frame] = []
    for part in parts {
      let input = try InputShardFile(part.path)
      var at = 0
      for frame in part.segment.frames {
        let bytes = try input.read(at: at, count: frame.compressedBytes)
        table.entries.append(
          SeekTable.Entry(CompressedFrame(bytes: bytes, uncompressedByteCount: frame.uncompressedBytes)))
        try put(bytes)
        at += bytes.count
      }
      frames += part.segment.frames
    }
    try put(table.encoded)
    try file.finish()
    let sha256 = try hasher.finish()
    let row = ListingRow(
      name: name, records: frames.reduce(0) { $0 + $1.records }, bytes: file.byteCount,
      uncompressedBytes: frames.reduce(0) { $0 + $1.uncompressedBytes }, sha256: sha256, frames: frames)
    return (row, file.path)
  }
}
