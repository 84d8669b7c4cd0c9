import ArabicText
import Glibc

/// Reads the text format of `BackgroundTable` line by line.
struct BackgroundParser {
  static let header = "#warraq-background 1"

  private(set) var keys = Interner(minimumCapacity: 1 << 15)
  private(set) var frequencies: [UInt32] = []
  private(set) var documents = 0
  private(set) var source = ""
  private var units: [UInt16] = []
  private var previous: [UInt16] = []

  mutating func read(_ bytes: [UInt8]) throws(BackgroundTableError) {
    var number = 0
    var start = 0
    while start < bytes.count {
      number += 1
      let end = bytes.withUnsafeBufferPointer {
        BackgroundParser.index(of: UInt8(ascii: "\n"), in: $0, from: start)
      }
      var last = end ?? bytes.count
      if last > start, bytes[last - 1] == UInt8(ascii: "\r") { last -= 1 }
      let line = bytes[start..<last]
      start = (end ?? bytes.count) + 1
      if number == 1 {
        guard line.elementsEqual(Self.header.utf8) else { throw .wrongVersion }
      } else if line.first == UInt8(ascii: "#") {
        try readHeader(line, number)
      } else if !line.isEmpty {
        try readRow(line, number)
      }
    }
    guard number > 0 else { throw .wrongVersion }
    guard documents > 0 else { throw .badLine(number, reason: "the table has no '#documents N' line") }
  }

  private static func index(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count else { return nil }
    return memchr(base + start, Int32(byte), bytes.count - start).map {
      UnsafeRawPointer($0) - UnsafeRawPointer(base)
    }
  }

  private mutating func readHeader(_ line: ArraySlice<UInt8>, _ number: Int) throws(BackgroundTableError) {
    let text = String(decoding: line, as: UTF8.self)
    if text.hasPrefix("#documents ") {
      guard let value = UInt32(text.dropFirst(11)), value > 0 else {
        throw .badLine(number, reason: "'#documents' wants a number above 0")
      }
      documents = Int(value)
    } else if text.hasPrefix("#source ") {
      source = String(text.dropFirst(8))
    }
  }

  private mutating func readRow(_ line: ArraySlice<UInt8>, _ number: Int) throws(BackgroundTableError) {
    guard documents > 0 else { throw .badLine(number, reason: "'#documents N' must come before the rows") }
    swap(&units, &previous)
    let row = line.withUnsafeBufferPointer { parse($0) }
    guard let row else { throw .badLine(number, reason: "wants a key, a tab and a number") }
    guard row.count >= 1, row.count <= documents else {
      throw .badLine(number, reason: "the count must be a number from 1 to \(documents)")
    }
    guard row.isKeyUTF8, frequencies.isEmpty || follows() else {
      throw .badLine(number, reason: "keys must be UTF-8, each once, sorted by UTF-16 unit")
    }
    _ = units.withUnsafeBufferPointer { keys.intern($0) }
    frequencies.append(UInt32(row.count))
  }

  /// Leaves the key of a row in `units`; the count is -1 when it is no number, nil without a key and a tab.
  private mutating func parse(_ line: UnsafeBufferPointer<UInt8>) -> (isKeyUTF8: Bool, count: Int)? {
    guard let tab = BackgroundParser.index(of: UInt8(ascii: "\t"), in: line, from: 0), tab > 0 else {
      return nil
    }
    var count = 0
    for byte in line[(tab + 1)...] {
      guard byte >= 0x30, byte <= 0x39, count <= documents else { return (true, -1) }
      count = count * 10 + Int(byte - 0x30)
    }
    return (decode(UnsafeBufferPointer(rebasing: line[..<tab])), count)
  }

  /// Leaves UTF-8 in `units`; false when it is none.
  private mutating func decode(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    units.removeAll(keepingCapacity: true)
    let isShort = withUnsafeTemporaryAllocation(of: UInt16.self, capacity: key.count) { decoded in
      // Nearly all keys are Arabic and Latin letters, of one and two bytes.
      var count = 0
      var at = 0
      while at < key.count {
        let first = UInt16(key[at])
        if first < 0x80 {
          decoded[count] = first
          at += 1
        } else if first >= 0xC2, first < 0xE0, at + 1 < key.count, key[at + 1] & 0xC0 == 0x80 {
          decoded[count] = (first & 0x1F) << 6 | UInt16(key[at + 1] & 0x3F)
          at += 2
        } else {
          return false
        }
        count += 1
      }
      units.append(contentsOf: UnsafeBufferPointer(rebasing: decoded[..<count]))
      return true
    }
    if isShort { return true }
    let isBroken = transcode(key.makeIterator(), from: UTF8.self, to: UTF16.self, stoppingOnError: true) {
      units.append($0)
    }
    return !isBroken
  }

  /// Whether the key comes after the previous one.
  private func follows() -> Bool {
    previous.withUnsafeBufferPointer { previous in
      units.withUnsafeBufferPointer { units in
        for i in 0..<min(previous.count, units.count) where previous[i] != units[i] {
          return previous[i] < units[i]
        }
        return previous.count < units.count
      }
    }
  }
}
