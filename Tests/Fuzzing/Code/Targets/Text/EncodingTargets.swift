@testable import ArabicText

/// Bytes to UTF-16.
enum EncodingTargets {
  static let all = [
    FuzzTarget("decode", mutations: 150) {
      let declarations: [TextDecoder.Declaration] =
        [.unknown, .utf8] + SingleByteEncoding.allCases.map { .singleByte($0) }
        + [(2, false), (2, true), (4, false), (4, true)].map {
          .wide(width: $0, isBigEndian: $1, how: .declared)
        }
      return { bytes in
        for declaration in declarations { try check(bytes, declaration) }
        try checkUTF8(bytes)
      }
    },
    FuzzTarget("mojibake", mutations: 150) {
      { bytes in
        let text = FuzzInput.text(bytes)
        try text.withUnsafeBufferPointer { units in
          _ = Mojibake.detect(units)
          for kind in Mojibake.Kind.allCases {
            var out: [UInt16] = []
            var edits: [TextEdit] = []
            Mojibake.repair(units, kind, into: &out, edits: &edits)
            var map = EditMap()
            map.append(layer: edits)
            try EditMapCheck.check(map, source: text, text: out)
          }
        }
      }
    },
  ]

  private static func check(
    _ bytes: UnsafeBufferPointer<UInt8>, _ declaration: TextDecoder.Declaration
  ) throws {
    var lenient: [UInt16] = [0x78]
    var strict: [UInt16] = [0x78]
    let found = try? TextDecoder().decode(bytes, as: declaration, into: &lenient)
    let exact = try? TextDecoder(isStrict: true).decode(bytes, as: declaration, into: &strict)
    try require(lenient.first == 0x78, "what was there before is gone")
    guard let found else { return try require(exact == nil, "only strict decoding succeeds") }
    try require(found.replacements >= 0, "\(found.replacements) replacements")
    try require(
      (exact == nil) == (found.replacements > 0), "\(found) but strict: \(String(describing: exact))")
    if exact != nil { try require(strict == lenient, "strict decoding gives another text") }
    try require(
      String(validating: lenient, as: UTF16.self) != nil, "\(found.name) gives a lone surrogate")
    let marks = lenient.count { $0 == 0xFFFD }
    try require(marks >= found.replacements, "\(found.replacements) replacements, \(marks) signs of them")
  }

  private static func checkUTF8(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    let text = String(validating: bytes, as: UTF8.self)
    let units = UTF8Text.units(bytes)
    try require(
      (units == nil) == (text == nil), "validity of UTF-8 is \(units != nil), and \(text != nil) by Swift")
    try require(UTF8Text.isValid(bytes) == (text != nil), "isValid is wrong")
    if let text, let units {
      try require(units.elementsEqual(text.utf16), "UTF-16 is not what Swift makes of it")
      try units.withUnsafeBufferPointer { units in
        try require(UTF8Text.bytes(units).elementsEqual(bytes), "not the same on the way back")
        try require(UTF8Text.byteCount(of: units) == bytes.count, "byteCount is wrong")
      }
    }
    // Any units, lone surrogates too, become valid UTF-8 of the length that is told.
    let any = stride(from: 0, to: bytes.count - 1, by: 2).map {
      UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
    }
    try any.withUnsafeBufferPointer { any in
      let written = UTF8Text.bytes(any)
      try require(written.elementsEqual(String(decoding: any, as: UTF16.self).utf8), "UTF-8 of any units")
      guard String(validating: any, as: UTF16.self) != nil else { return }
      try require(UTF8Text.byteCount(of: any) == written.count, "byteCount of any units")
    }
  }
}
