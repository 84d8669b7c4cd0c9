/// Writes made-up articles as JSON lines: `id`, `title`, `text`, `source`, `date`.
///
/// Deterministic: article `n` of a seed is the same bytes whatever was generated before it. Texts mean nothing; what
/// they share with news is what a pipeline's cost depends on: word frequencies, lengths of words, sentences,
/// paragraphs and articles, a topic whose words recur, punctuation, quotes, numbers and Latin names, vowel marks
/// and tatweel here and there, repeated articles and lines of page furniture.
public struct ArticleGenerator: Sendable {
  /// One article.
  public struct Article: Sendable {
    /// The JSON line, newline included.
    public var line: [UInt8]
    /// UTF-8 bytes of the text in it.
    public var textBytes: Int
  }

  /// Share of articles that are an earlier one again.
  public static let duplicateShare = 0.03

  private let vocabulary: Vocabulary
  private let seed: UInt64

  private static let furniture = [
    "اقرأ أيضا", "تابعونا على وسائل التواصل", "جميع الحقوق محفوظة", "شارك هذا الخبر", "مواضيع ذات صلة",
    "اضغط هنا للمزيد",
  ].map { Array($0.utf8) }
  private static let names = ["Reuters", "AFP", "COVID", "iPhone", "www.example.com", "G20", "Boeing"].map {
    Array($0.utf8)
  }

  /// Makes a generator.
  public init(vocabulary: Vocabulary = Vocabulary(), seed: UInt64 = 1) {
    self.vocabulary = vocabulary
    self.seed = seed
  }

  /// Article `number`, from 0.
  public func article(_ number: Int) -> Article {
    var choice = SeededGenerator(seed: seed &+ UInt64(number) &* 0x2545_f491_4f6c_dd1d)
    let isDuplicate = number > 0 && choice.chance(ArticleGenerator.duplicateShare)
    let original = isDuplicate ? choice.below(number) : number
    var random = SeededGenerator(seed: ~seed &+ UInt64(original) &* 0x9e37_79b9_7f4a_7c15)
    let topic = (0..<12).map { _ in vocabulary.words[60 + random.below(vocabulary.words.count - 60)] }
    let text = text(topic, &random)
    var line = Array("{\"id\":\"article-\(number)\",\"title\":\"".utf8)
    sentence(words: 5 + random.below(6), topic, &random, into: &line)
    line += Array("\",\"text\":\"".utf8)
    line += text
    line += Array(
      "\",\"source\":\"site-\(random.below(40)).example\",\"date\":\"2015-0\(1 + random.below(9))-1".utf8)
    line += Array("\(random.below(10))\"}\n".utf8)
    // Line ends stand as \n, two bytes, in JSON.
    let lineEnds = text.count { $0 == 0x5C }
    return Article(line: line, textBytes: text.count - lineEnds)
  }

  private func text(_ topic: [[UInt8]], _ random: inout SeededGenerator) -> [UInt8] {
    var text: [UInt8] = []
    // Most articles are short, a few long: the product of two draws has such a tail.
    let paragraphs = 1 + Int(14 * random.unit() * random.unit())
    for paragraph in 0..<paragraphs {
      if paragraph > 0 { text += [0x5C, 0x6E, 0x5C, 0x6E] }
      for index in 0..<(1 + random.below(4)) {
        if index > 0 { text.append(0x20) }
        sentence(words: 6 + random.below(28), topic, &random, into: &text)
        text += Array((random.chance(0.03) ? "؟" : random.chance(0.02) ? "!" : ".").utf8)
      }
    }
    if random.chance(0.3) {
      text += [0x5C, 0x6E]
      text += ArticleGenerator.furniture[random.below(ArticleGenerator.furniture.count)]
    }
    return text
  }

  private func sentence(
    words count: Int, _ topic: [[UInt8]], _ random: inout SeededGenerator, into text: inout [UInt8]
  ) {
    var isQuoting = false
    for index in 0..<count {
      if index > 0 { text.append(0x20) }
      let kind = random.unit()
      if kind < 0.008, !isQuoting {
        text += [0x5C, 0x22]
        isQuoting = true
      }
      switch kind {
      case ..<0.09: text += topic[random.below(topic.count)]
      case ..<0.105: text += Array(String(1 + random.below(2030)).utf8)
      case ..<0.11: text += ArticleGenerator.names[random.below(ArticleGenerator.names.count)]
      case ..<0.118: text += vocabulary.draw(&random) + Array("ً".utf8)
      case ..<0.12: text += Array("ـ".utf8) + vocabulary.draw(&random)
      default: text += vocabulary.draw(&random)
      }
      if isQuoting, random.chance(0.2) || index == count - 1 {
        text += [0x5C, 0x22]
        isQuoting = false
      }
      if index < count - 1, random.chance(0.07) { text += Array("،".utf8) }
    }
  }
}
