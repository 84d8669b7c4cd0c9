/// Evidence for each language, in sixteenths of a nat (a natural unit of log likelihood): whole numbers, so that sums
/// do not depend on the order of additions.
typealias Evidence = SIMD16<Int32>

/// What the lanes of `Evidence` stand for.
enum Lane {
  static let arabic = 0
  static let persian = 1
  static let urdu = 2
  static let pashto = 3
  static let centralKurdish = 4
  static let otherArabicScript = 5
  /// Arabic-script languages are lanes 0..<6; Latin-script ones 6..<9.
  static let english = 6
  static let otherLatin = 7
  static let arabizi = 8
  /// Standard Arabic against its dialects.
  static let standard = 9
  static let egyptian = 10
  static let levantine = 11
  static let gulf = 12
  static let maghrebi = 13

  static let arabicScript: [(lane: Int, code: LanguageCode)] = [
    (arabic, .arabic), (persian, .persian), (urdu, .urdu), (pashto, .pashto),
    (centralKurdish, .centralKurdish),
    (otherArabicScript, .otherArabicScript),
  ]
  static let dialects: [(lane: Int, dialect: Dialect)] = [
    (egyptian, .egyptian), (levantine, .levantine), (gulf, .gulf), (maghrebi, .maghrebi),
  ]

  /// Lane of a short name, as the tables of evidence write it.
  static func named(_ name: Substring) -> Int? {
    switch name {
    case "ar": arabic
    case "fa": persian
    case "ur": urdu
    case "ps": pashto
    case "ckb": centralKurdish
    case "arab": otherArabicScript
    case "en": english
    case "latn": otherLatin
    case "arabizi": arabizi
    case "std": standard
    case "arz": egyptian
    case "apc": levantine
    case "afb": gulf
    case "ary": maghrebi
    default: nil
    }
  }
}

extension Evidence {
  /// Reads `fa 2.5, ur 1`: lanes and nats.
  static func parse(_ text: some StringProtocol) -> Evidence {
    var evidence = Evidence()
    for part in text.split(separator: ",") {
      let pair = part.split(separator: " ")
      guard pair.count == 2, let lane = Lane.named(Substring(pair[0])), let nats = Double(pair[1]) else {
        preconditionFailure("evidence is written as lane and nats: \(part)")
      }
      evidence[lane] &+= Int32((nats * 16).rounded())
    }
    return evidence
  }
}
