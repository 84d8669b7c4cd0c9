extension TextRendering {
  /// Deepest nesting of links that is followed: a caption within a caption is rare.
  private static let deepestLink = 64
  /// Longest target of a link, in bytes; MediaWiki's titles have at most 255, their sections may be longer.
  private static let longestTarget = 2048

  private static let special = ByteSet("\n[]'<&_ ()")

  /// What stands in a line, to its end and past the line end.
  mutating func inline() {
    while at < end {
      let next = min(end, nextSpecial())
      out.append(input, at, next)
      work += next - at + 1
      at = next
      guard at < end else { break }
      switch input[at] {
      case 0x0A:
        at += 1
        while links.last?.kind == .external { links.removeLast() }
        return endLine()
      case 0x5B: openBracket()
      case 0x5D: closeBracket()
      case 0x27: quotes()
      case 0x3C: tag()
      case 0x26: reference()
      case 0x5F: magicWord()
      case 0x28: openParenthesis()
      case 0x29: closeParenthesis()
      default: space()
      }
    }
    // The end of the text or of a heading.
    while links.last?.kind == .external { links.removeLast() }
    endLine()
  }

  /// The next byte that can be markup; a single space is none.
  @inline(__always)
  private func nextSpecial() -> Int {
    var from = at
    while true {
      let next = Self.special.first(in: input, from: from)
      guard next < input.count, input[next] == 0x20, next > at, input[next - 1] != 0x20,
        next + 1 < input.count,
        input[next + 1] != 0x20
      else { return next }
      from = next + 1
    }
  }

  private mutating func literal(_ count: Int = 1) {
    out.append(input, at, at + count)
    at += count
  }

  /// Of several blanks one, and none where a line begins.
  private mutating func space() {
    if out.count > lineBody, !ASCII.isBlank(out.last) { out.append(0x20) }
    while at < end, input[at] == 0x20 { at += 1 }
  }

  /// Bold and italic marks; a lone or surplus apostrophe is one.
  private mutating func quotes() {
    var next = at
    while next < end, input[next] == 0x27 { next += 1 }
    let count = next - at
    work += count
    let shown = count == 1 || count == 4 ? 1 : max(0, count - 5)
    for _ in 0..<shown { out.append(0x27) }
    at = next
  }

  private mutating func reference() {
    guard let (scalar, after) = CharacterReference.read(input, at: at), after <= end else { return literal() }
    at = after
    switch scalar {
    case 0x0A, 0x20:
      if out.count > lineBody, !ASCII.isBlank(out.last) { out.append(0x20) }
    default: out.append(scalar: scalar)
    }
  }

  /// `__NOTOC__` and its like in any script: no small ASCII letters, no blanks.
  private mutating func magicWord() {
    var next = at + 2
    guard input.has("__", at: at) else { return literal() }
    while next < end, next - at < 80 {
      let byte = input[next]
      if byte == 0x5F, next + 1 < end, input[next + 1] == 0x5F, next > at + 2 {
        at = next + 2
        return
      }
      guard byte == 0x5F || byte >= 0x80 || (byte >= 0x41 && byte <= 0x5A) else { break }
      next += 1
    }
    work += next - at
    // All signs of the run at once: a line of them is looked at once.
    next = at
    while next < end, input[next] == 0x5F { next += 1 }
    literal(next - at)
  }

  /// What was in the brackets may be gone: then they begin with the comma that stood behind it.
  private mutating func openParenthesis() {
    literal()
    while at < end {
      if input[at] == 0x20 || input[at] == 0x2C || input[at] == 0x3B {
        at += 1
      } else if input.has("،", at: at) || input.has("؛", at: at) {
        at += 2
      } else {
        break
      }
    }
  }

  private mutating func closeParenthesis() {
    out.trimSpaces(downTo: lineBody)
    at += 1
    guard out.count > lineBody, out.last == 0x28 else { return out.append(0x29) }
    out.count -= 1
    tidyGap()
  }

  /// Something between two blanks was taken out: one blank is enough.
  mutating func tidyGap() {
    guard out.count <= lineBody || ASCII.isBlank(out.last) else { return }
    while at < end, input[at] == 0x20 { at += 1 }
    let isStop = input.has("،", at: at) || input.has("؛", at: at) || input.has(".", at: at)
    if isStop { out.trimSpaces(downTo: lineBody) }
  }

  // MARK: Links

  private mutating func openBracket() {
    guard at + 1 < end else { return literal() }
    if input[at + 1] == 0x5B { return openLink() }
    guard isAddress(at + 1) else { return literal() }
    var next = at + 1
    while next < end, !ASCII.isBlank(input[next]), input[next] != 0x5D, input[next] != 0x5B,
      input[next] != 0x3C
    {
      next += 1
    }
    work += next - at
    let isBare = next < end && input[next] == 0x5D
    at = isBare ? next + 1 : next
    if isBare { return tidyGap() }
    while at < end, input[at] == 0x20 { at += 1 }
    push(.external, target: at..<at)
  }

  private func isAddress(_ start: Int) -> Bool {
    input.has("http://", at: start) || input.has("https://", at: start) || input.has("//", at: start)
      || input.has("ftp://", at: start) || input.has("mailto:", at: start) || input.has("HTTP", at: start)
      || input.has("Http", at: start) || input.has("news:", at: start) || input.has("irc://", at: start)
  }

  private mutating func openLink() {
    var next = at + 2
    let limit = min(end, next + Self.longestTarget)
    while next < limit {
      let byte = input[next]
      if byte == 0x5D || byte == 0x7C || byte == 0x5B || byte == 0x0A || byte == 0x3C { break }
      next += 1
    }
    work += next - at
    let target = (at + 2)..<next
    guard next < limit, input[next] == 0x7C || input.has("]]", at: next) else {
      // No target: the brackets go, the words stay.
      at += 2
      return
    }
    let isDropped = isDropped(target)
    if input[next] == 0x7C {
      at = next + 1
      return push(isDropped ? .dropped : .text, target: target)
    }
    at = next + 2
    if isDropped { tidyGap() } else { show(target) }
  }

  private mutating func push(_ kind: Link.Kind, target: Range<Int>) {
    if links.count < Self.deepestLink {
      links.append(Link(kind: kind, mark: mark, target: target))
    } else if kind != .external {
      unfollowedLinks += 1
    }
  }

  private mutating func closeBracket() {
    if let link = links.last, link.kind == .external {
      links.removeLast()
      at += 1
      return
    }
    guard at + 1 < end, input[at + 1] == 0x5D else { return literal() }
    at += 2
    if unfollowedLinks > 0 {
      unfollowedLinks -= 1
      return
    }
    guard let link = links.popLast() else { return }
    switch link.kind {
    case .dropped:
      goBack(to: link.mark)
      tidyGap()
      // A picture on a line of its own parts paragraphs.
      if out.count == lineBody, at == end || input[at] == 0x0A { partParagraphs() }
    case .text:
      if out.count <= link.mark.position { show(link.target) }
    case .external: break
    }
  }

  /// A target as words: what `[[برلين]]` shows.
  private mutating func show(_ target: Range<Int>) {
    var next = target.lowerBound
    while next < target.upperBound, ASCII.isBlank(input[next]) || input[next] == 0x3A { next += 1 }
    while next < target.upperBound {
      if input[next] == 0x26, let (scalar, after) = CharacterReference.read(input, at: next) {
        out.append(scalar: scalar)
        next = after
      } else {
        out.append(input[next] == 0x5F ? 0x20 : input[next])
        next += 1
      }
    }
    out.trimSpaces(downTo: lineBody)
  }

  /// Whether a link with this target is no text: a picture, a category, the article in another language.
  private func isDropped(_ target: Range<Int>) -> Bool {
    let head = target.prefix(64)
    guard let colon = head.first(where: { input[$0] == 0x3A }) else { return false }
    // A colon before everything makes a link of it that is shown.
    let prefix = input.trimmed(target.lowerBound..<colon)
    guard !prefix.isEmpty else { return false }
    switch WikitextNames.prefixes[prefix] ?? sitePrefixes?[prefix] {
    case .file?, .category?: return true
    // Codes are written small; `[[It: فيلم]]` is a title.
    case .language?: return prefix.allSatisfy { $0 >= 0x61 || $0 == 0x2D }
    case nil: return false
    }
  }

  // MARK: Tags

  private mutating func tag() {
    var nameStart = at + 1
    let isClosing = nameStart < end && input[nameStart] == 0x2F
    if isClosing { nameStart += 1 }
    guard let (name, element) = WikitextNames.element(input, at: nameStart) else { return literal() }
    var tagEnd = nameStart + name.count
    while tagEnd < end, input[tagEnd] != 0x3E, input[tagEnd] != 0x3C { tagEnd += 1 }
    work += tagEnd - at
    guard tagEnd < end, input[tagEnd] == 0x3E else { return literal() }
    at = tagEnd + 1
    switch element {
    case .inline, .dropped, .nowiki, .preformatted: break
    case .lineBreak: breakLine()
    case .block: breakLine()
    case .item: if isClosing { breakLine() } else { beginItem() }
    case .poem:
      isPoem = !isClosing
      breakLine()
    case .table:
      guard line != .heading, !isClosing || tableDepth > 0 else { return }
      if isClosing { closeTable() } else { openTable() }
      beginLine(.paragraph)
    }
  }
}
