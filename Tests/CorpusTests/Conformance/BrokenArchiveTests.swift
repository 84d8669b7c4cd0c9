import TestSupport
import Testing

@testable import Corpus

/// Archives that are broken in every way, each with the texts that are still read and the reasons of its rejects.
@Suite struct BrokenArchiveTests {
  private typealias Build = ArchiveBuilder

  struct Sample {
    var name: String
    var bytes: [UInt8]
    var texts: [String]
    var reasons: [RejectReason]

    init(_ name: String, _ bytes: [UInt8], _ texts: [String], _ reasons: RejectReason...) {
      self.name = name
      self.bytes = bytes
      self.texts = texts
      self.reasons = reasons
    }
  }

  static var tars: [Sample] {
    let first = Build.tarEntry("a.txt", "أول")
    let second = Build.tarEntry("b.txt", "ثان")
    let third = Build.tarEntry("c.txt", "ثالث")
    func header(_ field: [UInt8]) -> [UInt8] { Build.tarHeader("b.txt", size: 0, sizeField: field) }
    let pax = Build.tarHeader("p", size: 512, kind: "x")
    let all = ["أول", "ثان", "ثالث"]
    return [
      Sample("cut in the first header", Array(first[..<300]), [], .corruptArchive),
      Sample("cut behind the first header", Array(first[..<512]), [], .truncatedStream),
      Sample("cut in the first content", Array(first[..<515]), [], .truncatedStream),
      Sample("cut in the padding", Array(first[..<600]), [], .truncatedStream),
      Sample("cut in a header", first + second[..<100], ["أول"], .truncatedStream),
      Sample("cut in a content", first + second[..<514], ["أول"], .truncatedStream),
      Sample("no end mark", first + second, ["أول", "ثان"], .truncatedStream),
      Sample(
        "bad checksum",
        first + Build.tarHeader("b.txt", size: 6, checksum: "000001\0 ") + Build.padded(Array("ثان".utf8))
          + third + Build.tarEnd,
        ["أول", "ثالث"], .corruptArchive),
      Sample(
        "checksum of letters",
        first + Build.tarHeader("b.txt", size: 6, checksum: "abcdefgh") + Build.padded(Array("ثان".utf8))
          + third + Build.tarEnd,
        ["أول", "ثالث"], .corruptArchive),
      Sample(
        "garbage between entries", first + [UInt8](repeating: 0x41, count: 512) + third + Build.tarEnd,
        ["أول", "ثالث"], .corruptArchive),
      Sample(
        "garbage behind the end", first + Build.tarEnd + Array("garbage".utf8), ["أول"], .truncatedStream),
      Sample(
        "size of letters", first + header(Array("sizesizesiz".utf8)) + third + Build.tarEnd, ["أول", "ثالث"],
        .emptyArticle),
      Sample(
        "a negative size",
        first + header([0xFF] + [UInt8](repeating: 0xFF, count: 10)) + third + Build.tarEnd, ["أول"],
        .corruptArchive),
      Sample(
        "a size beyond the end", first + header(Array("77777777777".utf8)) + third + Build.tarEnd,
        ["أول", "ثالث"], .truncatedStream),
      Sample(
        "a size of 2^63",
        first + header([0x80, 0, 0, 0x7F] + [UInt8](repeating: 0xFF, count: 8)) + third + Build.tarEnd,
        ["أول"], .corruptArchive),
      Sample(
        "holes, by GNU's header", first + Build.tarHeader("b.txt", size: 0, kind: "S") + third + Build.tarEnd,
        ["أول", "ثالث"], .emptyArticle),
      Sample(
        "a link with content",
        first + Build.tarHeader("b", size: 0, kind: "2", link: "/etc/passwd") + third + Build.tarEnd,
        ["أول", "ثالث"]),
      Sample(
        "an unknown kind", first + Build.tarHeader("b.txt", size: 0, kind: "Z") + third + Build.tarEnd,
        ["أول", "ثالث"], .emptyArticle),
      Sample(
        "a pax header of nonsense",
        first + pax + Build.padded(Array("99999 path=x\n".utf8)) + second + third + Build.tarEnd, all),
      Sample(
        "a pax header cut off", first + pax + Build.padded(Array("20 path=x".utf8))[..<300], ["أول"],
        .corruptArchive),
      Sample(
        "a long name that is not there",
        first + Build.tarHeader("././@LongLink", size: 1 << 20, kind: "L") + second, ["أول"], .corruptArchive
      ),
      Sample("without a name", first + Build.tarEntry("", "ثان") + third + Build.tarEnd, all),
      Sample("the same name twice", first + first + Build.tarEnd, ["أول", "أول"]),
      Sample(
        "compressed entry cut off",
        first + Build.tarHeader("b.gz", size: 12) + Build.padded([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2])
          + third + Build.tarEnd,
        ["أول", "ثالث"], .truncatedStream),
      Sample(
        "an entry that is a cut tar",
        first + Build.tarHeader("b.tar", size: 512) + second[..<512] + third + Build.tarEnd,
        ["أول", "ثالث"], .truncatedStream),
      Sample(
        "an entry that is a cut zip",
        first + Build.tarHeader("b.zip", size: 9) + Build.padded([0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8]) + third
          + Build.tarEnd,
        ["أول", "ثالث"], .truncatedStream),
      Sample(
        "a tar behind a zip's magic", [0x50, 0x4B, 3, 4] + first + Build.tarEnd, [], .encryptedEntry,
        .corruptArchive),
    ]
  }

