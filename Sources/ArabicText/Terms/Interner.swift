import Glibc

/// Gives every distinct UTF-16 string a small number, by open addressing over one pool of units.
///
/// A Swift dictionary of arrays costs about 9 ms per MB of text here, this less than one. Looking a word up is
/// dominated by cache misses, so the hashed table holds nothing but numbers of four bytes, and what is needed to
/// recognize a word of up to eight units, that is nearly every word, lies in one row; rows are in order of first
/// sight, which puts the frequent words side by side. Only longer words are compared in the pool. Nothing is
/// allocated for a string seen before. Ids count from 0 in order of first sight, so they depend on what was
/// interned before: never let an id decide an order that reaches the output.
public struct Interner: Sendable {
  /// A string's identity; two strings of equal key and at most eight units are the same.
  @usableFromInline
  struct Key: Equatable, Sendable {
    /// The first four units and the next four, with zeros where the string ends; or two hashes of a longer one.
    @usableFromInline var low: UInt64
    @usableFromInline var high: UInt64
    @usableFromInline var length: UInt32

    @inlinable
    init(low: UInt64, high: UInt64, length: UInt32) {
      (self.low, self.high, self.length) = (low, high, length)
    }

    @inlinable @inline(__always)
    init(_ units: UnsafeBufferPointer<UInt16>) {
      let count = units.count
      let raw = UnsafeRawPointer(units.baseAddress)
      length = UInt32(truncatingIfNeeded: count)
      low = 0
      high = 0
      guard let raw else { return }
      if count <= Key.longest {
        if count >= 4 {
          low = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
          // The last four, without those that the first four have.
          high = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: (count &- 4) &* 2, as: UInt64.self))
          high >>= UInt64(truncatingIfNeeded: (Key.longest &- count) &* 16)
        } else {
          for i in 0..<count { low |= UInt64(units[i]) &<< UInt64(truncatingIfNeeded: i &* 16) }
        }
        return
      }
      low = Key.seed
      high = ~Key.seed
      var at = 0
      while at &+ 4 <= count {
        let four = raw.loadUnaligned(fromByteOffset: at &* 2, as: UInt64.self)
        low = Key.mix(low ^ four, 0x9e37_79b9_7f4a_7c15)
        high = Key.mix(high ^ four, 0xd6e8_feb8_6659_fd93)
        at &+= 4
      }
      let last = raw.loadUnaligned(fromByteOffset: (count &- 4) &* 2, as: UInt64.self)
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
    var hash: UInt64 { Key.mix(low ^ Key.seed ^ UInt64(length), high ^ 0xd6e8_feb8_6659_fd93) }
  }

  /// What a string is recognized by.
  @usableFromInline
  struct Row: Sendable {
    @usableFromInline var low: UInt64
    @usableFromInline var high: UInt64
    @usableFromInline var length: UInt32
    /// Where its units start in the pool.
    @usableFromInline var start: UInt32

    @inlinable
    init(_ key: Key, start: UInt32) {
      (low, high, length, self.start) = (key.low, key.high, key.length, start)
    }

    @inlinable @inline(__always)
    func matches(_ key: Key) -> Bool { low == key.low && high == key.high && length == key.length }

    @inlinable
    var key: Key { Key(low: low, high: high, length: length) }
  }

  @usableFromInline var pool: [UInt16] = []
  /// By id.
  @usableFromInline var rows: [Row] = []
  /// The count is a power of two. A free slot is 0; another has the id + 1 in the bits of the mask, and bits of
  /// the hash in those above, which tell nearly all strings apart that meet here.
  @usableFromInline var slots: [UInt32]
  @usableFromInline var mask: Int

  /// Makes an empty interner with room for about `minimumCapacity` strings before it grows.
  public init(minimumCapacity: Int = 1024) {
    var size = 64
    while size < minimumCapacity * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    mask = size - 1
    rows.reserveCapacity(minimumCapacity)
    pool.reserveCapacity(minimumCapacity * 6)
  }

  /// Number of distinct strings.
  @inlinable public var count: Int { rows.count }
  /// Memory that the strings take, in bytes, with the slots they need; what is reserved for more is left out,
  /// so the figure falls to nearly 0 when the strings are forgotten.
  public var byteCount: Int {
    pool.count * 2 + rows.count * (MemoryLayout<Row>.stride + 3 * MemoryLayout<UInt32>.stride)
  }

  /// The id of the string, and whether it was seen for the first time.
  @inlinable
  public mutating func intern(_ units: UnsafeBufferPointer<UInt16>) -> (id: UInt32, isNew: Bool) {
    let key = Key(units)
    let hash = key.hash
    let (id, slot) = look(for: key, hash, units)
    if let id { return (id, false) }
    return (insert(key, hash, units, at: slot), true)
  }

  /// The same of a string whose key is known.
  mutating func intern(_ key: Key, _ hash: UInt64, _ units: UnsafeBufferPointer<UInt16>) -> UInt32 {
    let (id, slot) = look(for: key, hash, units)
    return id ?? insert(key, hash, units, at: slot)
  }

  /// The id of the string if it was interned before.
  @inlinable
  public func find(_ units: UnsafeBufferPointer<UInt16>) -> UInt32? {
    let key = Key(units)
    return look(for: key, key.hash, units).id
  }

  /// Marks a string that was not interned before.
  public static let unknown = UInt32.max

  /// The bits of a slot above the id.
  @inlinable @inline(__always)
  static func tag(_ hash: UInt64, _ mask: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: hash >> 32) & ~UInt32(truncatingIfNeeded: mask)
  }

  /// The id, or the slot that is free for it.
  @inlinable @inline(__always)
  func look(for key: Key, _ hash: UInt64, _ units: UnsafeBufferPointer<UInt16>) -> (id: UInt32?, slot: Int) {
    slots.withUnsafeBufferPointer { slots in
      rows.withUnsafeBufferPointer { rows in
        let tag = Interner.tag(hash, mask)
        let idBits = UInt32(truncatingIfNeeded: mask)
        var at = Int(truncatingIfNeeded: hash) & mask
        while true {
          let slot = slots[at]
          if slot == 0 { return (nil, at) }
          if slot & ~idBits == tag {
            let id = (slot & idBits) &- 1
            if rows[Int(id)].matches(key), key.length <= Key.longest || matches(id, units) { return (id, at) }
          }
          at = (at &+ 1) & mask
        }
      }
    }
  }

  @usableFromInline
  mutating func insert(_ key: Key, _ hash: UInt64, _ units: UnsafeBufferPointer<UInt16>, at slot: Int)
    -> UInt32
  {
    let id = UInt32(rows.count)
    rows.append(Row(key, start: UInt32(pool.count)))
    pool.append(contentsOf: units)
    slots[slot] = Interner.tag(hash, mask) | (id + 1)
    if rows.count * 2 > slots.count { fill(slots.count * 2) }
    return id
  }

  /// Calls `body` with the units of string `id`.
  @inlinable
  public func withUnits<R>(of id: UInt32, _ body: (UnsafeBufferPointer<UInt16>) throws -> R) rethrows -> R {
    let row = rows[Int(id)]
    let range = Int(row.start)..<(Int(row.start) + Int(row.length))
    return try pool.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Length of string `id` in units.
  @inlinable public func length(of id: UInt32) -> Int { Int(rows[Int(id)].length) }

  /// String `id` as an array of UTF-16 units.
  public func units(of id: UInt32) -> [UInt16] { withUnits(of: id) { Array($0) } }

  /// String `id` as a Swift string.
  public func string(_ id: UInt32) -> String { withUnits(of: id) { String(decoding: $0, as: UTF16.self) } }

  /// Forgets all strings and keeps the memory.
  public mutating func removeAll() { removeAll(after: 0) }

  /// Forgets all strings but the first `count`, and keeps the memory.
  public mutating func removeAll(after count: Int) {
    guard count < self.count else { return }
    pool.removeLast(pool.count - Int(rows[count].start))
    rows.removeLast(rows.count - count)
    fill(slots.count)
  }

  @usableFromInline
  func matches(_ id: UInt32, _ units: UnsafeBufferPointer<UInt16>) -> Bool {
    guard let base = units.baseAddress else { return length(of: id) == 0 }
    return withUnits(of: id) { known in
      known.count == units.count && known.baseAddress.map { memcmp($0, base, units.count * 2) == 0 } ?? true
    }
  }

  /// Enters all strings into `size` slots.
  private mutating func fill(_ size: Int) {
    if size == slots.count {
      slots.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    } else {
      slots = Array(repeating: 0, count: size)
      mask = size - 1
    }
    let mask = mask
    slots.withUnsafeMutableBufferPointer { slots in
      for (id, row) in rows.enumerated() {
        let hash = row.key.hash
        var at = Int(truncatingIfNeeded: hash) & mask
        while slots[at] != 0 { at = (at &+ 1) & mask }
        slots[at] = Interner.tag(hash, mask) | UInt32(id + 1)
      }
    }
  }
}
