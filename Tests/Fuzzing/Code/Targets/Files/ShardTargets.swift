@testable import Corpus

/// What is read of an output folder.
enum ShardTargets {
  static let all = [
    FuzzTarget("seek-table", mutations: 300) {
      { bytes in
        let bytes = Array(bytes)
        if let size = SeekTable.byteCount(footer: Array(bytes.suffix(SeekTable.footerByteCount))) {
          try require(size >= 17, "a table of \(size) bytes")
        }
        guard let table = SeekTable(decoding: bytes) else { return }
        let again = SeekTable(decoding: table.encoded)
        try require(again == table, "not the same when it is written and read")
      }
    },
    FuzzTarget("shard", mutations: 100) {
      let folder = try ScratchFolder()
      return { try readShard(folder.write($0, "part-00000.jsonl.zst"), $0.count) }
    },
    FuzzTarget("record-line", mutations: 300) {
      { line in
        let found = RecordLine.id(of: line)
        if let found {
          // What is no UTF-8 is replaced, and then not found any more.
          if String(validating: line, as: UTF8.self) != nil, !found.unicodeScalars.contains("\u{FFFD}") {
            try require(RecordLine.hasID(Array(found.utf8), in: line), "the id is not found again")
          }
        } else {
          try require(!RecordLine.hasID([], in: line), "an id in a line without one")
        }
        var bytes = 0
        var lines = 0
        _ = RecordLine.forEach(in: line) { piece in
          bytes += piece.count
          lines += 1
          return true
        }
        let ends = line.count { $0 == 0x0A }
        try require(bytes + ends == line.count, "lines of \(bytes) bytes and \(ends) ends, of \(line.count)")
        try require(lines == ends + (line.isEmpty || line.last == 0x0A ? 0 : 1), "\(lines) lines")
      }
    },
    FuzzTarget("manifest", mutations: 40) {
      let folder = try ScratchFolder()
      return { bytes in
        try folder.write(bytes, OutputLayout.manifest)
        try readManifest(folder.path)
      }
    },
    // Small files of a folder that is being filled, damaged or not; each input is taken for all of them.
    FuzzTarget("state-files", mutations: 60) {
      let folder = try ScratchFolder()
      return { bytes in
        let path = try folder.write(bytes, "state.json")
        try checkState(ShardMarker.self, path, folder) { $0.encoded }
        try checkState(RunState.self, path, folder) { $0.encoded }
        try checkState(UnitState.self, path, folder) { $0.encoded }
        try checkState(UnitDone.self, path, folder) {
          _ = $0.imbalance
          return $0.encoded
        }
        try checkState(FolderOwner.self, path, folder) {
          _ = $0.description(doing: "writing", now: 1_800_000_000)
          return $0.encoded
        }
      }
    },
  ]

  /// What is thrown on purpose is a `ShardError` that says something.
  private static func attempt<Value>(_ body: () throws -> Value) rethrows -> Value? {
    do { return try body() } catch let error as ShardError {
      precondition(!"\(error)".isEmpty)
      return nil
    }
  }

  /// What can be read is the same when it is written and read.
  private static func checkState<State: Decodable & Equatable>(
    _ type: State.Type, _ path: String, _ folder: ScratchFolder, _ encode: (State) -> [UInt8]
  ) throws {
    guard let state = try attempt({ try JSONFile.decode(type, path: path) }) else { return }
    let written = encode(state)
    if let fault = JSONCheck.fault(written) {
      throw PropertyViolation(description: "the \(type) written is \(fault)")
    }
    let copy = try written.withUnsafeBufferPointer { try folder.write($0, "written.json") }
    let again = try attempt { try JSONFile.decode(type, path: copy) }
    try require(again == state, "a \(type) is not the same when it is written and read")
  }

  private static func readShard(_ path: String, _ size: Int) throws {
    guard let reader = try attempt({ try ShardReader(path: path) }) else { return }
    var end = 0
    for frame in reader.frames {
      try require(
        frame.offset >= end && frame.compressedBytes >= 0 && frame.offset + frame.compressedBytes <= size
          && frame.uncompressedBytes >= 0, "frames overlap or leave the file: \(frame)")
      end = frame.offset + frame.compressedBytes
    }
    // A frame may say that it holds a gigabyte.
    guard reader.frames.allSatisfy({ $0.uncompressedBytes <= 1 << 20 }), reader.frames.count < 64 else {
      return
    }
    var content = 0
    for index in reader.frames.indices {
      guard let bytes = try attempt({ try reader.content(ofFrame: index) }) else { return }
      try require(bytes.count == reader.frames[index].uncompressedBytes, "a frame of another size")
      content += bytes.count
    }
    var lines: [[UInt8]] = []
    let given = try reader.forEachRecord { line in
      lines.append(Array(line))
      return true
    }
    try require(given == lines.count, "\(given) records, \(lines.count) were given")
    try require(lines.reduce(0) { $0 + $1.count } <= content, "more bytes than the frames hold")
    if lines.count > 2 {
      var some: [[UInt8]] = []
      try reader.forEachRecord(in: 1..<(lines.count - 1)) { line in
        some.append(Array(line))
        return true
      }
      try require(some == Array(lines[1..<(lines.count - 1)]), "a range gives other records")
    }
    for line in lines.prefix(20) {
      guard let id = line.withUnsafeBufferPointer({ RecordLine.id(of: $0) }),
        String(validating: line, as: UTF8.self) != nil, !id.unicodeScalars.contains("\u{FFFD}")
      else { continue }
      try require(try reader.record(withID: id) != nil, "a record is not found by its id")
    }
  }

  private static func readManifest(_ directory: String) throws {
    let report = ShardVerifier.verify(directory: directory)
    guard let manifest = try attempt({ try Manifest.read(directory: directory) }) else {
      return try require(!report.problems.isEmpty, "no manifest, and nothing wrong with that")
    }
    if let fault = JSONCheck.fault(manifest.encoded) {
      throw PropertyViolation(description: "the manifest written is \(fault)")
    }
    let collection = try attempt { try ShardCollection(directory: directory) }
    try require(collection?.names.count == manifest.shards.count, "shards were lost")
    if let collection { _ = try attempt { try collection.forEachRecord(in: 1..<3) { _ in true } } }
    try require(
      manifest.shards.isEmpty || !report.problems.isEmpty, "shards that are not there are not missed")
  }
}
