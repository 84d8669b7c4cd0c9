/// What became of what one listed input holds, as far as it has been read.
///
/// It balances when everything that was found, and every second article that a stage found in another, ended in exactly
/// one place.
public struct LedgerEntry: Sendable, Hashable {
  /// Place of the input in reading order, from 0.
  public var index: Int
  /// Its name, as records carry it.
  public var input: String
  /// Records, rejects and skips that the reader found in it.
  public var found: Int
  /// Articles that a stage found in others.
  public var added = 0
  /// Records in shards.
  public var written = 0
  /// What became no record.
  public var leftOut = LeftOut()

  /// An entry in which nothing has an end yet.
  public init(index: Int, input: String, found: Int = 0) {
    self.index = index
    self.input = input
    self.found = found
  }

  /// What went in and came out nowhere; negative when more came out than went in.
  public var missing: Int { found &+ added &- written &- leftOut.total }

  /// Adds another entry's counts; those of a damaged ledger may overflow.
  public static func += (a: inout LedgerEntry, b: LedgerEntry) {
    a.found &+= b.found
    a.added &+= b.added
    a.written &+= b.written
    a.leftOut += b.leftOut
  }
}

/// The books of a run, one entry a listed input: a pure value, fed batch by batch in input order.
///
/// Memory: the entry of the input being read; those before it are handed on.
struct Ledger: Sendable, Hashable, Decodable {
  /// The input being read.
  private(set) var current: LedgerEntry?
  /// Sums over everything added, the current input included.
  private(set) var found = 0
  private(set) var added = 0
  private(set) var written = 0

  private enum CodingKeys: String, CodingKey { case current, found, added, written }

  /// Takes the entries of the next batch, and returns those of inputs that are over.
  ///
  /// - Throws: ``ShardError/unbalancedLedger(input:batch:detail:)`` when something was lost or doubled on the way, or an
  ///   input was left out.
  mutating func add(_ entries: [LedgerEntry], batch: Int) throws -> [LedgerEntry] {
    var finished: [LedgerEntry] = []
    for entry in entries {
      guard entry.missing == 0 else {
        throw ShardError.unbalancedLedger(input: entry.input, batch: batch, detail: entry.sides)
      }
      found += entry.found
      added += entry.added
      written += entry.written
      if current?.index == entry.index {
        current? += entry
        continue
      }
      let due = (current?.index ?? -1) + 1
      guard entry.index == due else {
        throw ShardError.unbalancedLedger(
          input: entry.input, batch: batch, detail: "it is input \(entry.index) where input \(due) is due")
      }
      if let current { finished.append(current) }
      current = entry
    }
    return finished
  }
}

extension LedgerEntry: Decodable {
  private enum CodingKeys: String, CodingKey {
    case index, input, found, added, written, rejected, filtered, duplicates, skipped
  }

  /// Reads a line of the ledger; `index` is 0 where it is not said.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    index = try values.decodeIfPresent(Int.self, forKey: .index) ?? 0
    input = try values.decode(String.self, forKey: .input)
    found = try values.decode(Int.self, forKey: .found)
    added = try values.decode(Int.self, forKey: .added)
    written = try values.decode(Int.self, forKey: .written)
    func counts(_ key: CodingKeys) throws -> [String: Int] {
      try values.decode([String: Int].self, forKey: key)
    }
    leftOut = LeftOut(
      rejected: try counts(.rejected), filtered: try counts(.filtered), duplicates: try counts(.duplicates),
      skipped: try counts(.skipped))
  }

  /// Writes the entry as one JSON object; `index` only where a marker has to know it.
  func write(to json: inout JSONWriter, withIndex: Bool = false) {
    json.beginObject()
    if withIndex {
      json.key("index")
      json.int(index)
    }
    json.key("input")
    json.string(input)
    json.books(found: found, added: added, written: written)
    leftOut.writeMembers(to: &json)
    json.endObject()
  }

  /// The entry as a line of ``OutputLayout/ledger``.
  var line: [UInt8] {
    var json = JSONWriter()
    write(to: &json)
    json.newline()
    return json.bytes
  }

  /// Both sides of the balance, for a message.
  public var sides: String {
    "\(found) found + \(added) added, \(written) written + \(LeftOut.sum(leftOut.filtered)) filtered + "
      + "\(LeftOut.sum(leftOut.duplicates)) duplicates + \(LeftOut.sum(leftOut.rejected)) rejected + "
      + "\(LeftOut.sum(leftOut.skipped)) skipped"
  }
}

extension Ledger {
  /// Both sides of the books of a whole when they do not balance; nil when they do.
  static func imbalance(found: Int, added: Int, records: Int, leftOut: LeftOut) -> String? {
    guard found &+ added != records &+ leftOut.total else { return nil }
    return "\(found) found + \(added) added, but \(records) in shards + \(leftOut.total) left out"
  }

  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.books(found: found, added: added, written: written)
    if let current {
      json.key("current")
      current.write(to: &json, withIndex: true)
    }
    json.endObject()
  }
}

extension JSONWriter {
  fileprivate mutating func books(found: Int, added: Int, written: Int) {
    key("found")
    int(found)
    key("added")
    int(added)
    key("written")
    int(written)
  }
}
