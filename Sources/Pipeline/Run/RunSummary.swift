import Corpus

/// What a run did: the table at its end, and `run.json`.
public struct RunSummary: Sendable {
  /// How a run ended.
  public enum State: String, Sendable {
    /// Everything was read and written.
    case complete
    /// A stop was asked for; committed shards are whole.
    case interrupted
  }

  /// One line of the table: a stage, or the steps before and after all stages.
  public struct Step: Sendable {
    /// The stage's name, or `read`, `parse`, `encode`, `compress`, `write`.
    public var name: String
    /// What its items are called; empty for none.
    public var itemName: String
    /// Time and effect.
    public var measure: StageMeasure
    /// Whether it is a stage of the config.
    public var isStage: Bool
    /// Whether it looks for what many dumps do not hold, such as duplicates: no effect is nothing to wonder at.
    public var isFilter: Bool

    /// Makes a step.
    public init(
      name: String, itemName: String = "", measure: StageMeasure, isStage: Bool, isFilter: Bool = false
    ) {
      self.name = name
      self.itemName = itemName
      self.measure = measure
      self.isStage = isStage
      self.isFilter = isFilter
    }
  }

  /// The side of the ledger that went in. A run whose ledger does not balance ends with an error instead.
  public struct Balance: Sendable {
    /// Records, rejects and skips found in the inputs.
    public var found: Int
    /// Articles found in others.
    public var added: Int

    /// Makes a balance.
    public init(found: Int, added: Int) {
      self.found = found
      self.added = added
    }
  }

  /// How it ended.
  public var state: State
  /// Records written to committed shards.
  public var records: Int
  /// What became no record, by reason.
  public var leftOut: LeftOut
  /// What the records and what was left out balance with; nil for a run that was interrupted.
  public var ledger: Balance?
  /// UTF-8 bytes of article text in the records.
  public var textBytes: Int
  /// Bytes of input as it lies on disk.
  public var inputBytes: Int
  /// Shards committed, and their compressed and uncompressed bytes.
  public var shards: Int
  /// Compressed bytes of the shards.
  public var shardBytes: Int
  /// JSON bytes of the shards.
  public var jsonBytes: Int
  /// Wall time.
  public var seconds: Double
  /// Processor time of all threads.
  public var cpuSeconds: Double
  /// Workers used.
  public var workers: Int
  /// Parse, each stage, encode, compress.
  public var steps: [Step]
  /// How long reader, workers and writer waited for one another.
  public var waits: PoolWaits
  /// Rejected records; what stages filtered out is not among them.
  public var rejectCount: Int { LeftOut.sum(leftOut.rejected) }
  /// Rejected share of what should have become a record, 0 to 1.
  public var rejectShare: Double { RunSummary.rejectShare(records: records, leftOut: leftOut) }

  static func rejectShare(records: Int, leftOut: LeftOut) -> Double {
    let all = records + leftOut.rejectLines + leftOut.duplicateLines
    return all == 0 ? 0 : Double(LeftOut.sum(leftOut.rejected)) / Double(all)
  }

  /// Stages that changed no article: most often a sign of a wrong option or input.
  public var idleStages: [String] {
    records == 0
      ? [] : steps.filter { $0.isStage && !$0.isFilter && $0.measure.effect.articles == 0 }.map(\.name)
  }

  /// `run.json`: this run on this machine, times included.
  public var document: DocumentValue {
    let megabytes = Double(textBytes) / 1e6
    return [
      "state": .text(state.rawValue), "records": .integer(records),
      "rejects": RunSummary.counts(leftOut.rejected), "filtered": RunSummary.counts(leftOut.filtered),
      "duplicates": RunSummary.counts(leftOut.duplicates), "skipped": RunSummary.counts(leftOut.skipped),
      "found": ledger.map { .integer($0.found) } ?? .null,
      "added": ledger.map { .integer($0.added) } ?? .null,
      "textBytes": .integer(textBytes), "inputBytes": .integer(inputBytes), "shards": .integer(shards),
      "shardBytes": .integer(shardBytes), "jsonBytes": .integer(jsonBytes), "workers": .integer(workers),
      "seconds": .number(rounded(seconds)), "cpuSeconds": .number(rounded(cpuSeconds)),
      "megabytesPerSecond": .number(rounded(seconds > 0 ? megabytes / seconds : 0)),
      "steps": .list(
        steps.map { step in
          [
            "name": .text(step.name), "cpuSeconds": .number(rounded(step.seconds)),
            "megabytesPerSecond": .number(rounded(step.seconds > 0 ? megabytes / step.seconds : 0)),
            "articles": .integer(step.measure.effect.articles), "items": .integer(step.measure.effect.items),
            "itemName": .text(step.itemName),
          ]
        }),
      "waitingSeconds": [
        "reader": .number(rounded(Double(waits.reader) / 1e9)),
        "workers": .number(rounded(Double(waits.workers) / 1e9)),
        "writer": .number(rounded(Double(waits.writer) / 1e9)),
      ],
      "withoutEffect": .list(idleStages.map { .text($0) }),
    ]
  }

  /// Counts by name, in the order of the names.
  static func counts(_ counts: [String: Int]) -> DocumentValue {
    .object(counts.sorted { $0.key < $1.key }.map { (key: $0.key, value: .integer($0.value)) })
  }

  private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  /// The table, one line a step, for people.
  public var table: String {
    let megabytes = Double(textBytes) / 1e6
    let total = steps.reduce(0) { $0 + $1.seconds }
    var rows = [["step", "cpu s", "share", "MB/s", "articles changed", "produced"]]
    for step in steps {
      rows.append([
        step.name, fixed(step.seconds, 2),
        total > 0 ? "\(Int((100 * step.seconds / total).rounded()))%" : "-",
        step.seconds > 0 ? fixed(megabytes / step.seconds, 1) : "-",
        step.isStage ? "\(step.measure.effect.articles)" : "",
        step.isStage ? "\(step.measure.effect.items) \(step.itemName)" : "",
      ])
    }
    return TextTable.render(rows, leftAligned: [0, 5])
  }
}

extension RunSummary.Step {
  /// CPU time in seconds.
  public var seconds: Double { Double(measure.nanoseconds) / 1e9 }
}

/// A number with so many digits after the point.
public func fixed(_ value: Double, _ digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let rounded = Int((value * scale).rounded())
  guard digits > 0 else { return "\(rounded)" }
  let fraction = String(abs(rounded) % Int(scale))
  let zeros = String(repeating: "0", count: digits - fraction.count)
  return "\(rounded < 0 ? "-" : "")\(abs(rounded) / Int(scale)).\(zeros)\(fraction)"
}

/// Columns of text, padded to equal width.
public enum TextTable {
  /// The rows as lines; the first row is the heading, underlined.
  public static func render(_ rows: [[String]], leftAligned: Set<Int>) -> String {
    guard let columns = rows.map(\.count).max() else { return "" }
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    var lines: [String] = []
    for (index, row) in rows.enumerated() {
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return leftAligned.contains(column) ? cell + padding : padding + cell
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      lines.append(line)
      if index == 0 { lines.append(widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")) }
    }
    return lines.joined(separator: "\n")
  }
}
