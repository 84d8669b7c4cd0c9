/// Checks one file of frames against what the manifest says of it.
struct FileCheck {
  let name: String
  let directory: String
  let bytes: Int
  let sha256: String
  let frames: [ShardRow.Frame]
  /// First and last record's ids, for files whose records have them.
  var ids: (first: String, last: String)?
  /// The file's hash, once it has been read.
  private(set) var actualHash: String?
  private var problems: [VerificationReport.Problem] = []

  init(name: String, directory: String, bytes: Int, sha256: String, frames: [ShardRow.Frame]) {
    self.name = name
    self.directory = directory
    self.bytes = bytes
    self.sha256 = sha256
    self.frames = frames
  }

  /// Reads the file once and returns what is wrong with it.
  mutating func run() -> [VerificationReport.Problem] {
    let path = directory + "/" + name
    guard ShardFiles.size(of: path) != nil else {
      report(.missingFile, nil, "the manifest names it, it is not there")
      return problems
    }
    do {
      try check(InputShardFile(path))
    } catch ShardError.damaged(_, let offset, let reason) {
      report(.unreadableFile, offset, reason)
    } catch {
      report(.unreadableFile, nil, "\(error)")
    }
    return problems
  }

  private mutating func report(_ kind: VerificationReport.Kind, _ offset: Int?, _ message: String) {
    problems.append(.init(kind: kind, file: name, offset: offset, message: message))
  }

  private mutating func check(_ file: InputShardFile) throws {
    if file.byteCount != bytes {
      report(
        .wrongSize, min(file.byteCount, bytes), "it has \(file.byteCount) bytes, the manifest says \(bytes)")
    }
    let hasher = try SHA256Hasher()
    let decompressor = try FrameDecompressor()
    var table = SeekTable()
    var at = 0
    for (index, frame) in frames.enumerated() {
      guard frame.compressedBytes <= file.byteCount - at else {
        report(.damagedFrame, at, "the file ends before the end of frame \(index) of \(frames.count)")
        break
      }
      let bytes = try file.read(at: at, count: frame.compressedBytes)
      try bytes.withUnsafeBufferPointer { try hasher.update($0) }
      let copy = CompressedFrame(bytes: bytes, uncompressedByteCount: frame.uncompressedBytes)
      table.entries.append(
        SeekTable.Entry(copy))
      do {
        let content = try bytes.withUnsafeBufferPointer {
          try decompressor.decompress($0, byteCount: frame.uncompressedBytes)
        }
        checkRecords(content, frame: index, at: at)
      } catch ShardError.compression(let reason) {
        report(.damagedFrame, at, "frame \(index) of \(frames.count) cannot be decompressed: \(reason)")
      }
      at += frame.compressedBytes
    }
    try checkTail(file, from: at, expected: table, hasher: hasher)
    let actual = try hasher.finish()
    actualHash = actual
    if actual != sha256 { report(.wrongHash, nil, "its SHA-256 is \(actual), the manifest says \(sha256)") }
  }

  private mutating func checkRecords(_ content: [UInt8], frame index: Int, at offset: Int) {
    var records = 0
    var first: String?
    var last: String?
    let wantsFirst = ids != nil && index == 0
    let wantsLast = ids != nil && index == frames.count - 1
    content.withUnsafeBufferPointer { content in
      _ = RecordLine.forEach(in: content) { line in
        if wantsFirst, records == 0 { first = RecordLine.id(of: line) }
        records += 1
        if wantsLast, records == frames[index].records { last = RecordLine.id(of: line) }
        return true
      }
    }
    if records != frames[index].records {
      report(
        .wrongRecordCount, offset,
        "frame \(index) has \(records) records, the manifest says \(frames[index].records)")
    }
    if content.last != 0x0A { report(.damagedFrame, offset, "frame \(index) does not end with a line end") }
    if wantsFirst, first != ids?.first { report(.wrongFirstID, offset, "the first record has another id") }
    if wantsLast, last != ids?.last { report(.wrongLastID, offset, "the last record has another id") }
  }

  private mutating func checkTail(
    _ file: InputShardFile, from start: Int, expected: SeekTable, hasher: SHA256Hasher
  ) throws {
    let wanted = expected.entries.count == frames.count ? expected.encoded : []
    var isEqual = file.byteCount - start == wanted.count
    var at = start
    while at < file.byteCount {
      let piece = try file.read(at: at, count: min(1 << 20, file.byteCount - at))
      try piece.withUnsafeBufferPointer { try hasher.update($0) }
      if isEqual, !piece.elementsEqual(wanted[at - start..<at - start + piece.count]) { isEqual = false }
      at += piece.count
    }
    // A file that ends inside its frames has been reported already.
    if !isEqual, !wanted.isEmpty {
      report(.wrongSeekTable, start, "the seek table does not say where the frames are")
    }
  }
}
