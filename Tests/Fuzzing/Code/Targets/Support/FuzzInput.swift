/// Views of the bytes of one input.
enum FuzzInput {
  /// Most UTF-16 units of a text: targets that run ICU stay quick.
  static let longestText = 64 << 10

  /// The bytes as a text: valid UTF-8 as what it says, anything else as UTF-16 units in little-endian order, so that
  /// every sequence of units can be made, lone surrogates too, and seeds stay readable.
  static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt16] {
    if let text = String(validating: bytes, as: UTF8.self) { return Array(text.utf16.prefix(longestText)) }
    return stride(from: 0, to: min(bytes.count, 2 * longestText) - 1, by: 2).map {
      UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
    }
  }

  /// The bytes as a string, malformed sequences replaced.
  static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  /// A number that depends on all bytes (FNV-1a): choices made with it are the same for the same input.
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// The input that shows a violation, in hexadecimal digits, shortened.
  static func hex(_ units: some Sequence<UInt16>) -> String {
    units.prefix(64).map { String($0, radix: 16) }.joined(separator: " ")
  }
}

/// Choices out of one number, one after another.
struct Choices {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func number(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, limit)))
  }

  mutating func one<Choice: CaseIterable>(of type: Choice.Type) -> Choice {
    let all = Array(Choice.allCases)
    return all[number(below: all.count)]
  }

  mutating func bool() -> Bool { number(below: 2) == 1 }
}
