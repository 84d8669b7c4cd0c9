import ArabicText

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
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var last = end
      if last > start, bytes[last - 1] == UInt8(ascii: "\r") { last -= 1 }
      let line = bytes[start..<last]
      start = end + 1
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
    guard let tab = line.firstIndex(of: UInt8(ascii: "\t")), tab > line.startIndex else {
      throw .badLine(number, reason: "wants a key, a tab and a number")
    }
    var value = 0
    for byte in line[(tab + 1)...] {
      guard byte >= 0x30, byte <= 0x39, value <= documents else {
        throw .badLine(number, reason: "the count must be a number from 1 to \(documents)")
      }
      value = value * 10 + Int(byte - 0x30)
    }
    guard value >= 1, value <= documents else {
      throw .badLine(number, reason: "the count must be a number from 1 to \(documents)")
    }
    swap(&units, &previous)
    units.removeAll(keepingCapacity: true)
    var isBroken = false
    _ = transcode(
      line[..<tab].makeIterator(), from: UTF8.self, to: UTF16.self, stoppingOnError: true
    ) { units.append($0) }
    isBroken = units.isEmpty
    guard !isBroken, frequencies.isEmpty || previous.lexicographicallyPrecedes(units) else {
      throw .badLine(number, reason: "keys must be UTF-8, each once, sorted by UTF-16 unit")
    }
    _ = units.withUnsafeBufferPointer { keys.intern($0) }
    frequencies.append(UInt32(value))
  }
}
