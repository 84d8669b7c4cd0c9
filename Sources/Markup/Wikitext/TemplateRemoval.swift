import Glibc

/// The first pass over wikitext: takes out comments, templates, parser functions, arguments and the elements whose
/// content is no text, and protects what `<nowiki>` protects.
///
/// Double and triple braces are paired as MediaWiki's preprocessor pairs them (a run of opening braces is closed two or
/// three at a time), with one stack and one pass. What a template wrote is taken back when it closes, so braces that
/// are never closed cost the text nothing but themselves. The work is linear in the input: what was searched for in
/// vain is not searched for again, and text is moved for at most `deepestInline` levels of templates.
struct TemplateRemoval: ~Copyable {
  /// Opening braces that are not closed yet.
  private struct Frame {
    /// How many braces.
    var braces: Int
    /// Where in the output its content begins.
    var start: Int
    /// Its first bar among `bars`.
    var firstBar: Int
    /// Links that are open in it: their bars separate no arguments.
    var links = 0
  }

  /// Deepest nesting that is followed; MediaWiki itself gives up at 100.
  private static let deepest = 512
  /// Deepest nesting at which a template may leave text.
  private static let deepestInline = 24
  /// Most bars of a template that are remembered.
  private static let mostBars = 16

  private static let outside = ByteSet("{}<")
  private static let inside = ByteSet("{}<[]|")

  /// The text so far.
  private(set) var out = ByteSink()
  /// Bytes looked at or moved, counting again those looked at again.
  private(set) var work = 0

  private var input = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var at = 0
  private var frames: [Frame] = []
  private var bars: [Int] = []
  /// Opening pairs beyond `deepest`.
  private var unfollowed = 0
  /// Element names whose closing tag is known not to come any more.
  private var unclosed: [UnsafeBufferPointer<UInt8>] = []
  /// The next `>`, when it has been looked for.
  private var nextTagEnd = 0
  private var scratch = ByteSink()

  /// Goes over a text; what is left of it is in `out`.
  mutating func run(_ text: UnsafeBufferPointer<UInt8>) {
    input = text
    at = 0
    out.count = 0
    work = 0
    frames.removeAll(keepingCapacity: true)
    bars.removeAll(keepingCapacity: true)
    unclosed.removeAll(keepingCapacity: true)
    unfollowed = 0
    nextTagEnd = 0
    while at < input.count {
      let next = (frames.isEmpty ? Self.outside : Self.inside).first(in: input, from: at)
      out.append(input, at, next)
      work += next - at + 1
      at = next
      guard at < input.count else { break }
      switch input[at] {
      case 0x7B: open()
      case 0x7D: close()
      case 0x3C: angle()
      case 0x7C: bar()
      default: bracket()
      }
    }
  }

  /// How many equal bytes follow each other here.
  private mutating func runLength() -> Int {
    let byte = input[at]
    var end = at + 1
    while end < input.count, input[end] == byte { end += 1 }
    work += end - at
    return end - at
  }

  private mutating func open() {
    let length = runLength()
    if length < 2 {
      out.append(0x7B)
    } else if frames.count < Self.deepest {
      frames.append(Frame(braces: length, start: out.count, firstBar: bars.count))
    } else {
      unfollowed += length / 2
    }
    at += length
  }

  private mutating func close() {
    var length = runLength()
    at += length
    let skipped = min(unfollowed, length / 2)
    unfollowed -= skipped
    length -= 2 * skipped
    let hadFrames = !frames.isEmpty
    while length >= 2, var frame = frames.popLast() {
      let taken = min(frame.braces, length, 3)
      finish(frame, isArgument: taken == 3)
      bars.removeLast(bars.count - frame.firstBar)
      length -= taken
      frame.braces -= taken
      if frame.braces >= 2 {
        frame.links = 0
        frames.append(frame)
      }
    }
    if length == 1 { out.append(0x7D) }
    if hadFrames, frames.isEmpty { closeGap() }
  }

  private mutating func bar() {
    if let frame = frames.last, frame.links == 0, bars.count - frame.firstBar < Self.mostBars {
      bars.append(out.count)
    }
    out.append(0x7C)
    at += 1
  }

  private mutating func bracket() {
    let byte = input[at]
    out.append(byte)
    at += 1
    guard at < input.count, input[at] == byte else { return }
    out.append(byte)
    at += 1
    let top = frames.count - 1
    if byte == 0x5B {
      frames[top].links += 1
    } else if frames[top].links > 0 {
      frames[top].links -= 1
    }
  }

  /// Something between two blanks was taken out: one blank is enough, and none before a stop.
  private mutating func closeGap() {
    guard ASCII.isBlank(out.last) else { return }
    while at < input.count, input[at] == 0x20 { at += 1 }
    let isBeforeStop =
      at == input.count || input.has("،", at: at) || input.has("؛", at: at) || input.has(".", at: at)
      || input.has(",", at: at) || input.has(")", at: at) || input[at] == 0x0A
    if isBeforeStop { out.trimSpaces(downTo: 0) }
  }

  // MARK: Comments and elements

