@testable import Corpus

/// Tar and zip archives put together by hand, so that each of their bytes can be wrong.
enum ArchiveBuilder {
  // MARK: tar

  /// A header of a tar with a good checksum, unless `checksum` says another.
  static func tarHeader(
    _ name: String, size: Int, kind: Character = "0", link: String = "", sizeField: [UInt8]? = nil,
    checksum: String? = nil, magic: String = "ustar\u{0}00"
  ) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ bytes: some Collection<UInt8>, _ at: Int) {
      for (index, byte) in bytes.enumerated() { header[at + index] = byte }
    }
    put(name.utf8, 0)
    put("0000644\0".utf8, 100)
    put("0000000\0".utf8, 108)
    put("0000000\0".utf8, 116)
    put(sizeField ?? Array(octal(size, 11).utf8), 124)
    put("00000000000".utf8, 136)
    put("        ".utf8, 148)
    put(String(kind).utf8, 156)
    put(link.utf8, 157)
    put(magic.utf8, 257)
    put((checksum ?? octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0").utf8, 148)
    return header
  }

  private static func octal(_ value: Int, _ width: Int) -> String {
    let digits = String(value, radix: 8)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// An entry with its content, filled up to whole blocks.
  static func tarEntry(_ name: String, _ text: String, kind: Character = "0", link: String = "") -> [UInt8] {
    let content = Array(text.utf8)
    return tarHeader(name, size: content.count, kind: kind, link: link) + padded(content)
  }

  static func padded(_ content: [UInt8]) -> [UInt8] {
    content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  static let tarEnd = [UInt8](repeating: 0, count: 1024)

  // MARK: zip

  /// An entry of a zip, each number of which can be another than it should be.
  struct ZipEntry {
    var name: String
    /// As it lies in the archive.
    var packed: [UInt8]
    var size: Int
    var crc: UInt32
    var method: UInt16 = 0
    var flags: UInt16 = 0
    var packedSize: Int?
    var localName: String?
    var offset: Int?
    var localSignature: [UInt8] = [0x50, 0x4B, 3, 4]

    /// Not compressed.
    init(stored name: String, _ text: String) {
      self.name = name
      packed = Array(text.utf8)
      size = packed.count
      crc = ArchiveBuilder.crc32(packed)
    }

    /// In deflate's blocks without compression.
    init(deflated name: String, _ text: String) {
      self.init(stored: name, text)
      let count = UInt16(packed.count)
      packed = [1] + ArchiveBuilder.little(count) + ArchiveBuilder.little(~count) + packed
      method = 8
    }

    fileprivate func numbers(_ name: String) -> [UInt8] {
      var bytes: [UInt8] = [20, 0]
      bytes += ArchiveBuilder.little(flags) + ArchiveBuilder.little(method) + [0, 0, 0x21, 0x50]
      bytes += ArchiveBuilder.little(crc)
      bytes += ArchiveBuilder.little(UInt32(packedSize ?? packed.count))
      bytes += ArchiveBuilder.little(UInt32(size))
      bytes += ArchiveBuilder.little(UInt16(name.utf8.count)) + [0, 0]
      return bytes
    }

    fileprivate var local: [UInt8] {
      let name = localName ?? name
      return localSignature + numbers(name) + Array(name.utf8) + packed
    }
  }

  /// The entries and the directory, whose numbers can be wrong.
  static func zip(
    _ entries: [ZipEntry], count: Int? = nil, directoryOffset: Int? = nil, directorySize: Int? = nil,
    centralSignature: [UInt8] = [0x50, 0x4B, 1, 2], comment: [UInt8] = []
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let offset = entry.offset ?? bytes.count
      bytes += entry.local
      directory += centralSignature + [20, 0] + entry.numbers(entry.name)
      directory += [UInt8](repeating: 0, count: 10) + little(UInt32(offset)) + Array(entry.name.utf8)
    }
    let number = UInt16(count ?? entries.count)
    var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    end += little(number) + little(number)
    end += little(UInt32(directorySize ?? directory.count))
    end += little(UInt32(directoryOffset ?? bytes.count))
    end += little(UInt16(comment.count)) + comment
    return bytes + directory + end
  }

  static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    (0..<(Number.bitWidth / 8)).map { UInt8(truncatingIfNeeded: number >> Number($0 * 8)) }
  }

  /// CRC-32 as of zip and gzip.
  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 {
        let isOdd = sum & 1 == 1
        sum >>= 1
        if isOdd { sum ^= 0xEDB8_8320 }
      }
    }
    return ~sum
  }
}
