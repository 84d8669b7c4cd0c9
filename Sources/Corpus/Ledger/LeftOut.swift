/// How much of the input became no record, by reason: what an input holds is its records and these.
public struct LeftOut: Sendable, Hashable {
  /// What should have become a record and could not.
  public var rejected: [String: Int]
  /// What could have become a record and was dropped by a stage.
  public var filtered: [String: Int]
  /// What duplicates a record that is there, by the kind of likeness.
  public var duplicates: [String: Int]
  /// What is no article and is not meant to be one.
  public var skipped: [String: Int]

  /// Makes counts.
  public init(
    rejected: [String: Int] = [:], filtered: [String: Int] = [:], duplicates: [String: Int] = [:],
    skipped: [String: Int] = [:]
  ) {
    self.rejected = rejected
    self.filtered = filtered
    self.duplicates = duplicates
    self.skipped = skipped
  }

  /// Lines in the file of rejects: what was rejected or filtered.
  public var rejectLines: Int { LeftOut.sum(rejected) &+ LeftOut.sum(filtered) }
  /// Lines in the file of duplicates.
  public var duplicateLines: Int { LeftOut.sum(duplicates) }

  /// All of it.
  public var total: Int { rejectLines &+ duplicateLines &+ LeftOut.sum(skipped) }

  /// Adds up.
  public static func += (a: inout LeftOut, b: LeftOut) {
    a.rejected.merge(b.rejected, uniquingKeysWith: &+)
    a.filtered.merge(b.filtered, uniquingKeysWith: &+)
    a.duplicates.merge(b.duplicates, uniquingKeysWith: &+)
    a.skipped.merge(b.skipped, uniquingKeysWith: &+)
  }

  /// All of one kind; counts of a damaged manifest may overflow.
  public static func sum(_ counts: [String: Int]) -> Int { counts.values.reduce(0, &+) }
}

extension LeftOut: Decodable {
  private enum CodingKeys: String, CodingKey { case rejected, filtered, duplicates, skipped }

  func write(to json: inout JSONWriter) {
    json.beginObject()
    writeMembers(to: &json)
    json.endObject()
  }

  /// The four counts as members of an object that has been begun.
  func writeMembers(to json: inout JSONWriter) {
    json.key("rejected")
    json.counts(rejected)
    json.key("filtered")
    json.counts(filtered)
    json.key("duplicates")
    json.counts(duplicates)
    json.key("skipped")
    json.counts(skipped)
  }
}
