/// Text on its way from inline pieces to lines: white space is collapsed, and between two pieces stands the strongest
/// break asked for since the last one, as in the HTML Standard's "rendered text collection steps" (`innerText`).
struct TextFlow {
  /// What stands between two pieces of text; the stronger one wins.
  enum Break: Int, Comparable {
    case none, space, cell, line, paragraph

    static func < (a: Break, b: Break) -> Bool { a.rawValue < b.rawValue }
  }

  /// UTF-8.
  private(set) var bytes: [UInt8] = []
  private var pending = Break.none
  /// Whether the next text begins a list item.
  private var isItemPending = false

  var isEmpty: Bool { bytes.isEmpty }
  var count: Int { bytes.count }

  mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    pending = .none
    isItemPending = false
  }

  /// Takes away everything from an offset on.
  mutating func truncate(to count: Int) {
    bytes.removeLast(bytes.count - min(count, bytes.count))
    pending = .paragraph
    isItemPending = false
  }

  /// Asks for a break before the next text. A list item's bullet stays with its first line.
  mutating func need(_ wanted: Break) {
    pending = max(pending, isItemPending ? min(wanted, .line) : wanted)
  }

  /// A `br`: the second in a row makes a blank line.
  mutating func breakLine() { need(pending >= .line ? .paragraph : .line) }

  mutating func beginItem() {
    need(.line)
    isItemPending = true
  }

  mutating func endItem() {
    isItemPending = false
    need(.line)
  }

  /// Appends text.
  ///
  /// - Parameter keepsLines: whether line feeds are line ends (`pre`).
  mutating func append(_ text: UnsafeBufferPointer<UInt8>, keepsLines: Bool = false) {
    var at = 0
    while at < text.count {
      let width = TextFlow.blank(text, at)
      if width > 0 {
        if keepsLines, text[at] == 0x0A {
          breakLine()
        } else {
          need(.space)
        }
        at += width
        continue
      }
      let start = at
      repeat { at += 1 } while at < text.count && TextFlow.blank(text, at) == 0
      begin(UnsafeBufferPointer(rebasing: text[start..<at]))
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<at]))
    }
  }

  /// Bytes of the white space at an index; 0 when there is none. A no-break space is one: pages fill empty
  /// paragraphs and align with it.
  @inline(__always)
  private static func blank(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    let byte = text[at]
    if byte <= 0x20 { return 1 }
    return byte == 0xC2 && at + 1 < text.count && text[at + 1] == 0xA0 ? 2 : 0
  }

  @inline(__always)
  private mutating func begin(_ word: UnsafeBufferPointer<UInt8>) {
    if pending == .none, !isItemPending { return }
    if !bytes.isEmpty {
      switch pending {
      case .none: break
      case .space: bytes.append(0x20)
      case .cell: bytes.append(0x09)
      case .line: bytes.append(0x0A)
      case .paragraph: bytes.append(contentsOf: [0x0A, 0x0A])
      }
    }
    pending = .none
    guard isItemPending else { return }
    isItemPending = false
    // Some pages write the bullet themselves.
    let bullet: [UInt8] = [0xE2, 0x80, 0xA2]
    if !word.starts(with: bullet) { bytes.append(contentsOf: bullet + [0x20]) }
  }
}