  static var zips: [Sample] {
    func entry(_ name: String, _ text: String) -> Build.ZipEntry { Build.ZipEntry(deflated: name, text) }
    let first = entry("a.txt", "أول")
    let last = entry("z.txt", "أخير")
    /// An archive whose middle entry is changed.
    func changed(_ change: (inout Build.ZipEntry) -> Void) -> [UInt8] {
      var middle = entry("m.txt", "أوسط")
      change(&middle)
      return Build.zip([first, middle, last])
    }
    var again = last
    again.name = "b"
    again.offset = 0
    let sameTwice = Build.zip([first, last, again])
    var secondLost = Build.zip([first, last])
    secondLost[secondLost.count - 22 - 51] ^= 1
    let whole = Build.zip([first, entry("m.txt", "أوسط"), last])
    let all = ["أول", "أوسط", "أخير"]
    let others = ["أول", "أخير"]
    return [
      Sample("empty", Build.zip([]), []),
      Sample("cut in the first header", Array(whole[..<20]), [], .truncatedStream),
      Sample("cut in the first content", Array(whole[..<40]), [], .truncatedStream),
      Sample("cut in the directory", Array(whole.dropLast(60)), all, .truncatedStream),
      Sample("cut in the end record", Array(whole.dropLast(3)), all, .truncatedStream),
      Sample("magic alone", [0x50, 0x4B, 3, 4], [], .truncatedStream),
      Sample(
        "magic and nonsense", [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0xFF, count: 100), [], .corruptArchive),
      Sample("garbage before", Array("garbage!".utf8) + whole, [], .undecodable),
      Sample(
        "a comment that hides the end", Build.zip([first], comment: Array("PK\u{5}\u{6} hidden".utf8)),
        ["أول"]),
      Sample("bytes behind the comment", whole + Array("garbage".utf8), all),
      Sample("directory elsewhere", Build.zip([first, last], directoryOffset: 5), others),
      Sample("directory beyond the end", Build.zip([first, last], directoryOffset: 1 << 30), others),
      Sample("directory of a wrong size", Build.zip([first, last], directorySize: 7), others),
      Sample(
        "directory of other signatures", Build.zip([first, last], centralSignature: [0x50, 0x4B, 9, 9]),
        others),
      Sample("more entries than there are", Build.zip([first, last], count: 9), others, .corruptArchive),
      Sample("fewer entries than there are", Build.zip([first, last], count: 1), others),
      Sample("wrong checksum", changed { $0.crc ^= 1 }, others, .corruptArchive),
      Sample("larger than it says", changed { $0.size -= 3 }, others, .corruptArchive),
      Sample("smaller than it says", changed { $0.size += 3 }, others, .corruptArchive),
      Sample(
        "packed size too small", changed { $0.packedSize = $0.packed.count - 4 }, others, .truncatedStream),
      Sample("packed size beyond the end", changed { $0.packedSize = 1 << 20 }, others, .corruptArchive),
      Sample("flipped bits in the data", changed { $0.packed[2] ^= 0x55 }, others, .corruptArchive),
      Sample("unknown kind of block", changed { $0.packed[0] = 7 }, others, .corruptArchive),
      Sample("encrypted", changed { $0.flags |= 1 }, others, .encryptedEntry),
      Sample("strongly encrypted", changed { $0.flags |= 0x41 }, others, .encryptedEntry),
      Sample(
        "AES",
        changed {
          $0.method = 99; $0.flags |= 1
        }, others, .encryptedEntry),
      Sample("implode", changed { $0.method = 6 }, others, .unsupportedEntry),
      Sample("LZMA", changed { $0.method = 14 }, others, .unsupportedEntry),
      Sample("xz", changed { $0.method = 95 }, others, .unsupportedEntry),
      Sample("PPMd", changed { $0.method = 98 }, others, .unsupportedEntry),
      Sample("a method nobody knows", changed { $0.method = 0x1234 }, others, .unsupportedEntry),
      Sample(
        "local header of another kind", changed { $0.localSignature = [0x50, 0x4B, 7, 7] }, ["أول"],
        .corruptArchive),
      Sample("local header elsewhere", changed { $0.offset = 3 }, ["أول"], .corruptArchive),
      Sample("local header beyond the end", changed { $0.offset = 1 << 30 }, others, .truncatedStream),
      Sample("another name in the entry's header", changed { $0.localName = "other.txt" }, all),
      Sample("two entries that are the same bytes", sameTwice, others, .corruptArchive),
      Sample("wrong signature in the directory", secondLost, others),
    ]
  }

