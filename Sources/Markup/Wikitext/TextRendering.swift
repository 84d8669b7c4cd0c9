/// The second pass: wikitext without templates to lines of plain text.
///
/// One walk over the input with one output buffer. Links, tables and headings remember where in the output they began;
/// a picture, a category, a table or a heading with nothing below it is taken back by going there again. Nothing is
/// moved, and no byte is looked at more than a fixed number of times.
///
/// Lines follow what a reader sees: lines of a paragraph are joined, items and headings stand by themselves, a blank
/// line stays one. This file has the lines, `TextRendering+Inline.swift` what stands in them.
struct TextRendering: ~Copyable {
  /// What a line of output is.
  enum Line { case paragraph, item, heading, own }

  /// A position to go back to.
  struct Mark {
    /// Where in the output.
    var position: Int
    /// The line it is in.
    var lineStart: Int
    var lineBody: Int
    var line: Line
  }

  /// A link that is open.
  struct Link {
    enum Kind { case text, dropped, external }
    var kind: Kind
    var mark: Mark
    /// Its target, for a link whose words are left out.
    var target: Range<Int>
  }

  /// The text so far.
  var out = ByteSink()
  /// Bytes looked at, counting again those looked at again.
  var work = 0
  var input = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  var at = 0
  /// End of what is being looked at: of the input, or of a heading.
  var end = 0
  var links: [Link] = []
  /// Links beyond the deepest nesting.
  var unfollowedLinks = 0
  var tableDepth = 0
  /// Namespaces of this site that hold files or categories.
  var sitePrefixes: WordTable<WikitextNames.Prefix>?
  var isPoem = false
  /// Where the current line begins: before what separates it from the one before, and behind that.
  private(set) var lineStart = 0
  private(set) var lineBody = 0
  private(set) var line = Line.paragraph
  private var table = Mark(position: 0, lineStart: 0, lineBody: 0, line: .paragraph)
  private var lastLine = Line.paragraph
  private var hasBlank = false
  private var hasBreak = false
  /// Headings with nothing below them so far: level, and where in the output they begin.
  private var bareHeadings: [(level: Int, start: Int)] = []

  /// Goes over a text; what comes of it is in `out`, without a line end behind it.
  mutating func run(_ text: UnsafeBufferPointer<UInt8>) {
    input = text
    at = 0
    end = text.count
    work = 0
    out.count = 0
    links.removeAll(keepingCapacity: true)
    bareHeadings.removeAll(keepingCapacity: true)
    (unfollowedLinks, tableDepth, lineStart, lineBody) = (0, 0, 0, 0)
    (line, lastLine, isPoem, hasBlank, hasBreak) = (.paragraph, .paragraph, false, false, false)
    while at < end { block() }
    dropOpenLinks()
    if tableDepth > 0, out.count > table.position { bareHeadings.removeAll() }
    if let bare = bareHeadings.first { out.count = bare.start }
    while out.count > 0, ASCII.isBlank(out.last) { out.count -= 1 }
  }

  // MARK: Lines of the input

  /// One line of wikitext, from its first byte.
  private mutating func block() {
    var next = at
    while next < end, input[next] == 0x20 || input[next] == 0x09 || input[next] == 0x0D { next += 1 }
    work += next - at + 1
    guard next < end, input[next] != 0x0A else {
      at = min(next + 1, end)
      dropOpenLinks()
      hasBlank = true
      return
    }
    let isIndented = next > at
    switch input[next] {
    case 0x7C:  // a bar: a row or the end of a table, or what a template that was never closed left
      at = next
      if tableDepth > 0, input.has("|}", at: next) {
        at = next + 2
        closeTable()
        beginLine(.paragraph)
        return inline()
      }
      return skipLine()
    case 0x21 where tableDepth > 0:
      at = next
      return skipLine()
    case 0x7B where input.has("{|", at: next):
      at = next
      openTable()
      return skipLine()
    case 0x3D where !isIndented:
      if heading() { return }
    case 0x2A, 0x23, 0x3A, 0x3B:
      if !isIndented { return item() }
    case 0x2D where !isIndented && input.has("----", at: next):
      while next < end, input[next] == 0x2D { next += 1 }
      hasBlank = true
    default: break
    }
    at = next
    beginLine(isIndented || isPoem ? .own : .paragraph)
    inline()
  }

  private mutating func skipLine() {
    let lineEnd = input.next(0x0A, from: at).map { min($0 + 1, end) } ?? end
    work += lineEnd - at
    at = lineEnd
  }

  /// An item of a list, a definition, or an indented line.
  private mutating func item() {
    var marks = at
    while marks < end,
      input[marks] == 0x2A || input[marks] == 0x23 || input[marks] == 0x3A || input[marks] == 0x3B
    {
      marks += 1
    }
    work += marks - at
    let mark = input[marks - 1]
    at = marks
    while at < end, input[at] == 0x20 { at += 1 }
    // A table may be indented.
    if mark == 0x3A, input.has("{|", at: at) {
      openTable()
      return skipLine()
    }
    beginLine(mark == 0x2A || mark == 0x23 ? .item : .own)
    guard mark == 0x3B, let colon = definition() else { return inline() }
    let whole = end
    end = colon
    inline()
    end = whole
    endLine()
    at = colon + 1
    while at < end, input[at] == 0x20 { at += 1 }
    beginLine(.own)
    inline()
  }

