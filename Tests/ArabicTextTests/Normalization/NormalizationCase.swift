import ArabicText
import Testing

/// One line of a table: a name, the options, what goes in and what must come out.
struct NormalizationCase: Sendable, CustomTestStringConvertible {
  let name: String
  let input: String
  let expected: String
  let options: NormalizationOptions

  var testDescription: String { name }

  init(
    _ name: String, _ input: String, _ expected: String,
    _ change: (inout NormalizationOptions) -> Void = { _ in }
  ) {
    self.name = name
    self.input = input
    self.expected = expected
    var options = NormalizationOptions()
    change(&options)
    self.options = options
  }

  /// Units as hexadecimal, since marks and invisible characters look alike in a failure.
  static func hex(_ units: [UInt16]) -> String {
    units.map { String($0, radix: 16, uppercase: true) }.joined(separator: " ")
  }

  func check() throws {
    var normalizer = try Normalizer(options)
    let (text, edits) = normalizer.normalize(Array(input.utf16))
    #expect(
      Self.hex(text) == Self.hex(Array(expected.utf16)), "\(name): \(String(decoding: text, as: UTF16.self))")
    #expect(edits.isIdentity == (Array(input.utf16) == Array(expected.utf16)))
  }
}
