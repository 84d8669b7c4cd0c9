import ArabicText

/// Takes id, title, text and the rest out of an article's element.
struct ElementFields {
  /// What was found.
  struct Values {
    var id: String?
    var title: [UInt16] = []
    /// Nil when no element of the text is there.
    var text: [UInt16]?
    var meta: [UInt8] = []
  }

  private let id: [ElementPath]
  private let title: [ElementPath]
  private let text: [ElementPath]
  private let isSGML: Bool
  private let joinsLines: Bool
  private let inline: Set<[UInt16]>

  init(_ options: ElementOptions) {
    id = options.id.map(ElementPath.init)
    title = options.title.map(ElementPath.init)
    text = options.text.map(ElementPath.init)
    isSGML = options.isSGML
    joinsLines = options.joinsLines
    // A name that the config mentions is an element of its own.
    let named = Set((id + title + text).flatMap(\.names).map { $0.map(MarkupText.lower) })
    inline = Set(MarkupText.inline.map { Array($0.utf16) }).subtracting(named)
  }

  /// Marks the tags that are part of a line.
  func markInline(_ text: UnsafeBufferPointer<UInt16>, _ tags: inout [MarkupTag]) {
    for index in tags.indices where tags[index].name.count <= 8 && tags[index].kind != .data {
      tags[index].isInline = inline.contains(text[tags[index].name].map(MarkupText.lower))
    }
  }

  func values(
    _ units: UnsafeBufferPointer<UInt16>, _ tags: [MarkupTag], _ nodes: [MarkupTree.Node],
    _ json: inout JSONWriter
  ) -> Values {
    var values = Values()
    guard !nodes.isEmpty else { return values }
    let source = Source(units: units, tags: tags, nodes: nodes)
    var isTaken = [Bool](repeating: false, count: nodes.count)
    var attributesTaken: [[UInt16]] = []
    for path in id {
      guard let found = first(path, source, &isTaken, &attributesTaken) else { continue }
      let value = String(decoding: found.filter { !MarkupText.isBlank($0) || $0 == 0x20 }, as: UTF16.self)
      if value.isEmpty { continue }
      values.id = value
      break
    }
    for path in title {
      guard let found = first(path, source, &isTaken, &attributesTaken), !found.isEmpty else { continue }
      values.title = found
      break
    }
    values.text = texts(source, &isTaken)
    values.meta = meta(source, isTaken, attributesTaken, &json)
    return values
  }

  private struct Source {
    let units: UnsafeBufferPointer<UInt16>
    let tags: [MarkupTag]
    let nodes: [MarkupTree.Node]
  }

  /// The value of the first element or attribute on a path, blanks at its ends removed.
  private func first(
    _ path: ElementPath, _ source: Source, _ isTaken: inout [Bool], _ attributesTaken: inout [[UInt16]]
  ) -> [UInt16]? {
    for node in source.nodes.indices where isMatch(path, node, source) {
      if let name = path.attribute {
        guard let value = attribute(name, of: node, source) else { continue }
        if node == 0 { attributesTaken.append(name) }
        return value
      }
      isTaken[node] = true
      var value: [UInt16] = []
      append(node, source, to: &value)
      // Titles and ids are wrapped where the file's lines end, not where they mean it.
      for index in value.indices where value[index] == 0x0A { value[index] = 0x20 }
      return value
    }
    return nil
  }

  /// All texts, joined by line ends.
  private func texts(_ source: Source, _ isTaken: inout [Bool]) -> [UInt16]? {
    var result: [UInt16]?
    var end = 0
    for node in source.nodes.indices {
      let start = source.nodes[node].content.lowerBound
      // An element inside one that has been taken is part of it.
      guard start >= end, text.contains(where: { $0.attribute == nil && isMatch($0, node, source) }) else {
        continue
      }
      end = source.nodes[node].content.upperBound
      isTaken[node] = true
      var value: [UInt16] = []
      append(node, source, to: &value)
      if value.isEmpty {
        result = result ?? []
        continue
      }
      if let before = result, !before.isEmpty { result?.append(0x0A) }
      if result == nil { result = value } else { result?.append(contentsOf: value) }
    }
    return result
  }

  private func isMatch(_ path: ElementPath, _ node: Int, _ source: Source) -> Bool {
    if path.isRoot { return node == 0 }
    var node = node
    for name in path.names.reversed() {
      guard node >= 0,
        MarkupText.isEqual(
          source.units, source.tags[source.nodes[node].tag].name, name, ignoringCase: isSGML)
      else { return false }
      node = source.nodes[node].parent
    }
    return true
  }

  /// Appends what an element holds, without blanks at its ends; tags that are not part of a line begin a new one.
  private func append(_ node: Int, _ source: Source, to out: inout [UInt16]) {
    let content = source.nodes[node].content
    var at = content.lowerBound
    let first = source.nodes[node].tag + 1
    for tag in source.tags[first..<max(first, source.nodes[node].endTag)] {
      guard tag.range.lowerBound >= at else { continue }
      appendText(source.units, at..<tag.range.lowerBound, to: &out)
      switch tag.kind {
      case .hidden: break
      case .data: out.append(contentsOf: source.units[tag.name])
      case .start, .end, .empty:
        if !tag.isInline, let last = out.last, last != 0x0A { out.append(0x0A) }
      }
      at = tag.range.upperBound
    }
    if at < content.upperBound { appendText(source.units, at..<content.upperBound, to: &out) }
    while let last = out.last, MarkupText.isBlank(last) { out.removeLast() }
    let blanks = out.prefix { MarkupText.isBlank($0) }.count
    if blanks > 0 { out.removeFirst(blanks) }
  }

