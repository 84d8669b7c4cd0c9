@testable import ArabicText

/// All ways to write Arabic in Latin letters.
enum TransliterationTargets {
  static let all = [
    FuzzTarget("transliterate", mutations: 60) {
      var kept = try TransliterationScheme.allCases.map { try Transliterator($0) }
      var quoting = try TransliterationScheme.allCases.filter(\.isReversible).map {
        try Transliterator($0, foreign: .quote)
      }
      return { bytes in
        let text = FuzzInput.text(bytes)
        for index in kept.indices {
          let latin = transliterate(text, &kept[index])
          try checkLetters(latin, text, kept[index].scheme)
          if text.count < 500 {
            try require(latin == transliterate(text, &kept[index]), "\(kept[index].scheme): another form")
          }
        }
        let string = String(decoding: text, as: UTF16.self)
        for index in quoting.indices {
          let latin = quoting[index].transliterate(string)
          try require(
            quoting[index].reverse(latin).map { $0.unicodeScalars.elementsEqual(string.unicodeScalars) }
              ?? false,
            "\(quoting[index].scheme) does not come back: \(FuzzInput.hex(text)) | \(latin)")
        }
      }
    }
  ]

  private static func transliterate(_ text: [UInt16], _ transliterator: inout Transliterator) -> [UInt16] {
    var latin: [UInt16] = []
    text.withUnsafeBufferPointer { transliterator.transliterate($0, into: &latin) }
    return latin
  }

  private static func checkLetters(
    _ latin: [UInt16], _ text: [UInt16], _ scheme: TransliterationScheme
  ) throws {
    latin.withUnsafeBufferPointer { _ in }
    for scalar in String(decoding: latin, as: UTF16.self).unicodeScalars {
      try require(
        !ArabicScript.isLetterOrMark(scalar),
        "\(scheme) leaves \(String(scalar.value, radix: 16)) of \(FuzzInput.hex(text))")
    }
    guard scheme == .slug else { return }
    try require(
      latin.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D },
      "a slug of other letters: \(FuzzInput.hex(latin))")
    try require(latin.first != 0x2D && latin.last != 0x2D, "a slug with a hyphen at its edge")
  }
}
