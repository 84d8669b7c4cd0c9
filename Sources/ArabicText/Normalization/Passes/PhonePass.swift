/// Writes a placeholder for telephone numbers: + or 00 with 8 to 15 digits more (ITU-T E.164), or 0 with 8 to
/// 10 digits more; digits of any of the three kinds, in groups parted by one blank, hyphen or bracket.
///
/// Dates, times, decimals and plain numbers do not start like that; a date with a leading zero (05-07-2015)
/// is told by its shape. Numbers that touch a letter, or go on after a point, comma, slash or colon, are
/// codes and amounts.
struct PhonePass: NormalizationPass {
  private let placeholder: [UInt16]
  private var groups: [Group] = []

  /// A run of digits.
  private struct Group {
    var start: Int
    var end: Int
    var count: Int { end - start }
  }

  init(placeholder: String) { self.placeholder = Array(placeholder.utf16) }

  func isNeeded(_ scan: TextScan) -> Bool { scan.has(.digit) }

  func mayAct(afterLaterPasses scan: TextScan) -> Bool { isNeeded(scan) }

  mutating func rewrite(
    _ text: UnsafeBufferPointer<UInt16>, classes: UnsafePointer<UInt32>, into writer: inout TextRewriter
  ) {
    let digit = RewriteClasses.digit.rawValue
    var i = nextIndex(text, classes, digit, from: 0)
    var done = 0
    while i < text.count {
      let hasPlus = i > done && text[i - 1] == 0x2B
      let start = hasPlus ? i - 1 : i
      collectGroups(text, classes, from: i)
      var next = groups[0].end
      if hasPlus || value(text[i]) == 0, !continuesNumber(text, classes, start, done),
        let count = phoneGroups(text, classes, hasPlus: hasPlus)
      {
        next = groups[count - 1].end
        done = next
        placeholder.withUnsafeBufferPointer { writer.replace(start, next, of: text, with: $0) }
      }
      i = nextIndex(text, classes, digit, from: next)
    }
  }

  private func value(_ digit: UInt16) -> UInt16 { digit & 0xF }

  /// Whether what stands before `start` makes it part of a longer number or a word.
  private func continuesNumber(
    _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, _ start: Int, _ done: Int
  ) -> Bool {
    guard start > 0 else { return false }
    // Behind a number that has just been masked stands its placeholder.
    let isBehindPlaceholder = start == done && !placeholder.isEmpty
    let unit = isBehindPlaceholder ? placeholder[placeholder.count - 1] : text[start - 1]
    let before = RewriteClasses(rawValue: classes[Int(unit)])
    if !before.isDisjoint(with: [.latinLetter, .numberSeparator, .mark]) { return true }
    if before.isDisjoint(with: .digit) {
      guard [0x2E, 0x2C, 0x2F, 0x2D, 0x3A, 0x5F, 0x3D, 0x26, 0x25].contains(unit) else { return false }
      return start > 1 && classes[Int(text[start - 2])] & RewriteClasses.digit.rawValue != 0
        && start - 1 > done
        || [0x2F, 0x3D, 0x26, 0x25, 0x5F].contains(unit)
    }
    return true
  }

  /// Digit runs from `start` on that one separator parts; no more than a telephone number can have.
  private mutating func collectGroups(
    _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, from start: Int
  ) {
    groups.removeAll(keepingCapacity: true)
    let digit = RewriteClasses.digit.rawValue
    var i = start
    while groups.count < 8 {
      let first = i
      while i < text.count, classes[Int(text[i])] & digit != 0 { i += 1 }
      groups.append(Group(start: first, end: i))
      guard i + 1 < text.count else { return }
      let isBlank = classes[Int(text[i])] & RewriteClasses.blank.rawValue != 0
      let isBracket = [0x28, 0x29].contains(text[i])
      guard isBlank || isBracket || text[i] == 0x2D else { return }
      i += 1
      if isBracket || text[i] == 0x28, i + 1 < text.count, [0x20, 0x28].contains(text[i]) { i += 1 }
      guard classes[Int(text[i])] & digit != 0 else { return }
    }
  }

  /// How many of the groups make a telephone number: the most that fit; nil if none do.
  private func phoneGroups(
    _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, hasPlus: Bool
  ) -> Int? {
    if isDate(text) { return nil }
    let first = groups[0].start
    let isInternational =
      hasPlus || groups[0].count > 1 && value(text[first]) == 0 && value(text[first + 1]) == 0
    let range = hasPlus ? 8...15 : isInternational ? 10...17 : 9...11
    var total = 0
    var best: Int?
    for (index, group) in groups.enumerated() {
      total += group.count
      if total > range.upperBound { break }
      if total >= range.lowerBound, endsNumber(text, classes, group.end) { best = index + 1 }
    }
    return best
  }

  /// Whether a number may end before `end`: neither letter nor digits follow, also not after a point.
  private func endsNumber(
    _ text: UnsafeBufferPointer<UInt16>, _ classes: UnsafePointer<UInt32>, _ end: Int
  ) -> Bool {
    guard end < text.count else { return true }
    let after = RewriteClasses(rawValue: classes[Int(text[end])])
    if !after.isDisjoint(with: [.latinLetter, .numberSeparator, .mark, .atSign]) { return false }
    guard [0x2E, 0x2C, 0x2F, 0x3A].contains(text[end]), end + 1 < text.count else { return true }
    return classes[Int(text[end + 1])] & RewriteClasses.digit.rawValue == 0
  }

  /// Whether the groups start like a date: 05-07-2015, 05 07 2015.
  private func isDate(_ text: UnsafeBufferPointer<UInt16>) -> Bool {
    guard groups.count >= 3, groups[0].count == 2, groups[1].count <= 2, groups[2].count == 4 else {
      return false
    }
    let month = text[groups[1].start..<groups[1].end].reduce(0) { $0 * 10 + Int(value($1)) }
    let century = Int(value(text[groups[2].start])) * 10 + Int(value(text[groups[2].start + 1]))
    return (1...12).contains(month) && [13, 14, 15, 18, 19, 20, 21].contains(century)
  }
}
