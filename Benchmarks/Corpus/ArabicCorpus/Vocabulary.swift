/// Made-up words with the shape of Arabic ones, and how often each is drawn.
///
/// The commonest are real function words; the others are roots of three letters poured into common patterns, with
/// article, proclitics, feminine and plural endings and pronouns, so that folding, clitic splitting and stemming
/// have their usual work. Ranks follow Zipf's law with the exponent and offset that Mandelbrot added to it
/// (1953): frequency ~ 1 / (rank + 2.7)^(15/16), flatter than English, since Arabic writes particles and pronouns
/// onto its words: 600,000 words of news have some 60,000 distinct ones.
public struct Vocabulary: Sendable {
  /// Words as UTF-8, commonest first.
  let words: [[UInt8]]
  /// Cumulative weights, ending at 1.
  private let cumulative: [Double]
  /// First word to try for each 4096th of the probability, so that a draw looks at few words.
  private let shortcuts: [Int32]

  private static let particles = """
    في من على أن إلى التي عن مع هذا الذي ما لا هذه بعد بين كان وقد كل ذلك قبل حيث خلال عند أو لم إن كما كانت هو هي قد \
    حتى بعض منذ غير أكثر عدد عام أي نحو تم لكن ثم إذا عبر ضد ليس بل أيضا دون حول تحت أمام
    """

  private static let letters = Array("بتثجحخدذرزسشصضطظعغفقكلمنهوي")

  /// C1, C2 and C3 stand for the letters of a root.
  private static let patterns = [
    "123", "1ا23", "12ا3", "12و3", "12ي3", "م123", "م12و3", "ت12ي3", "ا12ا3", "مست123", "م1ا23", "1وا23",
    "ا1ت2ا3", "ان12ا3", "ت1ا23", "1123", "است12ا3", "م12ا3", "123ان", "م1ت23",
  ]
  private static let endings = ["", "", "", "", "ة", "ات", "ين", "ية", "ي", "ها", "ه", "هم", "ون", "نا"]
  private static let openings = ["", "", "", "ال", "ال", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "ك"]

  /// Makes a vocabulary of so many words.
  public init(size: Int = 400_000, seed: UInt64 = 1) {
    var random = SeededGenerator(seed: seed)
    var words = Vocabulary.particles.split(separator: " ").map { Array($0.utf8) }
    var seen = Set(words)
    while words.count < size {
      let word = Array(Vocabulary.word(&random).utf8)
      if seen.insert(word).inserted { words.append(word) }
    }
    self.words = words
    var sum = 0.0
    var cumulative: [Double] = []
    for rank in words.indices {
      sum += Vocabulary.weight(Double(rank + 1))
      cumulative.append(sum)
    }
    self.cumulative = cumulative.map { $0 / sum }
    var shortcuts: [Int32] = []
    var at = 0
    for step in 0...4096 {
      while at < words.count - 1, self.cumulative[at] < Double(step) / 4096 { at += 1 }
      shortcuts.append(Int32(at))
    }
    self.shortcuts = shortcuts
  }

  /// 1 / (rank + 2.7)^1.05 by square roots alone: the C library's `pow` differs between machines in the last bit.
  private static func weight(_ rank: Double) -> Double {
    let x = rank + 2.7
    let sixteenth = x.squareRoot().squareRoot().squareRoot().squareRoot()
    return sixteenth / x
  }

  private static func word(_ random: inout SeededGenerator) -> String {
    let root = (0..<3).map { _ in letters[random.below(letters.count)] }
    var word = openings[random.below(openings.count)]
    for part in patterns[random.below(patterns.count)] {
      switch part {
      case "1": word.append(root[0])
      case "2": word.append(root[1])
      case "3": word.append(root[2])
      default: word.append(part)
      }
    }
    return word + endings[random.below(endings.count)]
  }

  /// Draws a word by its frequency.
  func draw(_ random: inout SeededGenerator) -> [UInt8] {
    let value = random.unit()
    var low = Int(shortcuts[Int(value * 4096)])
    var high = Int(shortcuts[Int(value * 4096) + 1])
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] < value { low = middle + 1 } else { high = middle }
    }
    return words[low]
  }
}