  private mutating func angle() {
    if input.has("<!--", at: at) { return comment() }
    var nameStart = at + 1
    let isClosing = nameStart < input.count && input[nameStart] == 0x2F
    if isClosing { nameStart += 1 }
    guard let (name, element) = WikitextNames.element(input, at: nameStart),
      let tagEnd = tagEnd(from: nameStart + name.count)
    else { return literal() }
    let isEmpty = input[tagEnd - 1] == 0x2F
    switch element {
    case .dropped:
      // A closing tag without its opening one, or the reverse: the tag alone goes.
      at = tagEnd + 1
      if !isClosing, !isEmpty, let end = closingTag(name, from: at) { at = end.upperBound }
      if frames.isEmpty { closeGap() }
    case .nowiki, .preformatted:
      at = tagEnd + 1
      guard !isClosing, !isEmpty, let end = closingTag(name, from: at) else { return }
      protect(at..<end.lowerBound, keepsLines: element == .preformatted)
      at = end.upperBound
    default: literal()
    }
  }

  /// A tag for the second pass, or no tag.
  private mutating func literal() {
    out.append(0x3C)
    at += 1
  }

  private mutating func comment() {
    var end = at + 4
    while let dash = input.next(0x2D, from: end) {
      end = dash + 1
      if input.has("-->", at: dash) { break }
    }
    // MediaWiki lets a comment that is not closed run to the end of the text.
    let after = input.has("->", at: end) ? end + 2 : input.count
    work += after - at
    at = after
    // A line of comments alone is no line.
    guard out.last == 0x0A else { return }
    var next = at
    while next < input.count, input[next] == 0x20 || input[next] == 0x09 { next += 1 }
    if next < input.count, input[next] == 0x0A, out.count > 0 { at = next + 1 }
  }

  /// The `>` that ends a tag.
  private mutating func tagEnd(from: Int) -> Int? {
    if nextTagEnd < from {
      nextTagEnd = input.next(0x3E, from: from) ?? input.count
      work += nextTagEnd - from
    }
    return nextTagEnd < input.count ? nextTagEnd : nil
  }

  /// Where the closing tag of an element stands.
  private mutating func closingTag(_ name: UnsafeBufferPointer<UInt8>, from: Int) -> Range<Int>? {
    if unclosed.contains(where: { Self.isEqual($0, name) }) { return nil }
    var next = from
    while let bracket = input.next(0x3C, from: next) {
      next = bracket + 1
      guard input.has("/", at: next), input.count - next - 1 >= name.count else { continue }
      let written = UnsafeBufferPointer(rebasing: input[(next + 1)..<(next + 1 + name.count)])
      guard Self.isEqual(written, name) else { continue }
      var end = next + 1 + name.count
      while end < input.count, ASCII.isBlank(input[end]) { end += 1 }
      work += end - next
      guard end < input.count, input[end] == 0x3E else { continue }
      work += bracket - from
      return bracket..<(end + 1)
    }
    work += input.count - from
    unclosed.append(name)
    return nil
  }

  private static func isEqual(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool
  {
    guard one.count == other.count else { return false }
    for index in 0..<one.count where ASCII.lowercased(one[index]) != ASCII.lowercased(other[index]) {
      return false
    }
    return true
  }

  /// Writes text so that the second pass finds no markup in it: what could be some becomes a character reference.
  private mutating func protect(_ range: Range<Int>, keepsLines: Bool) {
    work += range.count
    for index in range {
      let byte = input[index]
      switch byte {
      case 0x0A where keepsLines: out.append("<br>")
      case 0x21, 0x27, 0x28, 0x29, 0x2A, 0x2D, 0x3A, 0x3C, 0x3D, 0x3E, 0x5B, 0x5D, 0x5F, 0x7B, 0x7C, 0x7D:
        escape(byte)
      // References stay references.
      case 0x23, 0x3B: if out.last == 0x0A { escape(byte) } else { out.append(byte) }
      default: out.append(byte)
      }
    }
  }

  private mutating func escape(_ byte: UInt8) {
    out.append("&#")
    out.append(0x30 + byte / 100)
    out.append(0x30 + byte / 10 % 10)
    out.append(0x30 + byte % 10)
    out.append(0x3B)
  }

  // MARK: Templates that leave text

  /// Takes a template's text back, or leaves of it what stands for it.
  private mutating func finish(_ frame: Frame, isArgument: Bool) {
    defer { work += 1 }
    let nameEnd = bars.count > frame.firstBar ? bars[frame.firstBar] : out.count
    guard !isArgument, frames.count < Self.deepestInline, nameEnd - frame.start <= 128 else {
      out.count = frame.start
      return
    }
    let arguments = TemplateArguments(out.bytes, frame.start..<nameEnd, bars[frame.firstBar...])
    guard let kind = arguments.kind else {
      out.count = frame.start
      return
    }
    scratch.count = 0
    let followsBracket = frame.start > 0 && out.base[frame.start - 1] == 0x28
    arguments.write(kind, into: &scratch, isInBrackets: followsBracket)
    work += out.count - frame.start + scratch.count
    out.count = frame.start
    out.append(scratch.bytes)
  }
}

extension WikitextNames {
  /// Longest name of an element, in bytes.
  private static let longestElement = 24

  /// The element whose name stands somewhere.
  static func element(
    _ input: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> (name: UnsafeBufferPointer<UInt8>, element: Element)? {
    var end = start
    while end < input.count, end - start < longestElement,
      ASCII.isLetter(input[end]) || input[end] >= 0x80 || (end > start && ASCII.isDigit(input[end]))
    { end += 1 }
    guard end > start, end < input.count else { return nil }
    let name = UnsafeBufferPointer(rebasing: input[start..<end])
    return elements[name].map { (name, $0) }
  }
}
