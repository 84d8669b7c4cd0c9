#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a line of a shard or of a listing says of where it came from and what became of it.
public struct OutputLine: Sendable, Hashable {
  /// The article's id; nil for a reject that never became an article.
  public var id: String?
  /// The id of the article it was found in.
  public var partOf: String?
  /// The input it was read from.
  public var input: String
  /// Number of its record in the input, from 1; 0 for the input as a whole.
  public var record: Int
  /// Why it is among the rejects.
  public var reason: String?
  /// Whether it is there because a stage decided against it.
  public var isFiltered = false
  /// How it resembles another article, when it is among the duplicates.
  public var duplicateKind: String?

  /// Makes a line.
  public init(
    id: String?, partOf: String? = nil, input: String, record: Int, reason: String? = nil,
    isFiltered: Bool = false, duplicateKind: String? = nil
  ) {
    self.id = id
    self.partOf = partOf
    self.input = input
    self.record = record
    self.reason = reason
    self.isFiltered = isFiltered
    self.duplicateKind = duplicateKind
  }
}

extension OutputLine: Decodable {
  private struct Origin: Decodable {
    var input: String
    var record: Int
  }

  private enum CodingKeys: String, CodingKey {
    case id, partOf, origin, input, record, reason, filtered, kind
  }

  /// Reads a record, whose origin is an object, or a line of a listing, which is flat.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.decodeIfPresent(String.self, forKey: .id)
    partOf = try values.decodeIfPresent(String.self, forKey: .partOf)
    if let origin = try values.decodeIfPresent(Origin.self, forKey: .origin) {
      input = origin.input
      record = origin.record
      return
    }
    input = try values.decode(String.self, forKey: .input)
    record = try values.decode(Int.self, forKey: .record)
    reason = try values.decodeIfPresent(String.self, forKey: .reason)
    isFiltered = try values.decodeIfPresent(Bool.self, forKey: .filtered) ?? false
    duplicateKind = try values.decodeIfPresent(String.self, forKey: .kind)
  }
}

/// The lines of some files of an output folder, one after another. Memory: one frame. Belongs to one task.
public final class OutputLines<Line: Decodable> {
  private let paths: [String]
  private var nextPath = 0
  private var reader: ShardReader?
  private var nextFrame = 0
  private var content: [UInt8] = []
  private var at = 0

  /// Reads the files of a folder in the order of their names given.
  public init(directory: String, names: [String]) {
    paths = names.map { directory + "/" + $0 }
  }

  /// The next line; nil at the end.
  ///
  /// - Throws: ``ShardError/damaged(path:offset:reason:)`` for a damaged frame,
  ///   ``ShardError/unreadable(path:reason:)`` for a line that is not what it should be.
  public func next() throws -> Line? {
    while at >= content.count {
      if let reader, nextFrame < reader.frames.count {
        content = try reader.content(ofFrame: nextFrame)
        at = 0
        nextFrame += 1
      } else {
        guard nextPath < paths.count else { return nil }
        reader = try ShardReader(path: paths[nextPath])
        nextPath += 1
        nextFrame = 0
      }
    }
    let end = content[at...].firstIndex(of: 0x0A) ?? content.count
    defer { at = end + 1 }
    return try JSONFile.decode(Line.self, from: Array(content[at..<end]), path: paths[nextPath - 1])
  }
}