  private func check(_ samples: [Sample], chunk: Int, name: String) throws {
    for sample in samples {
      let result = try Articles(sample.bytes, ReaderOptions(rejectBytes: 16), chunk: chunk, name: name)
      #expect(result.texts.sorted() == sample.texts.sorted(), "\(sample.name): \(result.rejects)")
      #expect(result.reasons == sample.reasons, "\(sample.name): \(result.rejects)")
    }
  }

  @Test(arguments: [7, 256 << 10])
  func aBrokenTarEndsAsRejectsWithTheirReasons(chunk: Int) throws {
    try check(Self.tars, chunk: chunk, name: "x.tar")
  }

  @Test(arguments: [7, 256 << 10])
  func aBrokenZipEndsAsRejectsWithTheirReasons(chunk: Int) throws {
    try check(Self.zips, chunk: chunk, name: "x.zip")
  }

  @Test func thereAreManyKinds() throws {
    #expect(try Self.tars.count + Self.zips.count + BrokenCompressionTests.samples().count >= 100)
  }

  /// What lies before and behind it in a folder is read.
  @Test func theOtherInputsAreRead() throws {
    let folder = try InputFolder()
    let samples = Self.tars + Self.zips
    for (index, sample) in samples.enumerated() {
      try folder.write(sample.bytes, "\(index + 100)-broken")
      try folder.write(Array("نص سليم".utf8), "\(index + 100)-good")
    }
    let result = try Articles([folder.path])
    #expect(result.texts.count { $0 == "نص سليم" } == samples.count)
    #expect(result.reasons == samples.flatMap(\.reasons))
  }

  @Test func everyByteOfAZipMayBeWrong() throws {
    let whole = Build.zip([
      Build.ZipEntry(deflated: "a.txt", "أول"), Build.ZipEntry(stored: "b.txt", "ثان"),
    ])
    for at in 4..<whole.count {
      for bits: UInt8 in [0x01, 0xFF] {
        var bytes = whole
        bytes[at] ^= bits
        let result = try Articles(bytes, ReaderOptions(maxArticleBytes: 10_000, rejectBytes: 16))
        // Whatever a name, a date or a flag says, no other text is read without a word.
        #expect(Set(result.texts).isSubset(of: ["أول", "ثان"]), "byte \(at)")
      }
    }
  }
}
