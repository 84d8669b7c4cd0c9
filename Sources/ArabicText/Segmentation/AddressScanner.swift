import CTextScan

/// Finds web and e-mail addresses, which the word rules cut into pieces and the sentence rules may break.
struct AddressScanner {
  /// Addresses of the last text, in order, not overlapping.
  private(set) var spans: [TextSpan] = []
  /// Up to here host names were tried and refused, so their other dots need no second look.
  private var refused = 0
  private let placeholders: [[UInt16]]
  /// Bit `unit & 63` is set for : . @ and the first unit of every placeholder: most units are passed at once.
  private var triggers: UInt64 = 1 << 0x3a | 1 << 0x2e | 1 << (0x40 & 63)
  /// Whether a placeholder starts with a plain letter.
  private let hasPlainPlaceholder: Bool
  /// Whether an address may begin with a blank.
  let hasBlankPlaceholder: Bool

  /// `placeholders` are found wherever they stand, as the addresses they were written for.
  init(placeholders: [String]) {
    self.placeholders = placeholders.map { Array($0.utf16) }.filter { !$0.isEmpty }
    hasBlankPlaceholder = self.placeholders.contains { $0[0] == 0x20 }
    hasPlainPlaceholder = self.placeholders.contains { warraq_is_plain_letter($0[0]) != 0 }
    for form in self.placeholders { triggers |= 1 << UInt64(form[0] & 63) }
  }

  /// Endings that make two Latin words with a dot between them a host name although neither www. nor a
  /// scheme stands before. Country codes that are English words as well (in, it, me, so, ...) are left out.
  private static let hostEndings: Set<[UInt16]> = Set(
    [
      // generic
      "com", "org", "net", "edu", "gov", "info", "int", "mil", "biz", "tv", "io", "news",
      // Arab states
      "sa", "eg", "ae", "jo", "lb", "sy", "iq", "kw", "qa", "bh", "om", "ye", "ps", "ma", "dz", "tn", "ly",
      "sd", "mr",
      // the countries whose sites Arabic articles quote most
      "uk", "fr", "de", "eu", "tr", "ir", "ru", "cn", "es", "ca", "au", "jp",
    ].map { Array($0.utf16) })

  /// No host or mailbox name is longer; bounds every scan to the left.
  private static let longestName = 64

  /// Finds the addresses of a text, whose map is given; linear in its length.
  mutating func scan(_ text: UnsafeBufferPointer<UInt16>, _ map: PlainMap, classes: CharacterClasses) {
    spans.removeAll(keepingCapacity: true)
    refused = 0
    var done = 0
    var i = 0
    while true {
      if !hasPlainPlaceholder, !hasBlankPlaceholder { i = map.nextOther(from: i) }
      guard i < text.count else { break }
      guard triggers >> UInt64(text[i] & 63) & 1 != 0 else {
        i += 1
        continue
      }
      var found: Range<Int>?
      switch text[i] {
      case 0x3a: found = webAddress(at: i, after: done, in: text, classes)
      case 0x40: found = mailAddress(at: i, after: done, in: text)
      case 0x2e: found = hostName(at: i, after: done, in: text, classes)
      default: break
      }
      if found == nil, !placeholders.isEmpty { found = placeholder(at: i, in: text) }
      if let found {
        spans.append(TextSpan(found.lowerBound, found.upperBound))
        done = found.upperBound
        i = max(i + 1, done)
      } else {
        i += 1
      }
    }
  }

  private func placeholder(at i: Int, in text: UnsafeBufferPointer<UInt16>) -> Range<Int>? {
    for form in placeholders where form[0] == text[i] && text.count - i >= form.count {
      if (1..<form.count).allSatisfy({ text[i + $0] == form[$0] }) { return i..<(i + form.count) }
    }
    return nil
  }

  /// scheme://rest, with `i` at the colon.
  private func webAddress(
    at i: Int, after done: Int, in text: UnsafeBufferPointer<UInt16>, _ classes: CharacterClasses
  ) -> Range<Int>? {
    guard i + 3 < text.count, text[i + 1] == 0x2f, text[i + 2] == 0x2f else { return nil }
    var start = i
    while start > done, i - start < 12, isAlphanumeric(text[start - 1]) { start -= 1 }
    guard start < i else { return nil }
    let end = pathEnd(from: i + 3, in: text, classes)
    return end > i + 3 ? start..<end : nil
  }

