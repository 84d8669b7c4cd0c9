import CStemmer

/// The stemmer that libstemmer should hold is missing.
public struct StemmerUnavailable: Error, CustomStringConvertible {
  /// What to tell the user.
  public var description: String { "libstemmer has no Arabic stemmer: install version 2.0 or later" }
}

/// Snowball's Arabic light stemmer (Abdulfattah Ahmed, 2016; snowballstem.org); owned by one worker.
public final class Stemmer {
  private let handle: OpaquePointer
  private var bytes: [UInt8] = []

  /// - Throws: `StemmerUnavailable`.
  public init() throws {
    guard let handle = warraq_stemmer_open() else { throw StemmerUnavailable() }
    self.handle = handle
  }

  deinit { warraq_stemmer_close(handle) }

  /// Appends the stem of a word.
  public func stem(_ word: UnsafeBufferPointer<UInt16>, into out: inout [UInt16]) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: String(decoding: word, as: UTF16.self).utf8)
    var length: Int32 = 0
    guard let stem = warraq_stemmer_stem(handle, bytes, Int32(bytes.count), &length), length > 0 else {
      out.append(contentsOf: word)
      return
    }
    let units = String(decoding: UnsafeBufferPointer(start: stem, count: Int(length)), as: UTF8.self).utf16
    out.append(contentsOf: units)
  }
}
