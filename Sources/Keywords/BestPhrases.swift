import ArabicText

/// Ranks the phrases of an article and picks among the best with some variety.
///
/// A phrase is known by its first token and length, and ordered by: preferred by the user, higher score,
/// earlier, longer. All that is one 64-bit key, so a heap of them compares and moves plain numbers.
struct BestPhrases {
  /// A phrase in the ranking.
  struct Entry: Comparable {
    private(set) var key: UInt64

    private static let lengthBits: UInt64 = 3
    private static let firstBits: UInt64 = 29
    private static let lengthMask: UInt64 = (1 << lengthBits) - 1
    private static let firstMask: UInt64 = (1 << firstBits) - 1

    /// - Parameters:
    ///   - score: not negative, so that its bits are in the order of its value.
    ///   - first: below 2^29; an article has fewer words.
    @inline(__always)
    init(score: Float, first: Int, length: Int) {
      key =
        UInt64((score + 0).bitPattern) << (Entry.firstBits + Entry.lengthBits)
        | (Entry.firstMask &- UInt64(truncatingIfNeeded: first)) << Entry.lengthBits
        | UInt64(truncatingIfNeeded: length)
    }

    var score: Float {
      Float(bitPattern: UInt32(key >> (Entry.firstBits + Entry.lengthBits)) & 0x7fff_ffff)
    }
    var first: Int { Int(Entry.firstMask - (key >> Entry.lengthBits & Entry.firstMask)) }
    var length: Int { Int(key & Entry.lengthMask) }
    /// Its tokens.
    var tokens: Range<Int> { first..<(first + length) }
    /// Its last token.
    var last: Int { first + length - 1 }
    /// Where the sign of the score would be.
    var isPreferred: Bool {
      get { key >> 63 != 0 }
      set { key = newValue ? key | 1 << 63 : key & ~(1 << 63) }
    }

    static func < (a: Entry, b: Entry) -> Bool { a.key < b.key }
  }

  /// The best of what has been added, in no order; and, until it is next pruned, a few more.
  private var entries: [Entry] = []
  /// How many of the best are kept.
  private var limit = Int.max
  /// Keys below this are not among the best.
  private var least: UInt64 = 0
  /// Whether anything was left out.
  private(set) var isPruned = false
  /// By stem number: how many chosen phrases have it.
  private var uses: [Int32] = []
  private var chosen: [Entry] = []
  /// Those that share too much with chosen ones.
  private var passed: [Entry] = []

  /// How many of the best are looked at: a few times as many as wanted, so that the limit on shared words has
  /// others to turn to.
  static func depth(for count: Int) -> Int { count * 8 + 32 }

  /// Phrases of lower scores are not among the best.
  @inline(__always)
  var leastScore: Float { Float(bitPattern: UInt32(truncatingIfNeeded: least >> 32) & 0x7fff_ffff) }

  /// Forgets all entries, and keeps only the `limit` best of those to come.
  mutating func removeAll(keepingBest limit: Int) {
    self.limit = max(1, limit)
    entries.removeAll(keepingCapacity: true)
    least = 0
    isPruned = false
  }

  /// Adds a phrase, unless as many better ones were added before as are kept.
  @inline(__always)
  mutating func add(_ score: Float, first: Int, length: Int) {
    let entry = Entry(score: score, first: first, length: length)
    guard entry.key >= least else { return isPruned = true }
    entries.append(entry)
    if entries.count / 2 >= limit { prune() }
  }

  /// Drops all but the `limit` best, by a partition or two (Hoare's quickselect, 1961).
  private mutating func prune() {
    guard entries.count > limit else { return }
    let last = limit - 1
    entries.withUnsafeMutableBufferPointer { entries in
      var low = 0
      var high = entries.count - 1
      while low < high {
        let pivot = entries[(low + high) / 2]
        var left = low
        var right = high
        while left <= right {
          while entries[left] > pivot { left += 1 }
          while entries[right] < pivot { right -= 1 }
          guard left <= right else { break }
          entries.swapAt(left, right)
          left += 1
          right -= 1
        }
        if last <= right { high = right } else if last >= left { low = left } else { break }
      }
    }
    entries.removeLast(entries.count - limit)
    least = entries[last].key
    isPruned = true
  }

  /// Drops or marks entries by the user's lists.
  mutating func review(_ body: (inout Entry) -> Bool) {
    var kept = 0
    for i in entries.indices {
      var entry = entries[i]
      guard body(&entry) else { continue }
      entries[kept] = entry
      kept += 1
    }
    entries.removeLast(entries.count - kept)
  }

  /// Scores the `depth` best anew and forgets the others. Phrases preferred by the user stay before all others.
  ///
  /// - Parameter score: gets the entries in their order, may remove some, and returns the score of each that is left.
  mutating func rescore(depth: Int, _ score: (inout [Entry]) -> [Float]) {
    prune()
    entries.sort(by: >)
    if entries.count > depth { entries.removeLast(entries.count - depth) }
    let scores = score(&entries)
    for i in entries.indices {
      var scored = Entry(score: scores[i], first: entries[i].first, length: entries[i].length)
      scored.isPreferred = entries[i].isPreferred
      entries[i] = scored
    }
    least = 0
    isPruned = false
  }

  /// The best `count` entries in their order, of which at most `limit` share a content stem (0: any number)
  /// while others are left among the best; preferred ones are never passed over. Nil when too few entries were
  /// kept to tell.
  mutating func choose(
    _ count: Int, sharing limit: Int, _ words: WordIndex, _ vocabulary: Vocabulary
  ) -> [Entry]? {
    prune()
    entries.sort(by: >)
    uses.refill(first: words.stemCounts.count, 0)
    chosen.removeAll(keepingCapacity: true)
    passed.removeAll(keepingCapacity: true)
    let depth = BestPhrases.depth(for: count)
    for entry in entries.prefix(depth) {
      guard chosen.count < count else { break }
      if use(entry, limit, words, vocabulary) { chosen.append(entry) } else { passed.append(entry) }
    }
    if chosen.count < count, isPruned, entries.count < depth { return nil }
    if chosen.count < count, !passed.isEmpty {
      chosen.append(contentsOf: passed.prefix(count - chosen.count))
      chosen.sort(by: >)
    }
    return chosen
  }

  /// Counts the content stems of a phrase among the used ones, each once; false if one of them was used `limit` times.
  private mutating func use(
    _ entry: Entry, _ limit: Int, _ words: WordIndex, _ vocabulary: Vocabulary
  ) -> Bool {
    let range = entry.tokens
    return uses.withUnsafeMutableBufferPointer { uses in
      words.tokens.withUnsafeBufferPointer { tokens in
        vocabulary.words.withUnsafeBufferPointer { words in
          func stem(_ i: Int) -> Int { Int(words[Int(tokens[i].word)].stem) }
          if limit > 0, !entry.isPreferred {
            for i in range where tokens[i].traits.contains(.content) {
              if Int(uses[stem(i)]) >= limit { return false }
            }
          }
          for i in range where tokens[i].traits.contains(.content) {
            let isRepeated = (range.lowerBound..<i).contains {
              tokens[$0].traits.contains(.content) && stem($0) == stem(i)
            }
            uses[stem(i)] &+= isRepeated ? 0 : 1
          }
          return true
        }
      }
    }
  }
}
