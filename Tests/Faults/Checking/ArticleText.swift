import Randomness

/// Articles that look like Arabic news to a program: words of made-up roots in real patterns, function words, digits,
/// Latin names, vowel marks, paragraphs. The same for the same seed.
struct ArticleText {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private static let consonants = Array("بتثجحخدذرزسشصضطظعغفقكلمنهوي")
  /// Patterns of three root letters: 1, 2 and 3 stand for them.
  private static let patterns = [
    "1ا2ي3", "م12و3", "1ا23", "1و3", "1ي2", "ال12ي3", "ال1ا23ة", "الم12و3", "ت12ي3", "ا12ا3", "م1ا2ي3",
    "ي12و3", "1و2ا3",
    "الا12ا3ات", "مست12ل3", "وال12ا3", "بال12و3", "است12ا3", "ال12ي3ة", "12ي3ون", "ت1ا2ي3", "م12ا3",
  ]
  private static let functionWords = [
    "في", "من", "على", "إلى", "أن", "التي", "الذي", "بعد", "قبل", "كما", "هذا", "هذه", "وقد", "عن", "بين",
    "خلال", "حيث",
    "وكان", "مع", "لدى", "ثم", "كل", "حتى", "لم",
  ]
  private static let vowelled = ["عُمَر", "مُدَرِّسَة", "شَرْطِيّ", "كُتُبٌ", "مُحَمَّد", "جُدُد"]
  private static let latin = ["WHO", "iPhone 15", "Reuters", "COVID-19", "www.example.org", "NASA", "Wi-Fi"]
  private static let numbers = ["٢٠٢٤", "1,250", "٣٫٥", "15%", "2019", "١٢", "7"]

  private mutating func word() -> String {
    switch random.next(below: 100) {
    case 0..<24: return Self.functionWords[random.next(below: Self.functionWords.count)]
    case 24..<27: return Self.numbers[random.next(below: Self.numbers.count)]
    case 27..<29: return Self.latin[random.next(below: Self.latin.count)]
    case 29..<31: return Self.vowelled[random.next(below: Self.vowelled.count)]
    default:
      var root: [Character] = []
      // Skewed, so that words recur as they do in a language.
      for _ in 0..<3 {
        let place = random.nextUnit() * random.nextUnit()
        root.append(Self.consonants[Int(place * Double(Self.consonants.count))])
      }
      let pattern = Self.patterns[random.next(below: Self.patterns.count)]
      return String(
        pattern.map { letter in
          switch letter {
          case "1": root[0]
          case "2": root[1]
          case "3": root[2]
          default: letter
          }
        })
    }
  }

  /// One sentence with its stop.
  mutating func sentence() -> String {
    var words = (0..<(6 + random.next(below: 14))).map { _ in word() }
    if words.count > 10 { words[words.count / 2] += "،" }
    return words.joined(separator: " ") + ([".", ".", ".", "؟", "!", ":"][random.next(below: 6)])
  }

  /// So many words at least, in paragraphs.
  mutating func body(words wanted: Int) -> String {
    var text = ""
    var words = 0
    while words < wanted {
      let next = sentence()
      words += next.count { $0 == " " } + 1
      if !text.isEmpty { text += random.next(below: 5) == 0 ? "\n" : " " }
      text += next
    }
    return text
  }

  /// A few words without a stop.
  mutating func title() -> String {
    (0..<(3 + random.next(below: 6))).map { _ in word() }.joined(separator: " ")
  }

  /// Below `count`.
  mutating func choice(below count: Int) -> Int { random.next(below: count) }
}