  /// The colon between a term and its definition on one line, outside of links.
  private mutating func definition() -> Int? {
    var depth = 0
    var next = at
    defer { work += next - at }
    while next < end, input[next] != 0x0A {
      switch input[next] {
      case 0x5B: depth += 1
      case 0x5D: depth -= 1
      case 0x3A where depth <= 0 && !input.has("://", at: next): return next
      default: break
      }
      next += 1
    }
    return nil
  }

  /// A heading, if the line is one: signs at both ends.
  private mutating func heading() -> Bool {
    let lineEnd = input.next(0x0A, from: at).map { min($0, end) } ?? end
    work += lineEnd - at
    var last = lineEnd
    while last > at, ASCII.isBlank(input[last - 1]) { last -= 1 }
    var before = 0
    while at + before < last, input[at + before] == 0x3D { before += 1 }
    var after = 0
    while last - after > at, input[last - after - 1] == 0x3D { after += 1 }
    // Signs alone: the middle one is the heading.
    let level = before == last - at ? min(6, (before - 1) / 2) : min(6, before, after)
    guard level > 0 else { return false }
    dropOpenLinks()
    abandonTable()
    while let bare = bareHeadings.last, bare.level >= level {
      out.count = bare.start
      bareHeadings.removeLast()
    }
    let start = out.count
    beginLine(.heading)
    let whole = end
    at += level
    end = last - level
    inline()
    dropOpenLinks()
    endLine()
    end = whole
    at = min(lineEnd + 1, end)
    if out.count > start { bareHeadings.append((level, start)) }
    return true
  }

  // MARK: Tables

  mutating func openTable() {
    if tableDepth == 0 {
      dropOpenLinks()
      table = mark
    }
    tableDepth += 1
  }

  mutating func closeTable() {
    tableDepth -= 1
    guard tableDepth == 0 else { return }
    links.removeAll(keepingCapacity: true)
    unfollowedLinks = 0
    goBack(to: table)
    hasBlank = true
  }

  /// A table that was never closed must not swallow what comes behind it.
  private mutating func abandonTable() {
    guard tableDepth > 0 else { return }
    tableDepth = 0
    if out.count > table.position { bareHeadings.removeAll(keepingCapacity: true) }
  }

  // MARK: Lines of the output

  /// Where we are.
  var mark: Mark { Mark(position: out.count, lineStart: lineStart, lineBody: lineBody, line: line) }

  /// Takes back everything written since.
  mutating func goBack(to mark: Mark) {
    out.count = min(out.count, mark.position)
    (lineStart, lineBody, line) = (mark.lineStart, mark.lineBody, mark.line)
  }

  /// Begins a line of output, after the blanks that separate it from the one before.
  mutating func beginLine(_ kind: Line) {
    lineStart = out.count
    line = kind
    if out.count > 0 {
      if kind == .heading || (hasBlank && lastLine != .heading && !(kind == .item && lastLine == .item)) {
        out.append("\n\n")
      } else if kind == .paragraph, lastLine == .paragraph, !hasBreak {
        out.append(0x20)
      } else {
        out.append(0x0A)
      }
    }
    if kind == .item { out.append("• ") }
    lineBody = out.count
  }

  /// Ends the line of output; one with nothing in it is taken back.
  mutating func endLine() {
    out.trimSpaces(downTo: lineBody)
    guard out.count > lineBody else {
      out.count = min(out.count, lineStart)
      lineBody = out.count
      return
    }
    lastLine = line
    hasBlank = false
    hasBreak = false
    if line != .heading, tableDepth == 0, !links.contains(where: { $0.kind == .dropped }) {
      bareHeadings.removeAll(keepingCapacity: true)
    }
    lineStart = out.count
    lineBody = out.count
  }

  /// A line end within a paragraph, item or cell.
  mutating func breakLine() {
    if line == .heading { return out.append(0x20) }
    if hasBreak, out.count == lineBody { hasBlank = true }
    endLine()
    hasBreak = true
    beginLine(.paragraph)
  }

  /// What comes next is a paragraph of its own.
  mutating func partParagraphs() { hasBlank = true }

  /// Begins an item of an HTML list.
  mutating func beginItem() {
    guard line != .heading else { return }
    endLine()
    beginLine(.item)
  }

  /// Links end with the paragraph at the latest. Of a picture that was never closed the paragraph goes; of other links
  /// the words stay.
  private mutating func dropOpenLinks() {
    unfollowedLinks = 0
    if let picture = links.first(where: { $0.kind == .dropped }) { goBack(to: picture.mark) }
    links.removeAll(keepingCapacity: true)
    endLine()
  }
}
