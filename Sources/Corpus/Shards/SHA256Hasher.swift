import CHash

/// SHA-256 of bytes that come piece by piece, by OpenSSL. Belongs to one task.
public final class SHA256Hasher {
  private let state: OpaquePointer

  /// A hash of nothing yet. Throws ``ShardError/outOfMemory(_:)``.
  public init() throws {
    guard let state = warraq_sha256_create() else { throw ShardError.outOfMemory("a SHA-256 computation") }
    self.state = state
  }

  deinit { warraq_sha256_free(state) }

  /// Adds bytes.
  public func update(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard bytes.isEmpty || warraq_sha256_update(state, bytes.baseAddress, bytes.count) == 1 else {
      throw ShardError.hashing
    }
  }

  /// The digest of everything added, as 64 lower-case hexadecimal digits; starts anew.
  public func finish() throws -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    guard warraq_sha256_finish(state, &digest) == 1 else { throw ShardError.hashing }
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
