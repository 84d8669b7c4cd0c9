import FoundationEssentials

/// A line of a shard or of a listing: which article it speaks of.
struct OutputLine {
  enum Kind: Hashable {
    case record
    case reject(reason: String)
    case duplicate(of: Place)
  }

  var place: Place
  var kind: Kind
  var id: String?
  var mark: String?
  var bytes: Data
  var file: String

  /// - Throws: `DecodingError` when the line is not JSON with what it takes to tell the article.
  static func record(_ bytes: Data, file: String) throws -> OutputLine {
    let line = try JSONDecoder().decode(RecordMembers.self, from: bytes)
    return OutputLine(
      place: Place(line.origin.input, line.origin.record), kind: .record, id: line.id, mark: line.meta?.mark,
      bytes: bytes, file: file)
  }

  /// A line of the rejects, or of the duplicates: these have no reason but what they duplicate.
  static func leftOut(_ bytes: Data, file: String) throws -> OutputLine {
    let line = try JSONDecoder().decode(LeftOutMembers.self, from: bytes)
    let kind: Kind =
      if let other = line.duplicateOf {
        .duplicate(of: Place(other.input, other.record))
      } else {
        .reject(reason: line.reason ?? "")
      }
    return OutputLine(
      place: Place(line.input, line.record), kind: kind, id: line.id, mark: nil, bytes: bytes, file: file)
  }

  private struct RecordMembers: Decodable {
    struct Origin: Decodable {
      var input: String
      var record: Int
    }
    struct Meta: Decodable { var mark: String? }
    var id: String
    var origin: Origin
    var meta: Meta?
  }

  private struct LeftOutMembers: Decodable {
    struct Other: Decodable {
      var input: String
      var record: Int
    }
    var input: String
    var record: Int
    var reason: String?
    var id: String?
    var duplicateOf: Other?
  }
}

/// What the checker needs of `manifest.json`.
struct ManifestMembers: Decodable {
  struct Shard: Decodable {
    var name: String
    var records: Int
    var bytes: Int
  }
  struct Listing: Decodable {
    var name: String
    var records: Int
    var bytes: Int
  }
  var shards: [Shard]
  var rejects: Listing?
  var duplicates: Listing?
}
