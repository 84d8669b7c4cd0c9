import CShingling

/// A priority queue of messages to documents that come later, within so many bytes: what does not fit lies in sorted
/// runs in scratch files (time-forward processing with an external queue; Chiang and others 1995, "External-memory
/// graph algorithms").
///
/// A message has six numbers; the first one says to whom it goes, and all six are compared.
final class MessageQueue {
  static let width = 6
  /// Runs at a time, each with a buffer; more are merged into one.
  private static let mostRuns = 16

  private let memory: Int
  private let folder: String
  private let mostMessages: Int
  /// A binary heap, least message first.
  private var heap: [UInt64] = []
  private var cursors: [RunCursor] = []
  private var leastCursor: Int?

  /// Makes a queue that takes about `memory` bytes.
  init(memory: Int, folder: String) {
    self.memory = memory
    self.folder = folder
    mostMessages = max(8, memory / 2 / 8 / Self.width)
  }

  /// Puts a message in.
  func push(_ message: [UInt64]) throws {
    if heap.count / Self.width >= mostMessages { try spill() }
    heap.append(contentsOf: message)
    rise(heap.count / Self.width - 1)
  }

  /// Takes the least message if it goes to `destination`, which no message in the queue precedes.
  func pop(for destination: UInt64, into message: inout [UInt64]) throws -> Bool {
    if let cursor = leastCursor, heap.isEmpty || precedes(cursors[cursor].record, 0) {
      let record = cursors[cursor].record
      guard record[0] == destination else { return false }
      for index in 0..<Self.width { message[index] = record[index] }
      if try !cursors[cursor].advance() { cursors.remove(at: cursor) }
      findLeastCursor()
      return true
    }
    guard heap.first == destination else { return false }
    for index in 0..<Self.width { message[index] = heap[index] }
    removeFirst()
    return true
  }

  // MARK: Spilling

  /// Sorts the heap, which is a heap still, and puts its later half away.
  private func spill() throws {
    let count = heap.count / Self.width
    heap.withUnsafeMutableBufferPointer { warraq_sort_records($0.baseAddress, count, Self.width) }
    let kept = count / 2 * Self.width
    let file = try ScratchFile(folder: folder, buffered: 64 << 10)
    try heap[kept...].withUnsafeBufferPointer { try file.append($0) }
    heap.removeLast(heap.count - kept)
    try add(file)
    if cursors.count > Self.mostRuns { try mergeCursors() }
    findLeastCursor()
  }

  private func add(_ file: ScratchFile) throws {
    try file.flush()
    let run = SortedRun(offset: 0, byteCount: file.byteCount)
    let words = max(1, min(128 << 10, memory / 2 / (Self.mostRuns + 1)) / 8 / Self.width) * Self.width
    let cursor = RunCursor(run, of: file.reader, bufferWords: words, width: Self.width)
    if try cursor.advance() { cursors.append(cursor) }
  }

  private func mergeCursors() throws {
    let file = try ScratchFile(folder: folder, buffered: 64 << 10)
    findLeastCursor()
    while let least = leastCursor {
      try file.append(UnsafeBufferPointer(start: cursors[least].record, count: Self.width))
      if try !cursors[least].advance() { cursors.remove(at: least) }
      findLeastCursor()
    }
    try add(file)
  }

  private func findLeastCursor() {
    leastCursor = cursors.indices.min { Self.precedes(cursors[$0].record, cursors[$1].record) }
  }

  // MARK: The heap

  private static func precedes(_ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>) -> Bool {
    for index in 0..<width where a[index] != b[index] { return a[index] < b[index] }
    return false
  }

  private func precedes(_ record: UnsafePointer<UInt64>, _ index: Int) -> Bool {
    heap.withUnsafeBufferPointer { Self.precedes(record, $0.baseAddress! + index * Self.width) }
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    heap.withUnsafeBufferPointer {
      Self.precedes($0.baseAddress! + a * Self.width, $0.baseAddress! + b * Self.width)
    }
  }

  private func swap(_ a: Int, _ b: Int) {
    for index in 0..<Self.width { heap.swapAt(a * Self.width + index, b * Self.width + index) }
  }

  private func rise(_ start: Int) {
    var index = start
    while index > 0, precedes(index, (index - 1) / 2) {
      swap(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  private func removeFirst() {
    let last = heap.count / Self.width - 1
    if last > 0 { swap(0, last) }
    heap.removeLast(Self.width)
    var index = 0
    while true {
      var child = 2 * index + 1
      guard child < last else { return }
      if child + 1 < last, precedes(child + 1, child) { child += 1 }
      guard precedes(child, index) else { return }
      swap(child, index)
      index = child
    }
  }
}
