import Glibc

/// The path of an archive's entry, which is a name here and nothing else: nothing is ever unpacked to disk.
enum EntryPath {
  /// Why a program that unpacks the entry could be led out of its folder; nil when it could not.
  ///
  /// Programs on Windows take `\` for a separator, too, and know drives: `C:\`.
  static func danger(_ path: UnsafePointer<CChar>) -> String? {
    let bytes = bytes(path)
    guard let first = bytes.first else { return nil }
    if isSeparator(first) { return "the path is absolute" }
    // `a: b.txt` is an honest name; a drive is followed by a separator.
    if bytes.count >= 3, isLetter(first), bytes[1] == UInt8(ascii: ":"), isSeparator(bytes[2]) {
      return "the path begins with a drive"
    }
    return bytes.split(whereSeparator: isSeparator).contains { $0.elementsEqual("..".utf8) }
      ? "the path has a .. in it" : nil
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }

  /// A path as a label: without what leads to its root or stands for the folder it is in, in UTF-8. Bytes that are
  /// not UTF-8 are written as `%D9`, so that different names stay different.
  static func label(_ path: UnsafePointer<CChar>) -> String {
    var rest = Substring(String(validatingCString: path) ?? escaped(bytes(path))).utf8
    while true {
      if rest.first == UInt8(ascii: "/") {
        rest = rest.dropFirst()
      } else if rest.starts(with: "./".utf8) {
        rest = rest.dropFirst(2)
      } else {
        return rest.isEmpty ? "unnamed" : String(Substring(rest))
      }
    }
  }

  /// Whether a folder would hide it: its name, or a folder's on its path, begins with a dot, or it is what a Mac adds.
  static func isHidden(_ name: String) -> Bool {
    name.utf8.split(separator: UInt8(ascii: "/")).contains {
      $0.first == UInt8(ascii: ".") && !$0.elementsEqual("..".utf8) && !$0.elementsEqual(".".utf8)
        || $0.elementsEqual("__MACOSX".utf8)
    }
  }

  private static func bytes(_ path: UnsafePointer<CChar>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: UnsafeRawPointer(path).assumingMemoryBound(to: UInt8.self), count: strlen(path))
  }

  private static func escaped(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let digits = Array("0123456789ABCDEF")
    return bytes.reduce(into: "") { text, byte in
      if byte < 0x80 {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }
}
