/// Merges sorted runs, at most as many at a time as there are buffers for.
struct RunMerging {
  let width: Int
  /// Bytes for the buffers of all runs.
  let memory: Int
  let folder: String

  /// Runs that are merged at a time: each has a buffer of 64 KiB, or a smaller one where that gives fewer than four.
  var fanIn: Int { min(1024, max(4, memory / (64 << 10))) }

  /// The records of all runs in order. Too many runs are merged into longer ones first.
  func merge(_ runs: [SortedRun], of file: ScratchFile) throws -> RecordStream {
    var (runs, file) = (runs, file)
    while runs.count > fanIn {
      let output = try ScratchFile(folder: folder, buffered: 64 << 10)
      var longer: [SortedRun] = []
      for start in stride(from: 0, to: runs.count, by: fanIn) {
        let group = runs[start..<min(start + fanIn, runs.count)]
        let merge = try RunMerge(Array(group), of: file.reader, width: width, memory: memory)
        let offset = output.byteCount
        while let record = try merge.next() {
          try output.append(UnsafeBufferPointer(start: record, count: width))
        }
        longer.append(SortedRun(offset: offset, byteCount: output.byteCount - offset))
      }
      try output.flush()
      (runs, file) = (longer, output)
    }
    return RecordStream(try RunMerge(runs, of: file.reader, width: width, memory: memory))
  }
}

/// One pass over some runs, the least record first: a heap of the runs' heads.
final class RunMerge {
  let width: Int
  private var cursors: [RunCursor] = []
  /// Indices of cursors that have a record; the least one is the first.
  private var heap: [Int] = []
  private var taken: Int?

  init(_ runs: [SortedRun], of reader: ScratchReader, width: Int, memory: Int) throws {
    self.width = width
    let buffer = max(1, min(1 << 20, memory / max(1, runs.count)) / 8 / width) * width
    for run in runs {
      let cursor = RunCursor(run, of: reader, bufferWords: buffer, width: width)
      guard try cursor.advance() else { continue }
      cursors.append(cursor)
    }
    heap = Array(cursors.indices)
    for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(index) }
  }

  /// The next record, valid until the following call.
  func next() throws -> UnsafePointer<UInt64>? {
    if let taken {
      // Only now, as the record handed out lies in the cursor's buffer.
      self.taken = nil
      if try !cursors[taken].advance() {
        let last = heap.removeLast()
        if heap.isEmpty { return nil }
        heap[0] = last
      }
      sink(0)
    }
    guard let first = heap.first else { return nil }
    taken = first
    return cursors[first].record
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    let (a, b) = (cursors[a].record, cursors[b].record)
    for index in 0..<width where a[index] != b[index] { return a[index] < b[index] }
    return false
  }

  private func sink(_ start: Int) {
    var index = start
    while true {
      var child = 2 * index + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, precedes(heap[child + 1], heap[child]) { child += 1 }
      guard precedes(heap[child], heap[index]) else { return }
      heap.swapAt(child, index)
      index = child
    }
  }
}

/// A place in a run, with a part of it in memory.
final class RunCursor {
  private let reader: ScratchReader
  private let width: Int
  private let buffer: UnsafeMutableBufferPointer<UInt64>
  private var offset: Int
  private let end: Int
  private var at = 0
  private var filled = 0

  init(_ run: SortedRun, of reader: ScratchReader, bufferWords: Int, width: Int) {
    self.reader = reader
    self.width = width
    offset = run.offset
    end = run.offset + run.byteCount
    buffer = .allocate(capacity: max(width, min(bufferWords, run.byteCount / 8)))
  }

  deinit { buffer.deallocate() }

  /// The current record; valid until the next call of `advance`.
  var record: UnsafePointer<UInt64> { UnsafePointer(buffer.baseAddress! + at) }

  /// Goes on to the next record; false at the end.
  func advance() throws -> Bool {
    at += width
    if at < filled { return true }
    let count = min(buffer.count / width * width, (end - offset) / 8)
    guard count > 0 else { return false }
    try reader.read(
      UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[..<count])), at: offset)
    offset += count * 8
    (at, filled) = (0, count)
    return true
  }
}
