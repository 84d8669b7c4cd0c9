/// Finds words of a fixed list by their bytes, without making a string of them.
///
/// MediaWiki takes most of its names in either case and with `_` for a space; ASCII letters are compared without
/// case here, and the others as they are written.
struct WordTable<Value: Sendable>: Sendable {
  private struct Entry {
    var word: [UInt8]
    var value: Value
  }

  private var entries: [Entry] = []
  /// Indices into `entries` plus one, by hash; 0 is free.
  private var slots: [UInt16]
  /// Bytes of the longest word.
  let longest: Int

  /// Makes a table; of equal words the first counts.
  init(_ words: [(String, Value)]) {
    var size = 16
    while size < words.count * 4 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    longest = words.reduce(0) { max($0, $1.0.utf8.count) }
    // The first letter of a name may be a capital in every script.
    let capitals = words.compactMap { word, value -> (String, Value)? in
      guard let first = word.unicodeScalars.first, !first.isASCII, first.properties.isLowercase else {
        return nil
      }
      return (first.properties.uppercaseMapping + String(word.unicodeScalars.dropFirst()), value)
    }
    for (word, value) in words + capitals {
      let bytes = Array(word.utf8).map { $0 == 0x5F ? 0x20 : ASCII.lowercased($0) }
      bytes.withUnsafeBufferPointer { bytes in
        let slot = slot(of: bytes)
        guard slots[slot] == 0 else { return }
        entries.append(Entry(word: Array(bytes), value: value))
        slots[slot] = UInt16(entries.count)
      }
    }
  }

  /// A table of all words of some lists, each with its list's value.
  init(lists: [(Value, String)]) {
    self.init(
      lists.flatMap { value, words in
        words.split(whereSeparator: { $0 == "\n" || $0 == "," }).map { word in
          (String(word.trimmingPrefix(while: { $0 == " " })), value)
        }
      })
  }

  /// The value of a word; nil when it is not in the list.
  subscript(word: UnsafeBufferPointer<UInt8>) -> Value? {
    guard word.count <= longest, !word.isEmpty else { return nil }
    let slot = slots[slot(of: word)]
    return slot == 0 ? nil : entries[Int(slot) - 1].value
  }

  /// Where a word is, or would be.
  private func slot(of word: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in word { hash = (hash ^ UInt32(Self.folded(byte))) &* 16_777_619 }
    var slot = Int(hash ^ (hash >> 15)) & (slots.count - 1)
    while slots[slot] != 0, !isEqual(entries[Int(slots[slot]) - 1].word, word) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func isEqual(_ entry: [UInt8], _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    guard entry.count == word.count else { return false }
    for index in 0..<entry.count where entry[index] != Self.folded(word[index]) { return false }
    return true
  }

  @inline(__always)
  private static func folded(_ byte: UInt8) -> UInt8 { byte == 0x5F ? 0x20 : ASCII.lowercased(byte) }
}
