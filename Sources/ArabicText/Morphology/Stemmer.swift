import CStemmer

/// The stemmer that libstemmer should hold is missing.
public struct StemmerUnavailable: Error, CustomStringConvertible {
  /// What to tell the user.
  public var description: String { "libstemmer has no Arabic stemmer: install version 2.0 or later" }
}

/// Snowball's Arabic light stemmer (Abdulfattah Ahmed, 2016; snowballstem.org); owned by one worker.
public final class Stemmer {
  private let handle: OpaquePointer
  private var units: [UInt16] = []

  /// - Throws: `StemmerUnavailable`.
  public init() throws {
    guard let handle = warraq_stemmer_open() else { throw StemmerUnavailable() }
    self.handle = handle
  }

  deinit { warraq_stemmer_close(handle) }

  /// The stem of a word; the word itself when it has none.
  public func stem(_ word: UnsafeBufferPointer<UInt16>) -> ArraySlice<UInt16> {
    let room = word.count + 16
    if units.count < room { units = Array(repeating: 0, count: room) }
    let count = warraq_stemmer_stem(
      handle, word.baseAddress, Int32(truncatingIfNeeded: word.count), &units, Int32(units.count))
    return count > 0 ? units[..<Int(count)] : Array(word)[...]
  }
}
