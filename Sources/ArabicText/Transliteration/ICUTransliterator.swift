import CICU

/// A transliterator that ICU could not open.
public struct TransliterationUnavailable: Error, CustomStringConvertible {
  /// ICU's id, such as `Arabic-Latin/BGN`.
  public let id: String
  /// What to tell the user.
  public var description: String {
    "ICU has no transliterator \"\(id)\"; its data package is missing or cut down: install the full ICU data"
  }
}

/// One ICU transliterator; owned by one worker.
final class ICUTransliterator {
  private let handle: UnsafeMutableRawPointer

  /// - Throws: `TransliterationUnavailable`.
  init(id: String) throws {
    var error: Int32 = 0
    guard let handle = warraq_transliterate_open(id, &error) else { throw TransliterationUnavailable(id: id) }
    self.handle = handle
  }

  deinit { warraq_transliterate_close(handle) }

  /// Rewrites `text` from `start` to its end.
  func transliterate(_ text: inout [UInt16], from start: Int) {
    let source = Array(text[start...])
    guard !source.isEmpty else { return }
    var capacity = source.count * 4 + 16
    while true {
      var buffer = source + [UInt16](repeating: 0, count: capacity - source.count)
      let length = buffer.withUnsafeMutableBufferPointer {
        warraq_transliterate(handle, $0.baseAddress, Int32(source.count), Int32(capacity))
      }
      if length >= 0 {
        text.removeSubrange(start...)
        text.append(contentsOf: buffer[..<Int(length)])
        return
      }
      // Any other error leaves the text as it is; the residue pass still makes it Latin.
      if length == Int32.min { return }
      capacity = Int(-length) + 16
    }
  }
}
