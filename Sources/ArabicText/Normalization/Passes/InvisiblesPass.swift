/// Deletes zero-width characters and controls; nothing is put in their place, which would split words.
///
/// Kept for display: the first joiner of a run, if it shows (U+200C between letters; U+200D beside an Arabic
/// letter, as in the abbreviation of the Hijri year, or between parts of an emoji); U+200E, U+200F, U+061C if
/// the nearest letter or digit on either side is not Arabic, since between Arabic letters they change
/// nothing; embeddings and isolates (UAX #9) that are closed in their line and hold something visible.
struct InvisiblesPass: NormalizationPass {
  /// How far the letter or digit beside a direction mark may be, in UTF-16 units.
  private static let reach = 16
  /// UAX #9, BD2: deeper levels have no effect.
  private static let depthLimit = 125

  private let keepsDisplay: Bool
  private var open: [(index: Int, visible: Int)] = []
  private var matched: [Int] = []

  init(keepsDisplay: Bool) { self.keepsDisplay = keepsDisplay }

  func isNeeded(_ scan: TextScan) -> Bool { scan.has(.invisible) }

  func mayAct(afterLaterPasses scan: TextScan) -> Bool { keepsDisplay && scan.has(.invisible) }

  mutating func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let invisible = RewriteClasses.invisible.rawValue
    if keepsDisplay { matchPairs(text, classes) }
    var pair = 0
    var start = nextIndex(text, classes, invisible, from: 0)
    while start < text.count {
      var end = start + 1
      while end < text.count, classes[Int(text[end])] & invisible != 0 { end += 1 }
      var run = Run(start: start, end: end)
      for i in start..<end {
        var isKept = false
        if pair < matched.count, matched[pair] == i {
          isKept = true
          pair += 1
        } else if keepsDisplay {
          isKept = run.keeps(text, classes, i)
        }
        if !isKept { writer.delete(i, i + 1, of: text) }
      }
      start = nextIndex(text, classes, invisible, from: end)
    }
  }

  /// Finds the embeddings and isolates that stay: sorted positions of both ends, in `matched`.
  private mutating func matchPairs(_ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>) {
    matched.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    var visible = 0
    var i = -1
    while true {
      i += 1
      // With nothing open only an opening matters.
      if open.isEmpty {
        while i < text.count, !Self.isOpening(text[i]) { i &+= 1 }
      }
      guard i < text.count else { break }
      let unit = text[i]
      let own = RewriteClasses(rawValue: classes[Int(unit)])
      if own.contains(.newline) {
        open.removeAll(keepingCapacity: true)
      } else if Self.isOpening(unit) {
        open.append((i, visible))
      } else if unit == 0x2069 {
        // Closes the nearest isolate and every embedding left open in it.
        if let at = open.lastIndex(where: { Self.isIsolate(text[$0.index]) }) {
          close(at, i, visible)
        }
      } else if unit == 0x202C {
        if let last = open.last, !Self.isIsolate(text[last.index]) { close(open.count - 1, i, visible) }
      } else if own.isDisjoint(with: [.invisible, .blank]) {
        visible += 1
      }
      if open.count > Self.depthLimit { open.removeFirst() }
    }
    matched.sort()
  }

  private mutating func close(_ at: Int, _ end: Int, _ visible: Int) {
    if visible > open[at].visible {
      matched.append(open[at].index)
      matched.append(end)
    }
    open.removeSubrange(at...)
  }

  private static func isOpening(_ unit: UInt16) -> Bool {
    unit &- 0x202A <= 0x2068 - 0x202A
      && (0x202A...0x202E ~= unit && unit != 0x202C || 0x2066...0x2068 ~= unit)
  }

  private static func isIsolate(_ unit: UInt16) -> Bool { 0x2066...0x2068 ~= unit }

  /// Neighbouring invisible characters: one joiner and one mark of each direction are enough for them.
  private struct Run {
    let start: Int
    let end: Int
    private var hasJoiner = false
    private var directionMarks: [UInt16] = []

    init(start: Int, end: Int) {
      self.start = start
      self.end = end
    }

    mutating func keeps(
      _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, _ i: Int
    ) -> Bool {
      switch text[i] {
      case 0x200C, 0x200D:
        guard !hasJoiner else { return false }
        hasJoiner = joinerShows(text, classes, text[i])
        return hasJoiner
      case 0x200E, 0x200F, 0x061C:
        guard !directionMarks.contains(text[i]), isBesideForeign(text, classes) else { return false }
        directionMarks.append(text[i])
        return true
      default:
        return false
      }
    }

    private func joinerShows(
      _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, _ joiner: UInt16
    ) -> Bool {
      let before = start > 0 ? RewriteClasses(rawValue: classes[Int(text[start - 1])]) : []
      let after = end < text.count ? RewriteClasses(rawValue: classes[Int(text[end])]) : []
      let isInWord = !before.isDisjoint(with: [.letter, .mark]) && after.contains(.letter)
      if isInWord || joiner == 0x200C { return isInWord }
      if before.contains(.arabicLetter) || after.contains(.arabicLetter) { return true }
      let emoji: RewriteClasses = [.surrogate, .symbol]
      return !before.isDisjoint(with: emoji.union(.mark)) && !after.isDisjoint(with: emoji)
    }

    private func isBesideForeign(
      _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>
    ) -> Bool {
      let before = stride(from: start - 1, through: max(0, start - InvisiblesPass.reach), by: -1)
      let after = stride(from: end, to: min(text.count, end + InvisiblesPass.reach), by: 1)
      return isForeign(text, classes, before) || isForeign(text, classes, after)
    }

    private func isForeign(
      _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, _ path: StrideThrough<Int>
    ) -> Bool {
      for i in path { if let answer = verdict(classes[Int(text[i])]) { return answer } }
      return false
    }

    private func isForeign(
      _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, _ path: StrideTo<Int>
    ) -> Bool {
      for i in path { if let answer = verdict(classes[Int(text[i])]) { return answer } }
      return false
    }

    /// Whether a unit decides the question and how; nil for what has no direction of its own.
    private func verdict(_ raw: UInt32) -> Bool? {
      let own = RewriteClasses(rawValue: raw)
      if own.contains(.newline) || own.contains(.arabicLetter) { return false }
      return own.isDisjoint(with: RewriteClasses.digit.union(.letter)) ? nil : true
    }
  }
}