  /// Appends text, entities decoded.
  private func appendText(_ units: UnsafeBufferPointer<UInt16>, _ range: Range<Int>, to out: inout [UInt16]) {
    let begin = out.count
    var at = range.lowerBound
    while at < range.upperBound {
      let ampersand = MarkupText.index(of: 0x26, in: units, from: at, to: range.upperBound)
      out.append(contentsOf: units[at..<ampersand])
      guard ampersand < range.upperBound else { break }
      if let entity = HTMLEntity.character(units, after: ampersand + 1), entity.end <= range.upperBound {
        MarkupText.append(entity.value, to: &out)
        at = entity.end
      } else {
        out.append(0x26)
        at = ampersand + 1
      }
    }
    guard joinsLines else { return }
    for index in begin..<out.count where out[index] == 0x0A || out[index] == 0x0D { out[index] = 0x20 }
  }

  /// An attribute's value; nil when the element does not have it.
  private func attribute(_ name: [UInt16], of node: Int, _ source: Source) -> [UInt16]? {
    var result: [UInt16]?
    forEachAttribute(of: node, source) { range, value in
      if result == nil, MarkupText.isEqual(source.units, range, name, ignoringCase: isSGML) {
        result = decoded(source.units, value)
      }
    }
    return result
  }

  private func decoded(_ units: UnsafeBufferPointer<UInt16>, _ range: Range<Int>) -> [UInt16] {
    var value: [UInt16] = []
    appendText(units, range, to: &value)
    return value
  }

  private func forEachAttribute(of node: Int, _ source: Source, _ body: (Range<Int>, Range<Int>) -> Void) {
    let units = source.units
    let tag = source.tags[source.nodes[node].tag]
    let end = tag.range.upperBound - 1
    var at = tag.name.upperBound
    while at < end {
      if MarkupText.isBlank(units[at]) || units[at] == 0x2F {
        at += 1
        continue
      }
      let nameStart = at
      while at < end, !MarkupText.isBlank(units[at]), units[at] != 0x3D { at += 1 }
      let name = nameStart..<at
      while at < end, MarkupText.isBlank(units[at]) { at += 1 }
      guard at < end, units[at] == 0x3D else {
        if !name.isEmpty { body(name, at..<at) }
        continue
      }
      at += 1
      while at < end, MarkupText.isBlank(units[at]) { at += 1 }
      let quote = at < end ? units[at] : 0
      if quote == 0x22 || quote == 0x27 {
        let value = at + 1
        at = MarkupText.index(of: quote, in: units, from: value, to: end)
        body(name, value..<at)
        at += 1
      } else {
        let value = at
        while at < end, !MarkupText.isBlank(units[at]) { at += 1 }
        body(name, value..<at)
      }
    }
  }

  /// The attributes of the article's element as `@name`, and its leaves by their dotted paths; repeated ones as arrays.
  private func meta(
    _ source: Source, _ isTaken: [Bool], _ attributesTaken: [[UInt16]], _ json: inout JSONWriter
  ) -> [UInt8] {
    var names: [String] = []
    var values: [[[UInt16]]] = []
    var places: [String: Int] = [:]
    func add(_ name: String, _ value: [UInt16]) {
      if let place = places[name] {
        values[place].append(value)
      } else {
        places[name] = names.count
        names.append(name)
        values.append([value])
      }
    }
    forEachAttribute(of: 0, source) { name, value in
      if attributesTaken.contains(where: { MarkupText.isEqual(source.units, name, $0, ignoringCase: isSGML) })
      {
        return
      }
      add("@" + String(decoding: source.units[name], as: UTF16.self), decoded(source.units, value))
    }
    var takenEnd = 0
    for node in source.nodes.indices.dropFirst() {
      let tag = source.tags[source.nodes[node].tag]
      if tag.range.lowerBound < takenEnd { continue }
      if isTaken[node] {
        takenEnd = source.nodes[node].content.upperBound
        continue
      }
      guard source.nodes[node].isLeaf, !tag.isInline else { continue }
      var value: [UInt16] = []
      append(node, source, to: &value)
      add(path(node, source), value)
    }
    if names.isEmpty { return [] }
    json.removeAll()
    json.beginObject()
    for (name, texts) in zip(names, values) {
      json.key(string: name)
      if texts.count > 1 { json.beginArray() }
      for text in texts { text.withUnsafeBufferPointer { json.string(utf16: $0) } }
      if texts.count > 1 { json.endArray() }
    }
    json.endObject()
    return json.bytes
  }

  private func path(_ node: Int, _ source: Source) -> String {
    var parts: [String] = []
    var node = node
    while node > 0 {
      parts.append(String(decoding: source.units[source.tags[source.nodes[node].tag].name], as: UTF16.self))
      node = source.nodes[node].parent
    }
    return parts.reversed().joined(separator: ".")
  }
}

extension MarkupText {
  /// Appends a character.
  static func append(_ value: UInt32, to out: inout [UInt16]) {
    if value > 0xFFFF { out.append(UInt16(0xD7C0 + (value >> 10))) }
    out.append(UInt16(value > 0xFFFF ? 0xDC00 | (value & 0x3FF) : value))
  }
}
