extension Interner {
  /// Looks up many stretches of a text at once, with room that is used again.
  ///
  /// Nearly all the time of a lookup is waiting for its slot and its row to come from memory. Short loops that do
  /// nothing else let the processor wait for many of them at a time.
  public struct Lookups: Sendable {
    /// The most stretches looked up at a time.
    static let most = 256

    private var keys = Array(repeating: Key(low: 0, high: 0, length: 0), count: Lookups.most)
    private var hashes = Array(repeating: UInt64(0), count: Lookups.most)
    private var slots = Array(repeating: UInt32(0), count: Lookups.most)

    /// Makes room.
    public init() {}

    /// Sets the `term` of every token to the id of its stretch of the text, or to `Interner.unknown`; returns how
    /// many are unknown.
    mutating func find(
      _ tokens: UnsafeMutableBufferPointer<Token>, in text: UnsafeBufferPointer<UInt16>, _ interner: Interner
    ) -> Int {
      var unknown = 0
      var start = 0
      while start < tokens.count {
        let end = min(start + Lookups.most, tokens.count)
        unknown += findSome(UnsafeMutableBufferPointer(rebasing: tokens[start..<end]), in: text, interner)
        start = end
      }
      return unknown
    }

    private mutating func findSome(
      _ tokens: UnsafeMutableBufferPointer<Token>, in text: UnsafeBufferPointer<UInt16>, _ interner: Interner
    ) -> Int {
      let mask = interner.mask
      let idBits = UInt32(truncatingIfNeeded: mask)
      return keys.withUnsafeMutableBufferPointer { keys in
        hashes.withUnsafeMutableBufferPointer { hashes in
          slots.withUnsafeMutableBufferPointer { found in
            interner.slots.withUnsafeBufferPointer { slots in
              interner.rows.withUnsafeBufferPointer { rows in
                for i in 0..<tokens.count {
                  keys[i] = Key(UnsafeBufferPointer(rebasing: text[tokens[i].span.range]))
                  hashes[i] = keys[i].hash
                }
                for i in 0..<tokens.count { found[i] = slots[Int(truncatingIfNeeded: hashes[i]) & mask] }
                var unknown = 0
                for i in 0..<tokens.count {
                  let slot = found[i]
                  let id = (slot & idBits) &- 1
                  if slot != 0, slot & ~idBits == Interner.tag(hashes[i], mask), rows[Int(id)].matches(keys[i]),
                    keys[i].length <= Key.longest
                  {
                    tokens[i].term = id
                    continue
                  }
                  // A word of more units, one that was moved on by another, or a new one.
                  let units = UnsafeBufferPointer(rebasing: text[tokens[i].span.range])
                  let known = interner.look(for: keys[i], hashes[i], units).id
                  tokens[i].term = known ?? Interner.unknown
                  unknown += known == nil ? 1 : 0
                }
                return unknown
              }
            }
          }
        }
      }
    }
  }
}
