/// Gives every distinct UTF-16 string a small number, by open addressing over one pool of units.
///
/// A Swift dictionary of arrays costs about 9 ms per MB of text here, this less than one. Looking a word up is
/// dominated by cache misses, so a slot holds all that is needed to recognize a word of up to eight units, that
/// is nearly every word; only longer ones are compared in the pool. Nothing is allocated for a string seen before.
/// Ids count from 0 in order of first sight, so they depend on what was interned before: never let an id
/// decide an order that reaches the output.
public struct Interner: Sendable {
  /// A string's identity; two strings of equal key and at most eight units are the same.
  @usableFromInline
  struct Key: Equatable, Sendable {
    /// The first and the last four units, which overlap in shorter strings; or two hashes of a longer one.
    @usableFromInline var low: UInt64
    @usableFromInline var high: UInt64
    @usableFromInline var length: UInt32

    @inlinable
    init(low: UInt64, high: UInt64, length: UInt32) {
      (self.low, self.high, self.length) = (low, high, length)
    }

    @inlinable
    init(_ units: UnsafeBufferPointer<UInt16>) {
      let count = units.count
      let raw = UnsafeRawBufferPointer(units)
      length = UInt32(truncatingIfNeeded: count)
      if count <= Key.longest {
        if count >= 4 {
          low = raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
          high = raw.loadUnaligned(fromByteOffset: (count - 4) * 2, as: UInt64.self)
        } else {
          low = 0
          high = 0
          for unit in units { low = low << 16 | UInt64(unit) }
        }
        return
      }
      low = Key.seed
      high = ~Key.seed
      var at = 0
      while at + 4 <= count {
        let four = raw.loadUnaligned(fromByteOffset: at * 2, as: UInt64.self)
        low = Key.mix(low ^ four, 0x9e37_79b9_7f4a_7c15)
        high = Key.mix(high ^ four, 0xd6e8_feb8_6659_fd93)
        at += 4
      }
      let last = raw.loadUnaligned(fromByteOffset: (count - 4) * 2, as: UInt64.self)
      low = Key.mix(low ^ last, 0x9e37_79b9_7f4a_7c15)
      high = Key.mix(high ^ last, 0xd6e8_feb8_6659_fd93)
    }

    /// Strings of more units must be compared unit by unit.
    @usableFromInline static let longest = 8
    @usableFromInline static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

    /// The halves of the 128-bit product folded together, as in wyhash (public domain, Wang Yi).
    @inlinable @inline(__always)
    static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
      let product = a.multipliedFullWidth(by: b)
      return product.high ^ product.low
    }

