import TestSupport

/// Changes inputs as a fuzzer does, the same way on every run.
struct Mutator {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// One of the inputs with a few changes: bytes flipped, replaced, cut out, repeated, or taken from another one.
  mutating func mutation(of inputs: [[UInt8]]) -> [UInt8] {
    var bytes = inputs.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes, inputs) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8], _ inputs: [[UInt8]]) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let length = Int.random(in: 0...min(32, bytes.count - place), using: &random)
    let range = place..<(place + length)
    switch Int.random(in: 0..<8, using: &random) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 3: bytes.removeSubrange(range)
    case 4: bytes.insert(contentsOf: Array(bytes[range]), at: place)
    case 5: bytes.removeSubrange(place...)
    case 6 where place < bytes.count: bytes[place] = Self.edges.randomElement(using: &random) ?? 0
    default:
      let other = inputs.randomElement(using: &random) ?? []
      let start = Int.random(in: 0...other.count, using: &random)
      let count = Int.random(in: 0...min(64, other.count - start), using: &random)
      bytes.replaceSubrange(range, with: other[start..<(start + count)])
    }
  }

  /// Bytes that formats care about.
  private static let edges: [UInt8] =
    [0, 1, 0x7F, 0x80, 0xFF, 0xFE, 0xD8, 0xDC, 0xEF, 0x0A, 0x0D, 0x20, 0x09]
    + Array("\"\\<>{}[]&;=:/,'-|#*".utf8)
}
