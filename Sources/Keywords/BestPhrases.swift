/// Keeps the best phrases of many in a heap of fixed size, and picks among them with some variety.
struct BestPhrases {
  /// A candidate; `first` and `length` (in tokens) order phrases of equal score and identify them without ids.
  struct Entry {
    var isPreferred: Bool
    var score: Float
    var first: Int32
    var length: Int32
    var phrase: Int32

    /// Whether this one goes before the other: preferred, higher score, earlier, longer.
    func precedes(_ other: Entry) -> Bool {
      if isPreferred != other.isPreferred { return isPreferred }
      if score != other.score { return score > other.score }
      if first != other.first { return first < other.first }
      return length > other.length
    }
  }

  /// A binary heap with the worst entry at the top.
  private var heap: [Entry] = []
  private var capacity = 0

  mutating func reset(capacity: Int) {
    heap.removeAll(keepingCapacity: true)
    self.capacity = capacity
  }

  mutating func add(_ entry: Entry) {
    if heap.count < capacity {
      heap.append(entry)
      var child = heap.count - 1
      while child > 0, heap[(child - 1) / 2].precedes(heap[child]) {
        heap.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
    } else if let worst = heap.first, entry.precedes(worst) {
      heap[0] = entry
      siftDown()
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var worst = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if heap[worst].precedes(heap[child]) { worst = child }
      }
      if worst == parent { return }
      heap.swapAt(parent, worst)
      parent = worst
    }
  }

  /// The best `count` entries, of which at most `limit` share a content stem (0: any number) while others are
  /// left; preferred ones are never passed over.
  func choose(_ count: Int, sharing limit: Int, _ index: CandidateIndex) -> [Entry] {
    var uses: [Int32: Int] = [:]
    var chosen: [Entry] = []
    var passed: [Entry] = []
    for entry in heap.sorted(by: { $0.precedes($1) }) where chosen.count < count {
      let stems = contentStems(of: entry, index)
      if limit > 0, !entry.isPreferred, stems.contains(where: { uses[$0, default: 0] >= limit }) {
        passed.append(entry)
        continue
      }
      for stem in stems { uses[stem, default: 0] += 1 }
      chosen.append(entry)
    }
    chosen.append(contentsOf: passed.prefix(count - chosen.count))
    return chosen.sorted { $0.precedes($1) }
  }

  private func contentStems(of entry: Entry, _ index: CandidateIndex) -> Set<Int32> {
    var stems: Set<Int32> = []
    for token in Int(entry.first)..<Int(entry.first + entry.length) where index.shapes[token].isContent {
      stems.insert(index.words[Int(index.wordAt[token])].stem)
    }
    return stems
  }
}
