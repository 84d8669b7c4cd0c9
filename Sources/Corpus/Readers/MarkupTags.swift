/// Something between angle brackets in an article's element.
struct MarkupTag {
  enum Kind { case start, end, empty, data, hidden }

  var kind: Kind
  /// From its `<` to behind its `>`.
  var range: Range<Int>
  /// Its name; of a CDATA section its text.
  var name: Range<Int>
  /// Whether the element is part of a line.
  var isInline = false
}

/// Finds the tags of an article's element.
struct MarkupTagScanner {
  /// What is wrong with the markup, and where.
  struct Fault: Error {
    var detail: String
    var at: Int
  }

  let isSGML: Bool
  /// What was looked for up to the end in vain: a text full of openings would be gone through for each.
  private var missing: Set<UInt8> = []

  init(isSGML: Bool) { self.isSGML = isSGML }

  /// Appends the tags. A `<` that begins no tag is text.
  ///
  /// - Throws: `Fault`, for XML only, at a section or tag that is not closed.
  mutating func scan(_ text: UnsafeBufferPointer<UInt16>, into tags: inout [MarkupTag]) throws(Fault) {
    var at = 0
    while true {
      at = MarkupText.index(of: 0x3C, in: text, from: at, to: text.count)
      guard at + 1 < text.count else { return }
      let next = text[at + 1]
      if next == 0x21 || next == 0x3F {
        at = try special(text, at, &tags)
        continue
      }
      let isEnd = next == 0x2F
      let nameStart = isEnd ? at + 2 : at + 1
      guard nameStart < text.count, MarkupText.beginsName(text[nameStart]) else {
        at += 1
        continue
      }
      var nameEnd = nameStart
      while nameEnd < text.count, !MarkupText.isBlank(text[nameEnd]), text[nameEnd] != 0x3E,
        text[nameEnd] != 0x2F,
        text[nameEnd] != 0x3C
      {
        nameEnd += 1
      }
      guard let close = tagEnd(text, from: nameEnd) else {
        if !isSGML { throw Fault(detail: "a tag is not closed", at: at) }
        at = nameEnd
        continue
      }
      let isEmpty = !isEnd && text[close - 2] == 0x2F
      tags.append(
        MarkupTag(
          kind: isEnd ? .end : isEmpty ? .empty : .start, range: at..<close, name: nameStart..<nameEnd))
      at = close
    }
  }

  /// Passes over a comment, CDATA section, declaration or instruction; returns where it ends.
  private mutating func special(
    _ text: UnsafeBufferPointer<UInt16>, _ at: Int, _ tags: inout [MarkupTag]
  ) throws(Fault) -> Int {
    if MarkupText.has("<![CDATA[", in: text, at: at) {
      guard let end = end("]]>", in: text, from: at + 9) else {
        if !isSGML { throw Fault(detail: "a CDATA section is not closed", at: at) }
        return at + 1
      }
      tags.append(MarkupTag(kind: .data, range: at..<(end + 3), name: (at + 9)..<end))
      return end + 3
    }
    let isComment = MarkupText.has("<!--", in: text, at: at)
    guard isComment || text[at + 1] == 0x3F || at + 2 < text.count && MarkupText.beginsName(text[at + 2])
    else {
      return at + 1
    }
    let mark: StaticString = isComment ? "-->" : text[at + 1] == 0x3F && !isSGML ? "?>" : ">"
    guard let end = end(mark, in: text, from: at + (isComment ? 4 : 2)) else {
      if !isSGML { throw Fault(detail: "a comment or instruction is not closed", at: at) }
      return at + 1
    }
    let close = end + mark.utf8CodeUnitCount
    tags.append(MarkupTag(kind: .hidden, range: at..<close, name: at..<at))
    return close
  }

  private mutating func end(
    _ mark: StaticString, in text: UnsafeBufferPointer<UInt16>, from: Int
  ) -> Int? {
    let key = mark.utf8Start.pointee
    if missing.contains(key) { return nil }
    let found = MarkupText.start(of: mark, in: text, from: from)
    if found == nil { missing.insert(key) }
    return found
  }

  /// Behind the `>` of a tag; quoted values may hold one. Nil when another tag begins before.
  private func tagEnd(_ text: UnsafeBufferPointer<UInt16>, from: Int) -> Int? {
    var quote: UInt16 = 0
    var at = from
    var unquotedEnd: Int?
    while at < text.count {
      let unit = text[at]
      if unit == 0x3C { return unquotedEnd }
      if unit == 0x3E {
        if quote == 0 { return at + 1 }
        unquotedEnd = unquotedEnd ?? at + 1
      }
      if quote != 0 {
        if unit == quote { quote = 0 }
      } else if unit == 0x22 || unit == 0x27, at > from,
        text[at - 1] == 0x3D || MarkupText.isBlank(text[at - 1])
      {
        quote = unit
      }
      at += 1
    }
    return unquotedEnd
  }
}
