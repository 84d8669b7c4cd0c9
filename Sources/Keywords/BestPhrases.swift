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
        | (Entry.firstMask - UInt64(truncatingIfNeeded: first)) << Entry.lengthBits
        | UInt64(truncatingIfNeeded: length)
    }

    var score: Float {
      Float(bitPattern: UInt32(key >> (Entry.firstBits + Entry.lengthBits)) & 0x7fff_ffff)
    }
    var first: Int { Int(Entry.firstMask - (key >> Entry.lengthBits & Entry.firstMask)) }
    var length: Int { Int(key & Entry.lengthMask) }
    /// Its tokens.
    var tokens: Range<Int> { first..<(first + length) }
    /// Where the sign of the score would be.
    var isPreferred: Bool {
      get { key >> 63 != 0 }
      set { key = newValue ? key | 1 << 63 : key & ~(1 << 63) }
    }

    static func < (a: Entry, b: Entry) -> Bool { a.key < b.key }
  }

  /// What has been added; a heap with the best at the top once choosing begins.
  private var entries: [Entry] = []
  /// By stem number: how many chosen phrases have it.
  private var uses: [Int32] = []
  private var stems: [Int32] = []

  /// How many of the best are looked at: a few times as many as wanted, so that the limit on shared words has
  /// others to turn to.
  static func depth(for count: Int) -> Int { count * 8 + 32 }

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

  @inline(__always)
  mutating func add(_ score: Float, first: Int, length: Int) {
    entries.append(Entry(score: score, first: first, length: length))
  }

  /// The score below which no further phrase can be among the `count` best; 0 while there are fewer.
  ///
  /// Orders what has been added by a partition or two (Hoare's quickselect, 1961).
  mutating func threshold(count: Int) -> Float {
    guard entries.count > count, count > 0 else { return 0 }
    var low = 0
    var high = entries.count - 1
    entries.withUnsafeMutableBufferPointer { entries in
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
        if count - 1 <= right { high = right } else if count - 1 >= left { low = left } else { return }
      }
    }
    return entries[count - 1].score
  }

  /// Adds at most `limit` phrases: `body` writes them one after another and returns how many there are.
  mutating func add(atMost limit: Int, _ body: (UnsafeMutableBufferPointer<Entry>) -> Int) {
    let start = entries.count
    entries.append(contentsOf: repeatElement(Entry(score: 0, first: 0, length: 0), count: limit))
    let added = entries.withUnsafeMutableBufferPointer {
      body(UnsafeMutableBufferPointer(rebasing: $0[start...]))
    }
    entries.removeLast(limit - added)
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

  /// The best `count` entries in their order, of which at most `limit` share a content stem (0: any number)
  /// while others are left among the best; preferred ones are never passed over.
  mutating func choose(_ count: Int, sharing limit: Int, _ words: WordIndex) -> [Entry] {
    uses.removeAll(keepingCapacity: true)
    uses.append(contentsOf: repeatElement(0, count: words.stemCounts.count))
    for i in stride(from: entries.count / 2 - 1, through: 0, by: -1) { sink(i) }
    var chosen: [Entry] = []
    chosen.reserveCapacity(count)
    var passed: [Entry] = []
    var looked = BestPhrases.depth(for: count)
    while chosen.count < count, looked > 0, let entry = pop() {
      looked -= 1
      collectStems(of: entry, words)
      if limit > 0, !entry.isPreferred, stems.contains(where: { Int(uses[Int($0)]) >= limit }) {
        passed.append(entry)
        continue
      }
      for stem in stems { uses[Int(stem)] += 1 }
      chosen.append(entry)
    }
    chosen.append(contentsOf: passed.prefix(count - chosen.count))
    return chosen.sorted(by: >)
  }

  private mutating func collectStems(of entry: Entry, _ words: WordIndex) {
    stems.removeAll(keepingCapacity: true)
    for i in entry.tokens where words.tokens[i].traits.contains(.content) {
      let stem = words.words[Int(words.tokens[i].word)].stem
      if !stems.contains(stem) { stems.append(stem) }
    }
  }

  private mutating func pop() -> Entry? {
    guard let top = entries.first, let last = entries.popLast() else { return nil }
    if !entries.isEmpty {
      entries[0] = last
      sink(0)
    }
    return top
  }

  private mutating func sink(_ start: Int) {
    var heap = entries.mutableSpan
    var parent = start
    let entry = heap[parent]
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child] < heap[child + 1] { child += 1 }
      guard entry < heap[child] else { break }
      heap[parent] = heap[child]
      parent = child
    }
    heap[parent] = entry
  }
}