  /// name@host.ending, with `i` at the @.
  private func mailAddress(at i: Int, after done: Int, in text: UnsafeBufferPointer<UInt16>) -> Range<Int>? {
    var start = i
    while start > done, i - start < AddressScanner.longestName, isMailbox(text[start - 1]) { start -= 1 }
    while start < i, !isAlphanumeric(text[start]) { start += 1 }
    guard start < i else { return nil }
    guard let host = hostEnd(from: i + 1, in: text), host.lastDot > i + 1, host.end - host.lastDot > 2 else {
      return nil
    }
    return start..<host.end
  }

  /// www.host or host.ending, either with a path, with `i` at the first dot.
  private mutating func hostName(
    at i: Int, after done: Int, in text: UnsafeBufferPointer<UInt16>, _ classes: CharacterClasses
  ) -> Range<Int>? {
    guard i > done, i >= refused, i + 1 < text.count, isAlphanumeric(text[i - 1]), isAlphanumeric(text[i + 1])
    else {
      return nil
    }
    var start = i
    while start > done, i - start < AddressScanner.longestName, isHost(text[start - 1]) { start -= 1 }
    while start < i, !isAlphanumeric(text[start]) { start += 1 }
    guard let host = hostEnd(from: start, in: text), host.lastDot >= i else { return nil }
    let isWWW = i - start == 3 && (start..<i).allSatisfy { text[$0] | 0x20 == 0x77 }
    let ending = text[(host.lastDot + 1)..<host.end].map { $0 | 0x20 }
    guard isWWW || AddressScanner.hostEndings.contains(ending) else {
      refused = host.end
      return nil
    }
    var end = host.end
    // A port, path or query; a mailbox name is left to the @ that follows.
    if end < text.count, text[end] == 0x40 { return nil }
    if end < text.count, text[end] == 0x2f || text[end] == 0x3a || text[end] == 0x3f {
      end = max(end, pathEnd(from: end, in: text, classes))
    }
    return start..<end
  }

  /// Where a host name that starts at `start` ends, and its last dot.
  private func hostEnd(from start: Int, in text: UnsafeBufferPointer<UInt16>) -> (end: Int, lastDot: Int)? {
    var end = start
    while end < text.count, end - start < 4 * AddressScanner.longestName, isHost(text[end]) { end += 1 }
    while end > start, !isAlphanumeric(text[end - 1]) { end -= 1 }
    var dot = end - 1
    while dot >= start, text[dot] != 0x2e { dot -= 1 }
    return dot > start ? (end, dot) : nil
  }

  /// Where an address ends: before a blank, a quote, an Arabic mark of punctuation or an Arabic word glued to
  /// a Latin one; closing punctuation at its end is not part of it.
  private func pathEnd(
    from start: Int, in text: UnsafeBufferPointer<UInt16>, _ classes: CharacterClasses
  ) -> Int {
    var end = start
    var opened = 0
    loop: while end < text.count {
      let unit = text[end]
      switch classes[unit] {
      case .blank, .lineEnd, .quote: break loop
      case .arabic where end > start && isAlphanumeric(text[end - 1]): break loop
      case .closeBracket:
        // A bracket closes the address unless it was opened inside.
        if unit == 0xbb || opened == 0 { break loop }
        opened -= 1
      case .openBracket:
        if unit == 0xab { break loop }
        opened += 1
      case .clauseMark where unit > 0x7f, .stop where unit > 0x7f: break loop
      default: if unit == 0x3c || unit == 0x3e { break loop }
      }
      end += 1
    }
    while end > start {
      switch classes[text[end - 1]] {
      case .stop, .clauseMark, .openBracket, .apostrophe, .mark: end -= 1
      default: return end
      }
    }
    return end
  }

  private func isAlphanumeric(_ unit: UInt16) -> Bool {
    (0x30...0x39).contains(unit) || (0x41...0x5a).contains(unit) || (0x61...0x7a).contains(unit)
  }

  private func isHost(_ unit: UInt16) -> Bool { isAlphanumeric(unit) || unit == 0x2d || unit == 0x2e }

  private func isMailbox(_ unit: UInt16) -> Bool {
    isHost(unit) || unit == 0x5f || unit == 0x2b || unit == 0x25
  }
}
