/// Bytes that grow at the end, in one block of memory that is used again.
///
/// An `Array` would look at every append whether anybody else holds it, and cannot be grown first and filled
/// afterwards without being zeroed. This one has one owner (it cannot be copied) and is filled where it lies.
@usableFromInline
struct JSONBuffer: ~Copyable {
  @usableFromInline var start: UnsafeMutablePointer<UInt8>
  /// Where the next byte goes.
  @usableFromInline var next: UnsafeMutablePointer<UInt8>
  /// Where the block ends.
  @usableFromInline var limit: UnsafeMutablePointer<UInt8>

  init(capacity: Int) {
    let capacity = max(64, capacity)
    start = .allocate(capacity: capacity)
    next = start
    limit = start + capacity
  }

  @inlinable
  deinit { start.deallocate() }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: next - start) }

  mutating func removeAll() { next = start }

  /// Makes room for `count` more bytes.
  @inlinable
  mutating func reserve(_ count: Int) {
    if limit - next < count { grow(count) }
  }

  @usableFromInline
  mutating func grow(_ count: Int) {
    let used = next - start
    let capacity = max(2 * (limit - start), used + count)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: used)
    start.deallocate()
    start = larger
    next = start + used
    limit = start + capacity
  }

  /// Appends what `body` writes; it returns how many bytes, at most `count`.
  @inlinable
  mutating func append(atMost count: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    reserve(count)
    next += body(next)
  }

  @inlinable
  mutating func append(_ byte: UInt8) {
    reserve(1)
    next.pointee = byte
    next += 1
  }

  mutating func append(contentsOf bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    next.update(from: source, count: bytes.count)
    next += bytes.count
  }
}