    @inlinable @inline(__always)
    var hash: Int {
      let mixed = Key.mix(low ^ Key.seed ^ UInt64(length), high ^ 0xd6e8_feb8_6659_fd93)
      return Int(truncatingIfNeeded: mixed)
    }
  }

  @usableFromInline
  struct Slot: Sendable {
    @usableFromInline var key: Key
    /// Id + 1, or 0 for a free slot.
    @usableFromInline var entry: UInt32

    @inlinable
    init(key: Key, entry: UInt32) { (self.key, self.entry) = (key, entry) }

    @usableFromInline static let free = Slot(key: Key(low: 0, high: 0, length: 0), entry: 0)
  }

  @usableFromInline var pool: [UInt16] = []
  /// Where string `i` starts in `pool`; one more entry closes the last.
  @usableFromInline var starts: [Int32] = [0]
  /// The count is a power of two.
  @usableFromInline var slots: [Slot]
  @usableFromInline var mask: Int

  /// Makes an empty interner with room for about `minimumCapacity` strings before it grows.
  public init(minimumCapacity: Int = 1024) {
    var size = 64
    while size * 2 < minimumCapacity * 3 { size *= 2 }
    slots = Array(repeating: .free, count: size)
    mask = size - 1
  }

  /// Number of distinct strings.
  @inlinable public var count: Int { starts.count - 1 }
  /// Memory that the strings take, in bytes, with the slots they need; what is reserved for more is left out,
  /// so the figure falls to nearly 0 when the strings are forgotten.
  public var byteCount: Int {
    pool.count * 2 + starts.count * 4 + count * 2 * MemoryLayout<Slot>.stride
  }

  /// The id of the string, and whether it was seen for the first time.
  @inlinable
  public mutating func intern(_ units: UnsafeBufferPointer<UInt16>) -> (id: UInt32, isNew: Bool) {
    let key = Key(units)
    let (id, slot) = look(for: key, units)
    if let id { return (id, false) }
    return (insert(key, units, at: slot), true)
  }

  /// The id of the string if it was interned before.
  @inlinable
  public func find(_ units: UnsafeBufferPointer<UInt16>) -> UInt32? {
    look(for: Key(units), units).id
  }

  /// Marks a string that was not interned before.
  public static let unknown = UInt32.max

  /// Ids of many stretches of a text, with room that is used again.
  public struct Lookups: Sendable {
    /// The most stretches looked up at a time.
    public static let most = 256

    fileprivate var keys = Array(repeating: Key(low: 0, high: 0, length: 0), count: Lookups.most)
    fileprivate var entries = Array(repeating: UInt32(0), count: Lookups.most)
    fileprivate var found = Array(repeating: Interner.unknown, count: Lookups.most)

    /// Makes room.
    public init() {}

    /// The id of stretch `i` of the last call, or `Interner.unknown`.
    public subscript(i: Int) -> UInt32 { found[i] }
  }

  /// Looks up at most `Lookups.most` words at once.
  ///
  /// Nearly all the time of a lookup is waiting for its slot to come from memory. Three short passes (keys,
  /// first slots, comparisons) let the processor wait for many slots at a time.
  func find(
    _ tokens: ArraySlice<Token>, in text: UnsafeBufferPointer<UInt16>, _ lookups: inout Lookups
  ) {
    let start = tokens.startIndex
    lookups.keys.withUnsafeMutableBufferPointer { keys in
      for (i, token) in tokens.enumerated() {
        keys[i] = Key(UnsafeBufferPointer(rebasing: text[token.span.range]))
      }
    }
    lookups.entries.withUnsafeMutableBufferPointer { entries in
      slots.withUnsafeBufferPointer { slots in
        for i in 0..<tokens.count { entries[i] = slots[lookups.keys[i].hash & mask].entry }
      }
    }
    lookups.found.withUnsafeMutableBufferPointer { found in
      for i in 0..<tokens.count {
        guard lookups.entries[i] != 0 else {
          found[i] = Interner.unknown
          continue
        }
        let word = UnsafeBufferPointer(rebasing: text[tokens[start + i].span.range])
        found[i] = look(for: lookups.keys[i], word).id ?? Interner.unknown
      }
    }
  }

  /// The id, or the slot that is free for it.
  @inlinable @inline(__always)
  func look(for key: Key, _ units: UnsafeBufferPointer<UInt16>) -> (id: UInt32?, slot: Int) {
    slots.withUnsafeBufferPointer { slots in
      var at = key.hash & mask
      while true {
        let entry = slots[at].entry
        if entry == 0 { return (nil, at) }
        if slots[at].key == key, key.length <= Key.longest || matches(entry - 1, units) {
          return (entry - 1, at)
        }
        at = (at + 1) & mask
      }
    }
  }

  @usableFromInline
  mutating func insert(_ key: Key, _ units: UnsafeBufferPointer<UInt16>, at slot: Int) -> UInt32 {
    let id = UInt32(count)
    pool.append(contentsOf: units)
    starts.append(Int32(pool.count))
    slots[slot] = Slot(key: key, entry: id + 1)
    if count * 3 > slots.count * 2 { grow() }
    return id
  }

  /// Calls `body` with the units of string `id`.
  @inlinable
  public func withUnits<R>(of id: UInt32, _ body: (UnsafeBufferPointer<UInt16>) throws -> R) rethrows -> R {
    let start = Int(starts[Int(id)])
    let end = Int(starts[Int(id) + 1])
    return try pool.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[start..<end])) }
  }

  /// Length of string `id` in units.
  @inlinable public func length(of id: UInt32) -> Int { Int(starts[Int(id) + 1] - starts[Int(id)]) }

  /// String `id` as an array of UTF-16 units.
  public func units(of id: UInt32) -> [UInt16] { withUnits(of: id) { Array($0) } }

  /// String `id` as a Swift string.
  public func string(_ id: UInt32) -> String { withUnits(of: id) { String(decoding: $0, as: UTF16.self) } }

  /// Forgets all strings and keeps the memory.
  public mutating func removeAll() {
    pool.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    for i in slots.indices { slots[i].entry = 0 }
  }

  /// Forgets all strings but the first `count`, and keeps the memory.
  public mutating func removeAll(after count: Int) {
    guard count < self.count else { return }
    pool.removeLast(pool.count - Int(starts[count]))
    starts.removeLast(starts.count - count - 1)
    for i in slots.indices { slots[i].entry = 0 }
    for id in 0..<UInt32(count) {
      let key = withUnits(of: id) { Key($0) }
      var at = key.hash & mask
      while slots[at].entry != 0 { at = (at + 1) & mask }
      slots[at] = Slot(key: key, entry: id + 1)
    }
  }

  @usableFromInline
  func matches(_ id: UInt32, _ units: UnsafeBufferPointer<UInt16>) -> Bool {
    withUnits(of: id) { $0.elementsEqual(units) }
  }

  private mutating func grow() {
    var larger = Array(repeating: Slot.free, count: slots.count * 2)
    let largerMask = larger.count - 1
    for slot in slots where slot.entry != 0 {
      var at = slot.key.hash & largerMask
      while larger[at].entry != 0 { at = (at + 1) & largerMask }
      larger[at] = slot
    }
    slots = larger
    mask = largerMask
  }
}
