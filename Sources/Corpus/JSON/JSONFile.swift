#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// JSON of ours read back: small files of the output folder, and lines of shards and listings.
enum JSONFile {
  static func decode<Value: Decodable>(_ type: Value.Type, path: String) throws -> Value {
    try decode(type, from: try ShardFiles.read(path), path: path)
  }

  /// - Parameter path: Where the bytes are from, for the error.
  static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8], path: String) throws -> Value
  {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      throw ShardError.unreadable(path: path, reason: reason(of: error))
    } catch {
      throw ShardError.unreadable(path: path, reason: "it is not the JSON expected")
    }
  }

  private static func reason(of error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      let keys = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
      return keys.isEmpty ? "" : " at \(keys.joined(separator: "."))"
    }
    return switch error {
    case .keyNotFound(let key, let context): "it has no \"\(key.stringValue)\"\(place(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "a value of the wrong kind stands\(place(context))"
    case .dataCorrupted(let context): "\(context.debugDescription)\(place(context))"
    @unknown default: "it is not the JSON expected"
    }
  }
}
