import Glibc

/// Bytes on their way from an input to its records: they come in at the end and are let go at the front.
///
/// One block of memory that is used again; it grows only when what is kept and what comes in do not fit.
final class ByteWindow {
  private var storage: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  private var head = 0
  private var tail = 0

  init(capacity: Int = 64 << 10) {
    self.capacity = max(64, capacity)
    storage = .allocate(capacity: self.capacity)
  }

  deinit { storage.deallocate() }

  var count: Int { tail - head }
  var isEmpty: Bool { tail == head }
  /// What is there; valid until the window changes.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: storage + head, count: count) }

  /// The first bytes of a range of the window.
  func prefix(_ count: Int, of range: Range<Int>) -> [UInt8] { Array(bytes[range].prefix(count)) }

  /// Offers room for `count` bytes; the closure returns how many it wrote.
  func append<E: Error>(
    room count: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) throws(E) -> Int
  ) throws(E) {
    makeRoom(count)
    tail += try write(UnsafeMutableBufferPointer(start: storage + tail, count: count))
  }

  func removeFirst(_ count: Int) {
    head += min(count, self.count)
    if head == tail { removeAll() }
  }

  func removeAll() {
    head = 0
    tail = 0
  }

  private func makeRoom(_ room: Int) {
    if capacity - tail >= room { return }
    if count + room <= capacity {
      memmove(storage, storage + head, count)
    } else {
      capacity = max(capacity * 2, count + room)
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      memcpy(larger, storage + head, count)
      storage.deallocate()
      storage = larger
    }
    tail -= head
    head = 0
  }
}
