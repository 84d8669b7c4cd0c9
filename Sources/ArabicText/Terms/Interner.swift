/// Gives every distinct UTF-16 string a small number, by open addressing over one pool of units.
///
/// A Swift dictionary of arrays costs about 9 ms per MB of text here, this 1.5: nothing is allocated for a
/// string seen before, and a new one is appended to the pool. Ids count from 0 in order of first sight, so
/// they depend on what was interned before: never let an id decide an order that reaches the output.
public struct Interner: Sendable {
  @usableFromInline var pool: [UInt16] = []
  /// Where string `i` starts in `pool`; one more entry closes the last.
  @usableFromInline var starts: [Int32] = [0]
  @usableFromInline var hashes: [UInt32] = []
  /// Id + 1, or 0 for a free slot; the count is a power of two.
  @usableFromInline var slots: [UInt32]
  @usableFromInline var mask: Int

  /// Makes an empty interner with room for about `minimumCapacity` strings before it grows.
  public init(minimumCapacity: Int = 1024) {
    var size = 64
    while size < minimumCapacity * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    mask = size - 1
  }

  /// Number of distinct strings.
  @inlinable public var count: Int { hashes.count }
  /// Memory held, in bytes (capacities, not counts).
  public var byteCount: Int {
    pool.capacity * 2 + starts.capacity * 4 + hashes.capacity * 4 + slots.capacity * 4
  }

  /// The id of the string, and whether it was seen for the first time.
  @inlinable
  public mutating func intern(_ units: UnsafeBufferPointer<UInt16>) -> (id: UInt32, isNew: Bool) {
    let hash = Interner.hash(units)
    var slot = Int(hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if hashes[Int(entry) - 1] == hash, matches(entry - 1, units) { return (entry - 1, false) }
      slot = (slot + 1) & mask
    }
    let id = UInt32(hashes.count)
    pool.append(contentsOf: units)
    starts.append(Int32(pool.count))
    hashes.append(hash)
    slots[slot] = id + 1
    if hashes.count * 2 > slots.count { grow() }
    return (id, true)
  }

  /// The id of the string if it was interned before.
  @inlinable
  public func find(_ units: UnsafeBufferPointer<UInt16>) -> UInt32? {
    let hash = Interner.hash(units)
    var slot = Int(hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { return nil }
      if hashes[Int(entry) - 1] == hash, matches(entry - 1, units) { return entry - 1 }
      slot = (slot + 1) & mask
    }
  }

  /// Calls `body` with the units of string `id`.
  @inlinable
  public func withUnits<R>(of id: UInt32, _ body: (UnsafeBufferPointer<UInt16>) throws -> R) rethrows -> R {
    let start = Int(starts[Int(id)])
    let end = Int(starts[Int(id) + 1])
    return try pool.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[start..<end])) }
  }

  /// String `id` as an array of UTF-16 units.
  public func units(of id: UInt32) -> [UInt16] { withUnits(of: id) { Array($0) } }

  /// String `id` as a Swift string.
  public func string(_ id: UInt32) -> String { withUnits(of: id) { String(decoding: $0, as: UTF16.self) } }

  /// Forgets all strings and keeps the memory.
  public mutating func removeAll() {
    pool.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    hashes.removeAll(keepingCapacity: true)
    for i in slots.indices { slots[i] = 0 }
  }

  /// FNV-1a over UTF-16 units with a final mix; the same on every machine.
  @inlinable
  public static func hash(_ units: UnsafeBufferPointer<UInt16>) -> UInt32 {
    var h: UInt64 = 0xcbf2_9ce4_8422_2325
    for unit in units { h = (h ^ UInt64(unit)) &* 0x0000_0100_0000_01b3 }
    h ^= h >> 32
    return UInt32(truncatingIfNeeded: h ^ (h >> 15))
  }

  @inlinable
  func matches(_ id: UInt32, _ units: UnsafeBufferPointer<UInt16>) -> Bool {
    let start = Int(starts[Int(id)])
    guard Int(starts[Int(id) + 1]) - start == units.count else { return false }
    return pool.withUnsafeBufferPointer { pool in
      for i in 0..<units.count where pool[start + i] != units[i] { return false }
      return true
    }
  }

  @usableFromInline
  mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    mask = slots.count - 1
    for (id, hash) in hashes.enumerated() {
      var slot = Int(hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(id) + 1
    }
  }
}
