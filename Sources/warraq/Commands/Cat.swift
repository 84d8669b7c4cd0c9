import ArgumentParser
import Corpus
import Pipeline

/// `warraq cat`
struct Cat: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print records of an output folder, by number or id, without unpacking whole shards.",
    discussion: """
      Records are JSON lines, as they stand in the shards. The seek table finds the frame that holds them.

        warraq cat out/ --records 1..3
        warraq cat out/ --id news-07 --pretty
        warraq cat out/ --records 100.. | jq .title
      """)

  @Argument(help: "The output folder.", completion: .directory)
  var folder: String

  @Option(help: ArgumentHelp("Record numbers from 1, in the order of the input.", valueName: "first..last"))
  var records: String?

  @Option(help: "The record with this id.")
  var id: String?

  @Flag(help: "Print the article readably instead of as JSON.")
  var pretty = false

  func validate() throws {
    if records != nil, id != nil { throw ValidationError("give --records or --id, not both") }
    if let records, Cat.range(records) == nil {
      throw ValidationError("\(records) is no range: write 5, 1..3 or 100..")
    }
  }

  func run() throws {
    let shards = try ShardCollection(directory: folder)
    guard shards.manifest != nil || !shards.names.isEmpty else {
      throw UsageError("there are no shards in \(folder): name the output folder of a run")
    }
    if let id {
      guard let line = try shards.record(withID: id) else {
        throw UsageError("there is no record with the id \(id) in \(folder)")
      }
      return try show(Array(line))
    }
    try shards.forEachRecord(in: records.flatMap(Cat.range)) { line in
      try show(Array(line))
      return true
    }
  }

  private func show(_ line: [UInt8]) throws {
    if pretty { return Terminal.show(try RecordView(line).text) }
    Terminal.show(json: line + (line.last == 0x0A ? [] : [0x0A]))
  }

  /// `1..3` as 0..<3; `5` as 4..<5; `100..` to the end.
  static func range(_ text: String) -> Range<Int>? {
    let parts = text.components(of: "..")
    guard let first = Int(parts[0]), first >= 1 else { return nil }
    if parts.count == 1 { return (first - 1)..<first }
    if parts.count == 2, parts[1].isEmpty { return (first - 1)..<Int.max }
    guard parts.count == 2, let last = Int(parts[1]), last >= first else { return nil }
    return (first - 1)..<last
  }
}

extension String {
  /// The pieces between occurrences of `separator`.
  fileprivate func components(of separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
