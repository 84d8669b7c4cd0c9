/// Why a ranker file could not be read.
public enum PhraseRankerError: Error, Equatable, CustomStringConvertible {
  /// The first line is not the header of a version that can be read.
  case wrongVersion
  /// A line is not as the format says; lines count from 1.
  case badLine(Int, reason: String)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .wrongVersion:
      "not a ranker: the first line must be '\(PhraseRanker.header)'; make one with warraq learn keywords"
    case .badLine(let line, let reason): "ranker, line \(line): \(reason)"
    }
  }
}

extension PhraseRanker {
  static let header = "#warraq-ranker 1"

  /// Reads a ranker file.
  ///
  /// - Throws: `PhraseRankerError` naming the line that is not as the format says.
  public init(parsing text: String) throws(PhraseRankerError) {
    self.init(start: 0, tables: [])
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard lines.first == Substring(Self.header) else { throw .wrongVersion }
    for (number, line) in zip(2..., lines.dropFirst()) where !line.isEmpty {
      if line.hasPrefix("#source ") {
        source = String(line.dropFirst(8))
      } else if line.hasPrefix("#start ") {
        start = try Self.number(line.dropFirst(7), line: number)
      } else if !line.hasPrefix("#") {
        tables.append(try Self.table(line, number))
      }
    }
  }

  private static func table(_ line: Substring, _ number: Int) throws(PhraseRankerError) -> Table {
    let columns = line.split(separator: "\t")
    guard columns.count == 8 else {
      throw .badLine(number, reason: "wants 8 columns with a tab between, has \(columns.count)")
    }
    var values = SIMD4<Float>.zero
    for i in 0..<4 { values[i] = try self.number(columns[4 + i], line: number) }
    return Table(
      try question(columns[0], columns[1], number), try question(columns[2], columns[3], number),
      values: values)
  }

  private static func question(
    _ name: Substring, _ threshold: Substring, _ line: Int
  ) throws(PhraseRankerError) -> Table.Question {
    guard let feature = RankingFeature(name: name) else {
      let known = RankingFeature.allCases.map(\.name).joined(separator: ", ")
      throw .badLine(line, reason: "there is no feature '\(name)'; the features are: \(known)")
    }
    return Table.Question(feature, above: try number(threshold, line: line))
  }

  private static func number(_ text: Substring, line: Int) throws(PhraseRankerError) -> Float {
    guard let value = Float(text), value.isFinite else {
      throw .badLine(line, reason: "'\(text)' is no number")
    }
    return value
  }

  /// The ranker as a file; reading it gives the same ranker.
  public var file: String {
    var text = Self.header + "\n"
    let line = source.split(whereSeparator: \.isNewline).joined(separator: " ")
    if !line.isEmpty { text += "#source \(line)\n" }
    text += "#start \(start)\n"
    text += "#feature\tabove\tfeature\tabove\tneither\tsecond\tfirst\tboth\n"
    for table in tables {
      let questions = [table.first, table.second].flatMap { [$0.feature.name, "\($0.threshold)"] }
      let values = (0..<4).map { "\(table.values[$0])" }
      text += (questions + values).joined(separator: "\t") + "\n"
    }
    return text
  }
}
