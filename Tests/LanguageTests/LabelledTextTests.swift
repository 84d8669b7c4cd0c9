import Foundation
import TestSupport
import Testing

@testable import Language

/// Real text with labels, where it is at hand; prints the table of what was taken for what.
@Suite struct LabelledTextTests {
  private static let texts = "data/mixed-languages/mixed.jsonl.zst"
  private static let labels = "data/mixed-languages/labels.tsv"

  private struct Row: Decodable {
    var id: String
    var text: String
  }

  private func rows() throws -> [(label: String, text: [UInt16])] {
    let labels = Dictionary(
      uniqueKeysWithValues: try SharedData.text(Self.labels).split(separator: "\n").map { line in
        let columns = line.split(separator: "\t")
        return (String(columns[0]), String(columns[1]))
      })
    return try SharedData.unpacked(Self.texts).split(separator: 0x0A).map { line in
      let row = try JSONDecoder().decode(Row.self, from: line)
      return (try #require(labels[row.id]), Array(row.text.utf16))
    }
  }

  /// Counts by label and by what was found; the share of texts that are rightly Arabic or not Arabic.
  private func score(_ rows: [(label: String, text: [UInt16])], _ title: String) -> Double {
    var identifier = LanguageIdentifier()
    var counts: [String: [String: Int]] = [:]
    var right = 0
    for row in rows {
      let found = identifier.identify(row.text)
      counts[row.label, default: [:]][found.dialect?.rawValue ?? found.code.rawValue, default: 0] += 1
      if row.label.hasPrefix("ar") == (found.code == .arabic) { right += 1 }
    }
    let accuracy = Double(right) / Double(rows.count)
    print("\(title): \(rows.count) texts, Arabic against the rest \(accuracy)")
    for (label, found) in counts.sorted(by: { $0.key < $1.key }) {
      let columns = found.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
      print("  \(label): \(columns.joined(separator: ", "))")
    }
    return accuracy
  }

  @Test(.enabled(if: SharedData.exists(LabelledTextTests.texts)))
  func arabicIsToldFromTheRest() throws {
    let rows = try rows()
    #expect(score(rows, "whole articles") >= 0.995)
    for (length, least) in [(200, 0.995), (100, 0.99), (50, 0.985), (20, 0.95)] {
      // From the middle, where there is no dateline and no title.
      let cut = rows.compactMap { row -> (label: String, text: [UInt16])? in
        guard let start = row.text.dropFirst(row.text.count / 2).firstIndex(of: 0x20) else { return nil }
        let piece = row.text[start...].prefix(length)
        return piece.count < length ? nil : (row.label, Array(piece))
      }
      #expect(score(cut, "\(length) units") >= least)
    }
  }
}
