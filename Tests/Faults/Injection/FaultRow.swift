import FaultChecking

/// One line of the table: a fault, how often it was injected, and what came of it.
struct FaultRow {
  /// What goes wrong.
  let fault: String
  /// How it is made to go wrong.
  let how: String
  /// Processes started, verifying and reference runs not among them.
  var runs = 0
  /// Faults that hit a run before it had ended.
  var injected = 0
  var lost = 0
  var duplicated = 0
  var wrong = 0
  /// What a run did that it must not do whatever the fault: crash, hang, say nothing, look finished. With how often.
  var misbehaved: [String: Int] = [:]
  /// What is worth knowing and no failure, with how often.
  var notes: [String: Int] = [:]
  /// Why the fault cannot be injected on this machine.
  var impossible: String?

  init(_ fault: String, how: String) {
    self.fault = fault
    self.how = how
  }

  var isSound: Bool { lost == 0 && duplicated == 0 && wrong == 0 && misbehaved.isEmpty }

  var verdict: String {
    if let impossible { return "NOT TESTED: \(impossible)" }
    if !isSound { return "FAILED" }
    return injected == 0 ? "NOT TESTED: no fault hit a run" : "ok"
  }

  mutating func add(_ findings: Findings) {
    lost += findings.lost.count
    duplicated += findings.duplicated.count
    wrong += findings.wrong.count
    if !findings.isSound { misbehaved[findings.summary, default: 0] += 1 }
  }

  mutating func misbehave(_ what: String) { misbehaved[what, default: 0] += 1 }
  mutating func note(_ what: String) { notes[what, default: 0] += 1 }
}

/// The table that is printed at the end.
enum FaultTable {
  static func render(_ rows: [FaultRow]) -> String {
    var cells = [["fault", "how", "runs", "faults", "lost", "duplicated", "wrong", "verdict"]]
    for row in rows {
      cells.append([
        row.fault, row.how, "\(row.runs)", "\(row.injected)", "\(row.lost)", "\(row.duplicated)",
        "\(row.wrong)", row.verdict,
      ])
    }
    cells.append([
      "all", "", "\(sum(rows, \.runs))", "\(sum(rows, \.injected))", "\(sum(rows, \.lost))",
      "\(sum(rows, \.duplicated))", "\(sum(rows, \.wrong))",
      rows.allSatisfy(\.isSound) ? "ok" : "FAILED",
    ])
    let widths = (0..<8).map { column in cells.map { $0[column].count }.max() ?? 0 }
    var lines = cells.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += (2...6).contains(column) ? padding + cell : cell + padding
        line += "  "
      }
      while line.last == " " { line.removeLast() }
      return line
    }
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    lines.insert(rule, at: 1)
    lines.insert(rule, at: lines.count - 1)
    return lines.joined(separator: "\n")
  }

  private static func sum(_ rows: [FaultRow], _ figure: KeyPath<FaultRow, Int>) -> Int {
    rows.reduce(0) { $0 + $1[keyPath: figure] }
  }
}
