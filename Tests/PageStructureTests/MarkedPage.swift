import Foundation
import PageStructure

/// A page made by hand, with what each stretch of it is.
///
/// The format: lines that begin with `# ` at the top are remarks. A line `@kind` opens a block, the lines up to the next
/// such line are its text; `@kind ~` opens one that goes on in the line of the block before. `title2` and `body2` belong
/// to the second article of a page.
struct MarkedPage {
  let name: String
  /// The page as the analyzer gets it.
  private(set) var units: [UInt16] = []
  /// What each unit is; nil between blocks.
  private(set) var labels: [String?] = []

  init(name: String, marked: String) throws {
    self.name = name
    var label: String?
    var isFirstLine = true
    var joins = false
    for line in marked.split(separator: "\n", omittingEmptySubsequences: false) {
      if label == nil, line.hasPrefix("# ") || line.isEmpty { continue }
      if line.hasPrefix("@") {
        let parts = line.dropFirst().split(separator: " ")
        guard let kind = parts.first.map(String.init), Self.kinds.contains(kind) else {
          throw MarkupError(page: name, line: String(line))
        }
        label = kind
        joins = parts.count > 1
        continue
      }
      guard let label else { throw MarkupError(page: name, line: String(line)) }
      if !isFirstLine {
        // A blank takes the place of the line end where a block goes on in the same line.
        append(joins ? " " : "\n", nil)
      }
      isFirstLine = false
      joins = false
      append(String(line), label)
    }
    while labels.last == .some(nil) || units.last == 0x0A {
      units.removeLast()
      labels.removeLast()
    }
  }

  private mutating func append(_ text: String, _ label: String?) {
    units += Array(text.utf16)
    labels += Array(repeating: label, count: text.utf16.count)
  }

  static let kinds = Set(BlockKind.allCases.map(\.rawValue) + ["title2", "body2"])

  struct MarkupError: Error {
    var page: String
    var line: String
  }

  /// All pages of a folder, by name.
  static func all(in folder: URL) throws -> [MarkedPage] {
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return try files.filter { $0.pathExtension == "txt" }.sorted {
      $0.lastPathComponent < $1.lastPathComponent
    }.map {
      try MarkedPage(
        name: $0.deletingPathExtension().lastPathComponent, marked: String(contentsOf: $0, encoding: .utf8))
    }
  }

  /// What blocks say each unit is.
  static func labels(_ blocks: [PageBlock], count: Int) -> [String?] {
    var labels = [String?](repeating: nil, count: count)
    for block in blocks {
      let isSecond =
        block.article == 2 && (block.kind == .title || block.kind == .body || block.kind == .quote)
      let kind = block.kind == .quote && isSecond ? "body" : block.kind.rawValue
      for index in block.span.range { labels[index] = kind + (isSecond ? "2" : "") }
    }
    return labels
  }
}

/// Precision and recall by characters that are not blank.
struct StructureScore {
  private(set) var found: [String: Int] = [:]
  private(set) var wanted: [String: Int] = [:]
  private(set) var right: [String: Int] = [:]
  /// Stretches that got another label than they should: page, wanted, found, text.
  private(set) var mistakes: [(page: String, wanted: String, found: String, text: String)] = []

  mutating func add(_ page: MarkedPage, _ labels: [String?]) {
    var open: (wanted: String, found: String, start: Int)?
    func close(_ end: Int) {
      guard let mistake = open else { return }
      let text = String(decoding: page.units[mistake.start..<end], as: UTF16.self)
      mistakes.append((page.name, mistake.wanted, mistake.found, text))
      open = nil
    }
    for index in page.units.indices {
      let unit = page.units[index]
      if unit == 0x20 || unit == 0x0A || unit == 0xA0 || unit == 0x09 {
        if unit == 0x0A { close(index) }
        continue
      }
      let wanted = page.labels[index] ?? "-"
      let found = labels[index] ?? "-"
      self.wanted[wanted, default: 0] += 1
      self.found[found, default: 0] += 1
      if wanted == found {
        right[wanted, default: 0] += 1
        close(index)
      } else if open.map({ $0.wanted != wanted || $0.found != found }) ?? true {
        close(index)
        open = (wanted, found, index)
      }
    }
    close(page.units.count)
  }

  func precision(_ kind: String) -> Double { Self.share(right[kind], found[kind]) }
  func recall(_ kind: String) -> Double { Self.share(right[kind], wanted[kind]) }
  private static func share(_ part: Int?, _ whole: Int?) -> Double {
    guard let whole, whole > 0 else { return 1 }
    return Double(part ?? 0) / Double(whole)
  }

  /// A table of all kinds.
  var table: String {
    func column(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    func number(_ value: Double) -> String { String((value * 1000).rounded() / 1000) }
    var rows = ["kind                wanted    found  precision  recall"]
    for kind in Set(wanted.keys).union(found.keys).sorted() {
      rows.append(
        kind + String(repeating: " ", count: max(0, 16 - kind.count)) + column("\(wanted[kind] ?? 0)", 10)
          + column("\(found[kind] ?? 0)", 9) + column(number(precision(kind)), 11)
          + column(number(recall(kind)), 8))
    }
    let all = Double(right.values.reduce(0, +)) / Double(max(1, wanted.values.reduce(0, +)))
    return rows.joined(separator: "\n") + "\nall characters: \(number(all))"
  }
}
