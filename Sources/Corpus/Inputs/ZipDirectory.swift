/// The directory at the end of a zip archive.
enum ZipDirectory {
  /// Largest directory that is read, in bytes: libarchive keeps all of it in memory.
  private static let largest = 16 << 20
  /// Longest record at the end, with the longest comment.
  private static let longestEnd = 22 + 0xFFFF

  /// How many entries the directory is said to have that a file ends with, if it may be kept in memory; else nil. Moves
  /// the file.
  static func entryCount(in file: DecompressedFile) -> Int? {
    guard let size = file.seekableByteCount, size >= 22, file.seek(to: max(0, size - longestEnd)) else {
      return nil
    }
    let window = ByteWindow(capacity: 128 << 10)
    while window.count < longestEnd + 1, case .bytes = file.read(into: window) {}
    let bytes = window.bytes
    guard bytes.count >= 22 else { return nil }
    for at in stride(from: bytes.count - 22, through: 0, by: -1) where bytes[at] == 0x50 {
      guard bytes[at + 1] == 0x4B, bytes[at + 2] == 5, bytes[at + 3] == 6 else { continue }
      let entries = Int(bytes[at + 10]) | Int(bytes[at + 11]) << 8
      let length = (0..<4).reduce(0) { $0 | Int(bytes[at + 12 + $1]) << (8 * $1) }
      // The largest numbers mean that the real ones, which are larger, stand elsewhere.
      return entries < 0xFFFF && length <= largest ? entries : nil
    }
    return nil
  }
}
