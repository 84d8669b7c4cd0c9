import Glibc

import CMemory

extension Interner {
  /// Looks up many stretches of a text at once, with room that is used again.
  ///
  /// Nearly all the time of a lookup is waiting for its slot and its row to come from memory. Short loops that do
  /// nothing else let the processor wait for many of them at a time.
  public struct Lookups: Sendable {
    /// The most stretches looked up at a time.
    private static let most = 256

    /// A stretch on its way through the loops.
    private struct Lookup {
      var key: Key
      var slot: UInt32
      var hash: UInt64

      static let none = Lookup(key: Key(low: 0, high: 0, length: 0), slot: 0, hash: 0)
    }

    private var lookups = Array(repeating: Lookup.none, count: Lookups.most)
    /// By length of up to eight units: which bytes of the first and of the next eight belong to the string.
    private let masks: [(low: UInt64, high: UInt64)] = (0...Key.longest).map { length in
      (low: Lookups.mask(min(length, 4)), high: Lookups.mask(max(length, 4) - 4))
    }

    /// The bytes of the first of four units.
    private static func mask(_ units: Int) -> UInt64 { units == 4 ? .max : (1 << UInt64(units * 16)) - 1 }

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
      let masks = masks
      return lookups.withUnsafeMutableBufferPointer { lookups in
        interner.slots.withUnsafeBufferPointer { slots in
          interner.rows.withUnsafeBufferPointer { rows in
            Lookups.fillKeys(lookups, tokens, text, masks, slots, mask)
            for i in 0..<tokens.count {
              lookups[i].slot = slots[Int(truncatingIfNeeded: lookups[i].hash) & mask]
              rows.prefetch(Int(lookups[i].slot & idBits) - 1)
            }
            var unknown = 0
            for i in 0..<tokens.count {
              let lookup = lookups[i]
              let id = (lookup.slot & idBits) &- 1
              if lookup.slot != 0, lookup.slot & ~idBits == Interner.tag(lookup.hash, mask),
                rows[Int(id)].matches(lookup.key),
                lookup.key.length <= Key.longest || interner.matches(id, Lookups.units(tokens[i], text))
              {
                tokens[i].term = id
                continue
              }
              // One that was moved on by another, or a new one.
              let known = interner.look(for: lookup.key, lookup.hash, Lookups.units(tokens[i], text)).id
              tokens[i].term = known ?? Interner.unknown
              unknown += known == nil ? 1 : 0
            }
            return unknown
          }
        }
      }
    }

    /// Keys and hashes; the slots are on their way afterwards. All eight units that may belong to a short word are loaded at once, and what follows it is
    /// masked: lengths are random, so a loop over the units or a branch on their number would be guessed wrong.
    private static func fillKeys(
      _ lookups: UnsafeMutableBufferPointer<Lookup>, _ tokens: UnsafeMutableBufferPointer<Token>,
      _ text: UnsafeBufferPointer<UInt16>, _ masks: [(low: UInt64, high: UInt64)],
      _ slots: UnsafeBufferPointer<UInt32>, _ mask: Int
    ) {
      let raw = UnsafeRawBufferPointer(text)
      masks.withUnsafeBufferPointer { masks in
        for i in 0..<tokens.count {
          let start = Int(tokens[i].span.start)
          let length = tokens[i].span.count
          var key: Key
          if length <= Key.longest, start &+ Key.longest <= text.count {
            let low = raw.loadUnaligned(fromByteOffset: start &* 2, as: UInt64.self)
            let high = raw.loadUnaligned(fromByteOffset: start &* 2 &+ 8, as: UInt64.self)
            key = Key(
              low: UInt64(littleEndian: low) & masks[length].low,
              high: UInt64(littleEndian: high) & masks[length].high,
              length: UInt32(truncatingIfNeeded: length))
          } else {
            key = Key(units(tokens[i], text))
          }
          lookups[i].key = key
          lookups[i].hash = key.hash
          slots.prefetch(Int(truncatingIfNeeded: lookups[i].hash) & mask)
        }
      }
    }

    @inline(__always)
    private static func units(
      _ token: Token, _ text: UnsafeBufferPointer<UInt16>
    ) -> UnsafeBufferPointer<UInt16> {
      UnsafeBufferPointer(rebasing: text[token.span.range])
    }
  }
}

extension Interner {
  /// Has the slot of a string with this hash brought closer.
  func prefetchSlot(_ hash: UInt64) {
    slots.withUnsafeBufferPointer { $0.prefetch(Int(truncatingIfNeeded: hash) & mask) }
  }

  /// Has the row brought closer that the slot names; returns the id, which is probably that of the string, or nil
  /// when the slot says that the string is not in its place.
  func prefetchRow(_ hash: UInt64) -> UInt32? {
    let slot = slots[Int(truncatingIfNeeded: hash) & mask]
    let idBits = UInt32(truncatingIfNeeded: mask)
    guard slot != 0, slot & ~idBits == Interner.tag(hash, mask) else { return nil }
    rows.withUnsafeBufferPointer { $0.prefetch(Int(slot & idBits) - 1) }
    return (slot & idBits) - 1
  }
}

extension UnsafeBufferPointer {
  /// Has element `i` brought closer; nothing happens when there is none.
  @inline(__always)
  func prefetch(_ i: Int) {
    if let baseAddress { warraq_prefetch(baseAddress + i) }
  }
}
