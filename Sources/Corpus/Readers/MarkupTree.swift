/// The elements of an article, in the order they begin.
struct MarkupTree {
  struct Node {
    /// Index of its start tag.
    var tag: Int
    /// Index of the element around it; -1 for the article's own.
    var parent: Int
    /// What is between its tags.
    var content: Range<Int>
    /// Index of the tag after its content.
    var endTag: Int
    var hasEnd = false
    var isLeaf = true
  }

  /// Deepest nesting.
  static let deepest = 256

  private(set) var nodes: [Node] = []
  private var open: [Int] = []

  /// Makes a tree of tags. `tags[0]` is the article's start tag.
  ///
  /// In XML every element must be closed. In SGML one without an end tag ends at the next tag that is not part of a
  /// line, and an end tag without an element is passed over.
  mutating func build(
    _ text: UnsafeBufferPointer<UInt16>, _ tags: [MarkupTag], isSGML: Bool
  ) throws(MarkupTagScanner.Fault) {
    nodes.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    for (index, tag) in tags.enumerated() {
      switch tag.kind {
      case .data, .hidden: continue
      case .start, .empty:
        // Deeper, an element of SGML is taken for one without an end tag.
        if open.count >= Self.deepest {
          if !isSGML {
            throw MarkupTagScanner.Fault(
              detail: "elements are nested deeper than \(Self.deepest)", at: tag.range.lowerBound)
          }
          open.remove(at: 1)
        }
        nodes.append(
          Node(
            tag: index, parent: open.last ?? -1, content: tag.range.upperBound..<tag.range.upperBound,
            endTag: index + 1, hasEnd: tag.kind == .empty))
        if tag.kind == .start { open.append(nodes.count - 1) }
      case .end:
        let found = open.lastIndex { node in
          MarkupText.isEqual(text, tags[nodes[node].tag].name, text[tag.name], ignoringCase: isSGML)
        }
        guard let found, isSGML || found == open.count - 1 else {
          if isSGML { continue }
          throw MarkupTagScanner.Fault(
            detail: "an end tag does not belong to the last open element", at: tag.range.lowerBound)
        }
        let node = open[found]
        nodes[node].hasEnd = true
        nodes[node].content = nodes[node].content.lowerBound..<tag.range.lowerBound
        nodes[node].endTag = index
        open.removeSubrange(found...)
      }
    }
    if !isSGML, !open.isEmpty {
      throw MarkupTagScanner.Fault(
        detail: "the element is not closed: the input may have been cut off", at: text.count)
    }
    closeOpen(text, tags)
    adopt(tags)
  }

  /// Gives elements without an end tag their end: the next tag that is not part of a line.
  private mutating func closeOpen(_ text: UnsafeBufferPointer<UInt16>, _ tags: [MarkupTag]) {
    var next = tags.count
    var tag = tags.count - 1
    for index in nodes.indices.reversed() {
      while tag > nodes[index].tag {
        if !tags[tag].isInline, tags[tag].kind != .data, tags[tag].kind != .hidden { next = tag }
        tag -= 1
      }
      guard !nodes[index].hasEnd else { continue }
      // The article's own element ends with the record.
      let isRoot = index == 0
      let end = isRoot || next == tags.count ? text.count : tags[next].range.lowerBound
      nodes[index].endTag = isRoot ? tags.count : next
      nodes[index].content = nodes[index].content.lowerBound..<max(nodes[index].content.lowerBound, end)
    }
  }

  /// Finds the parents anew: an element without an end tag may have ended before what seemed to be its children.
  private mutating func adopt(_ tags: [MarkupTag]) {
    for index in nodes.indices.dropFirst() {
      var parent = nodes[index].parent
      while parent > 0, nodes[parent].content.upperBound <= tags[nodes[index].tag].range.lowerBound {
        parent = nodes[parent].parent
      }
      nodes[index].parent = max(0, parent)
      if !tags[nodes[index].tag].isInline { nodes[max(0, parent)].isLeaf = false }
    }
  }
}
