import ArabicText

/// Fills a budget with the best sentences, holding repetition down. One without any score is only chosen where there
/// is no other.
///
/// Greedy: a sentence's worth is its score times a factor that falls with the share of its vector already covered
/// by chosen sentences. That worth only falls, so a stale value is an upper bound and it is enough to bring the
/// head of the queue up to date (lazy greedy, Minoux 1978). Each sentence is brought up to date a bounded number
/// of times, which keeps the time linear in the words.
struct SentenceSelection {
  let budget: SummaryBudget
  /// Factor of a sentence that is wholly covered; 1 switches the check off.
  let repetition: Float

  static let refreshLimit = 16

  /// The sentences chosen last, in the order of the article.
  private(set) var chosen: [Int] = []
  /// By stem: whether a chosen sentence has it.
  private var isCovered: [Bool] = []
  private var queue = SentenceQueue()

  init(budget: SummaryBudget, repetition: Float) {
    self.budget = budget
    self.repetition = repetition
  }

  /// Chooses, and leaves the indices of the chosen sentences in `chosen`.
  mutating func choose(_ scores: [Float], _ vectors: SentenceVectors, _ document: TokenizedDocument) {
    chosen.removeAll(keepingCapacity: true)
    let limits = limits(words: document.tokens.count)
    if limits.words == .max, document.sentences.count <= limits.sentences {
      // All fit, so nothing need be weighed against anything.
      for (i, sentence) in document.sentences.enumerated() where !sentence.tokens.isEmpty && scores[i] > 0 {
        chosen.append(i)
      }
      if chosen.isEmpty, let first = document.sentences.firstIndex(where: { !$0.tokens.isEmpty }) {
        chosen.append(first)
      }
      return
    }
    isCovered.refill(first: vectors.stemCount, false)
    queue.removeAll()
    for (i, sentence) in document.sentences.enumerated() where !sentence.tokens.isEmpty {
      queue.push(.init(worth: scores[i], sentence: i, coveredAt: 0, refreshes: 0))
    }
    var words = 0
    while chosen.count < limits.sentences, words < limits.words, var entry = queue.pop() {
      if entry.coveredAt < chosen.count, entry.refreshes < SentenceSelection.refreshLimit, repetition != 1 {
        entry.worth = scores[entry.sentence] * coverageFactor(entry.sentence, vectors)
        entry.coveredAt = chosen.count
        entry.refreshes += 1
        if let head = queue.head, head.precedes(entry) {
          queue.push(entry)
          continue
        }
      }
      let length = document.sentences[entry.sentence].tokens.count
      if !chosen.isEmpty, words + length > limits.words || scores[entry.sentence] <= 0 { continue }
      chosen.append(entry.sentence)
      words += length
      for at in vectors.row(entry.sentence) { isCovered[Int(vectors.columns[at])] = true }
    }
    chosen.sort()
  }

  private func limits(words: Int) -> (sentences: Int, words: Int) {
    switch budget {
    case .sentences(let count): (max(1, count), .max)
    case .words(let count): (.max, max(1, count))
    case .ratio(let share):
      (.max, max(1, Int((share.isFinite ? min(max(share, 0), 1) : 0) * Double(words) + 0.5)))
    }
  }

  /// 1 for a sentence of new words, `repetition` for one of which every word is in the summary already.
  private func coverageFactor(_ sentence: Int, _ vectors: SentenceVectors) -> Float {
    var covered: Float = 0
    for at in vectors.row(sentence) where isCovered[Int(vectors.columns[at])] {
      covered += vectors.values[at] * vectors.values[at]
    }
    return 1 - (1 - repetition) * min(1, covered)
  }
}

/// A binary heap of sentences, the most worthy first.
struct SentenceQueue {
  /// A sentence and its worth when `coveredAt` sentences had been chosen.
  struct Entry {
    var worth: Float
    var sentence: Int
    var coveredAt: Int
    var refreshes: Int

    /// Whether this one goes before the other: more worth, or equal worth and earlier in the article.
    func precedes(_ other: Entry) -> Bool {
      worth != other.worth ? worth > other.worth : sentence < other.sentence
    }
  }

  private var heap: [Entry] = []

  /// The most worthy entry.
  var head: Entry? { heap.first }

  /// Empties the queue for the next use.
  mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

  mutating func push(_ entry: Entry) {
    heap.append(entry)
    heap.withUnsafeMutableBufferPointer { heap in
      var child = heap.count - 1
      while child > 0 {
        let parent = (child - 1) / 2
        guard entry.precedes(heap[parent]) else { break }
        heap[child] = heap[parent]
        child = parent
      }
      heap[child] = entry
    }
  }

  mutating func pop() -> Entry? {
    guard let top = heap.first, let last = heap.popLast() else { return nil }
    heap.withUnsafeMutableBufferPointer { heap in
      guard !heap.isEmpty else { return }
      var parent = 0
      while true {
        var child = 2 * parent + 1
        guard child < heap.count else { break }
        if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
        guard heap[child].precedes(last) else { break }
        heap[parent] = heap[child]
        parent = child
      }
      heap[parent] = last
    }
    return top
  }
}
