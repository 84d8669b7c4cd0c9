import ArabicText

/// The co-occurrence graph of an article's content words, and its stationary ranks.
///
/// Words are joined when one follows the other within the window, over content words of one sentence, as in
/// TextRank (Mihalcea and Tarau 2004); an edge weighs how often that happened. Edges are at most
/// `window - 1` for each token, so the graph grows with the text and not with its square.
struct WordGraph {
  /// Rank by word number; the mean over content words is 1.
  private(set) var ranks: [Float] = []
  /// Whether the word is among the best third.
  private(set) var isWinner: [Bool] = []

  static let window = 3
  static let damping: Float = 0.85
  static let rounds = 30
  static let tolerance: Float = 1e-4

  private var edges: [(a: Int32, b: Int32)] = []
  private var starts: [Int32] = []
  private var neighbours: [Int32] = []
  private var next: [Float] = []

  mutating func rank(_ index: WordIndex) {
    collectEdges(index)
    layOut(words: index.words.count)
    iterate(words: index.words.count)
    chooseWinners(index)
  }

  private mutating func collectEdges(_ index: WordIndex) {
    edges.removeAll(keepingCapacity: true)
    var recent: [Int32] = []
    for token in index.tokens {
      let word = token.word
      if token.traits.contains(.breaksBefore) { recent.removeAll(keepingCapacity: true) }
      guard token.traits.contains(.content) else { continue }
      for other in recent where other != word { edges.append((word, other)) }
      recent.append(word)
      if recent.count >= WordGraph.window { recent.removeFirst() }
    }
  }

  /// Neighbour lists one after the other (compressed sparse rows); an edge met twice stands twice, which is its
  /// weight.
  private mutating func layOut(words: Int) {
    starts.removeAll(keepingCapacity: true)
    starts.append(contentsOf: repeatElement(0, count: words + 1))
    for edge in edges {
      starts[Int(edge.a) + 1] += 1
      starts[Int(edge.b) + 1] += 1
    }
    for word in 0..<words { starts[word + 1] += starts[word] }
    neighbours.removeAll(keepingCapacity: true)
    neighbours.append(contentsOf: repeatElement(0, count: edges.count * 2))
    var fill = starts
    for edge in edges {
      neighbours[Int(fill[Int(edge.a)])] = edge.b
      fill[Int(edge.a)] += 1
      neighbours[Int(fill[Int(edge.b)])] = edge.a
      fill[Int(edge.b)] += 1
    }
  }

  private mutating func iterate(words: Int) {
    ranks.removeAll(keepingCapacity: true)
    ranks.append(contentsOf: repeatElement(1, count: words))
    next.removeAll(keepingCapacity: true)
    next.append(contentsOf: repeatElement(0, count: words))
    for _ in 0..<WordGraph.rounds {
      var change: Float = 0
      for word in 0..<words {
        var sum: Float = 0
        for at in Int(starts[word])..<Int(starts[word + 1]) {
          let other = Int(neighbours[at])
          sum += ranks[other] / Float(starts[other + 1] - starts[other])
        }
        next[word] = (1 - WordGraph.damping) + WordGraph.damping * sum
        change = max(change, abs(next[word] - ranks[word]))
      }
      swap(&ranks, &next)
      if change < WordGraph.tolerance { break }
    }
  }

  private mutating func chooseWinners(_ index: WordIndex) {
    let content = index.words.indices.filter { index.words[$0].isContent }
      .sorted { (ranks[$1], $0) < (ranks[$0], $1) }
    isWinner.removeAll(keepingCapacity: true)
    isWinner.append(contentsOf: repeatElement(false, count: index.words.count))
    for word in content.prefix(max(1, (content.count + 2) / 3)) { isWinner[word] = true }
  }

  /// Adds the phrases to a ranking: a maximal run of adjacent winners, up to the longest phrase, gets the mean
  /// of their ranks (a sum makes every long phrase win), everything else is left out.
  func scorePhrases(
    _ index: WordIndex, _ phrases: PhraseIndex, _ options: KeywordOptions, into best: inout BestPhrases
  ) {
    var isAdded = Array(repeating: false, count: phrases.phrases.count)
    var start = 0
    while start < index.tokens.count {
      var end = start
      var sum: Float = 0
      while end < index.tokens.count, end - start < options.maxWords, isWinner(index.tokens[end]),
        end == start || !index.tokens[end].traits.contains(.breaksBefore)
      {
        sum += ranks[Int(index.tokens[end].word)]
        end += 1
      }
      let length = end - start
      defer { start = max(end, start + 1) }
      guard length > 0 else { continue }
      let number = Int(phrases.phrase(at: start, length: length))
      if number < 0 {
        if options.minimumCount == 1 { best.add(sum / Float(length), first: start, length: length) }
        continue
      }
      let phrase = phrases.phrases[number]
      guard !isAdded[number], Int(phrase.count) >= options.minimumCount else { continue }
      isAdded[number] = true
      best.add(sum / Float(length), first: Int(phrase.first), length: length)
    }
  }

  private func isWinner(_ token: WordIndex.WordToken) -> Bool {
    token.traits.contains(.content) && isWinner[Int(token.word)]
  }
}
