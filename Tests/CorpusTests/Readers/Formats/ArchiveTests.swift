import Foundation
import TestSupport
import Testing

@testable import Corpus

/// Tar and zip archives, each entry an input of its own.
@Suite struct ArchiveTests {
  // MARK: an archive made by hand

  /// One entry of a tar.
  private struct Entry {
    var name: String
    var content: [UInt8] = []
    var kind: Character = "0"
    var link = ""

    init(_ name: String, _ text: String = "", kind: Character = "0", link: String = "") {
      self.init(name, Array(text.utf8), kind: kind, link: link)
    }

    init(_ name: String, _ content: [UInt8], kind: Character = "0", link: String = "") {
      self.name = name
      self.content = content
      self.kind = kind
      self.link = link
    }

    var bytes: [UInt8] {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, _ at: Int) {
        for (i, byte) in text.utf8.enumerated() { header[at + i] = byte }
      }
      func octal(_ value: Int, _ width: Int) -> String {
        let digits = String(value, radix: 8)
        return String(repeating: "0", count: width - digits.count) + digits
      }
      put(name, 0)
      put("0000644\0", 100)
      put("0000000\0", 108)
      put("0000000\0", 116)
      put(octal(content.count, 11), 124)
      put("00000000000", 136)
      put("        ", 148)
      put(String(kind), 156)
      put(link, 157)
      put("ustar\u{0}00", 257)
      put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0", 148)
      let padding = (512 - content.count % 512) % 512
      return header + content + [UInt8](repeating: 0, count: padding)
    }
  }

  private static let endMark = [UInt8](repeating: 0, count: 1024)

  private static func tar(_ entries: [Entry]) -> [UInt8] { entries.flatMap(\.bytes) + endMark }

  private func read(_ bytes: [UInt8], max: Int = 1 << 20, chunk: Int = 256 << 10) throws -> Articles {
    var options = ReaderOptions(maxArticleBytes: max, rejectBytes: 16)
    options.elements.article = "doc"
    return try Articles(bytes, options, chunk: chunk, name: "dump.tar")
  }

  @Test(arguments: [1, 7, 1 << 16])
  func everyEntryIsAnInputOfItsOwnFormat(chunk: Int) throws {
    let entries = [
      Entry("news/", kind: "5"), Entry("news/a.txt", "خبر أول\n"),
      Entry("lines", "{\"id\":\"j1\",\"text\":\"ثانٍ\"}\n{\"id\":\"j2\",\"text\":\"ثالث\"}\n"),
      Entry("t.csv", "id,text\nc1,رابع\n"), Entry("c.xml", "<r><doc><id>x1</id><text>خامس</text></doc></r>"),
      Entry("أخبار/بعيد.txt", "سادس"),
    ]
    let result = try read(Self.tar(entries), chunk: chunk)
    #expect(result.rejects.isEmpty)
    #expect(result.texts == ["خبر أول\n", "ثانٍ", "ثالث", "رابع", "خامس", "سادس"])
    #expect(
      result.inputs == [
        "dump.tar/news/a.txt", "dump.tar/lines", "dump.tar/lines", "dump.tar/t.csv", "dump.tar/c.xml",
        "dump.tar/أخبار/بعيد.txt",
      ])
    #expect(result.articles.map(\.origin.record) == [1, 1, 2, 1, 1, 1])
  }

  @Test func namesAreLabelsOnly() throws {
    let bytes = Self.tar([
      Entry("../../etc/passwd", "أ"), Entry("/etc/shadow", "ب"), Entry("./x/./y", "ج"), Entry("a\nb", "د"),
    ])
    var options = ReaderOptions()
    options.limits.archivePaths = .label
    #expect(
      try Articles(bytes, options, name: "dump.tar").inputs == [
        "dump.tar/../../etc/passwd", "dump.tar/etc/shadow", "dump.tar/x/./y", "dump.tar/a\nb",
      ])
  }

  @Test func aNameThatIsNotUTF8StaysDistinct() throws {
    var entries = [Entry("XX.txt", "أ"), Entry("XX.txt", "ب")].map(\.bytes)
    for (index, byte) in [UInt8(0xC7), 0xC8].enumerated() {
      entries[index][0] = byte
      entries[index][1] = 0xE1
      // The checksum follows the name.
      let sum = entries[index][..<512].enumerated().reduce(0) {
        $0 + (148..<156 ~= $1.offset ? 0x20 : Int($1.element))
      }
      let digits = Array(
        (String(repeating: "0", count: 6 - String(sum, radix: 8).count) + String(sum, radix: 8)).utf8)
      entries[index].replaceSubrange(148..<154, with: digits)
    }
    let result = try read(entries.flatMap { $0 } + Self.endMark)
    #expect(result.inputs == ["dump.tar/%C7%E1.txt", "dump.tar/%C8%E1.txt"])
  }

  @Test func linksDevicesAndHiddenFilesAreCounted() throws {
    let result = try read(
      Self.tar([
        Entry("l", kind: "2", link: "/etc/passwd"), Entry("h", kind: "1", link: "x"), Entry("tty", kind: "3"),
        Entry("disk", kind: "4"), Entry("pipe", kind: "6"), Entry(".git/config", "x"),
        Entry("__MACOSX/a.txt", "x"),
        Entry("ok", "نص"),
      ]))
    #expect(result.texts == ["نص"])
    #expect(result.rejects.isEmpty)
    #expect(result.skips == [.archiveLink: 2, .archiveSpecialFile: 3, .archiveHiddenFile: 2])
  }

  @Test func anArchiveInAnArchiveIsOpenedOnce() throws {
    let innermost = Self.tar([Entry("deep.txt", "عميق")])
    let inner = Self.tar([Entry("in.txt", "داخل"), Entry("third.tar", innermost)])
    let result = try read(Self.tar([Entry("second.tar", inner), Entry("out.txt", "خارج")]))
    #expect(result.texts == ["داخل", "خارج"])
    #expect(result.inputs == ["dump.tar/second.tar/in.txt", "dump.tar/out.txt"])
    #expect(result.reasons == [.nestedArchive])
    #expect(result.rejects.first?.origin.input == "dump.tar/second.tar/third.tar")
  }

  @Test func archivesPutBehindOneAnotherAreAllRead() throws {
    let result = try read(Self.tar([Entry("a", "أ")]) + Self.tar([Entry("b", "ب")]))
    #expect(result.texts == ["أ", "ب"])
    #expect(result.rejects.isEmpty)
  }

  // MARK: damage

  @Test func aTruncatedTarKeepsWhatWasWhole() throws {
    let whole = Self.tar((0..<4).map { Entry("\($0).txt", String(repeating: "خبر \($0) ", count: 80)) })
    let reference = try read(whole)
    #expect(reference.rejects.isEmpty)
    for length in stride(from: 513, to: whole.count, by: 131) {
      for chunk in [7, 1 << 16] {
        let result = try read(Array(whole[..<length]), chunk: chunk)
        #expect(reference.texts.starts(with: result.texts))
        // The second block of zeros may be missing.
        if length < whole.count - 512 {
          #expect(result.reasons == [.truncatedStream], "\(length): \(result.rejects)")
        }
      }
    }
  }

  @Test func aDamagedHeaderIsPassedOver() throws {
    var entries = (0..<4).map { Entry("\($0).txt", "خبر \($0)").bytes }
    entries[2][3] ^= 0x20
    let result = try read(entries.flatMap { $0 } + Self.endMark)
    #expect(result.texts == ["خبر 0", "خبر 1", "خبر 3"])
    #expect(result.reasons == [.corruptArchive])
    #expect(result.rejects.first?.origin == RecordOrigin(input: "dump.tar", record: 0, byteOffset: 0))
  }

  @Test func anyDamageEndsWithRejects() throws {
    var random = SeededGenerator(seed: 8)
    let whole = Self.tar((0..<5).map { Entry("\($0).txt", String(repeating: "خبر \($0) ", count: 30)) })
    for _ in 0..<100 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let result = try read(bytes, max: 5000)
      #expect(try read(bytes, max: 5000, chunk: 13) == result)
    }
  }

  @Test func holesAreRefused() throws {
    guard Tool.exists("tar"), Tool.exists("truncate") else { return }
    let folder = try InputFolder()
    try Tool.run(["truncate", "-s", "1G", "hole.txt"], in: folder.path)
    try folder.write(Array("نص".utf8), "z.txt")
    try Tool.run(["tar", "-S", "-cf", "x.tar", "hole.txt", "z.txt"], in: folder.path)
    let result = try Articles(
      [folder.path + "/x.tar"], ReaderOptions(maxArticleBytes: 10_000, rejectBytes: 16))
    #expect(result.texts == ["نص"])
    #expect(result.rejects.count == 1)
  }

  // MARK: real tools

  private static let hasTools = ["tar", "gzip", "bzip2", "zstd", "zip"].allSatisfy(Tool.exists)

  private func folder(_ count: Int) throws -> (InputFolder, [String]) {
    let folder = try InputFolder()
    let texts = (0..<count).map { "مقال رقم \($0): قالت البلدية إنها فتحت السوق.\n" }
    for (index, text) in texts.enumerated() {
      try folder.write(Array(text.utf8), "d/قسم/\(String(100_000 + index).dropFirst()).txt")
    }
    return (folder, texts)
  }

  @Test(.enabled(if: hasTools, "not all tools are installed"), arguments: ["", "z", "j", "-zstd"])
  func tarsOfRealToolsAreRead(packing: String) throws {
    let (folder, texts) = try folder(20)
    for format in ["gnu", "pax", "ustar", "v7"] {
      try Tool.run(
        ["tar", "--sort=name", "--format=\(format)", "-c"] + (packing.isEmpty ? [] : ["-\(packing)"])
          + ["-f", "x.tar", "d"], in: folder.path)
      let result = try Articles([folder.path + "/x.tar"])
      #expect(result.texts == texts, "\(format)")
      #expect(result.articles.first?.id == "x.tar/d/قسم/00000.txt")
    }
  }

  @Test(.enabled(if: hasTools, "not all tools are installed"))
  func zipsAreReadFromFilesAndPipes() throws {
    let (folder, texts) = try folder(20)
    try folder.write(Array("x".utf8), "d/target")
    try Tool.run(
      ["sh", "-c", "rm d/target; ln -s 00000.txt d/link; find d | sort | zip -qyX@ x.zip"], in: folder.path)
    try Tool.run(
      ["sh", "-c", "rm d/link; find d -type f | sort | zip -qX@ - | cat >streamed.zip"], in: folder.path)
    try Tool.run(["sh", "-c", "gzip -k streamed.zip; zip -q0Xr stored.zip d"], in: folder.path)
    for name in ["x.zip", "streamed.zip", "streamed.zip.gz"] {
      let result = try Articles([folder.path + "/" + name])
      #expect(result.texts == texts, "\(name)")
      #expect(result.rejects.isEmpty)
      #expect(result.skips == (name == "x.zip" ? [.archiveLink: 1] : [:]))
    }
    #expect(try Articles([folder.path + "/stored.zip"]).texts.sorted() == texts.sorted())
  }

  @Test(.enabled(if: hasTools, "not all tools are installed"))
  func encryptedEntriesAreRejectedOneByOne() throws {
    let (folder, texts) = try folder(3)
    try Tool.run(
      ["sh", "-c", "zip -qX -P secret x.zip d/قسم/00000.txt; zip -qX x.zip d/قسم/00001.txt"], in: folder.path)
    try Tool.run(["sh", "-c", "gzip -k x.zip"], in: folder.path)
    for name in ["x.zip", "x.zip.gz"] {
      let result = try Articles([folder.path + "/" + name])
      #expect(result.texts == [texts[1]], "\(name)")
      #expect(result.reasons == [.encryptedEntry])
    }
  }

  @Test(.enabled(if: hasTools, "not all tools are installed"))
  func aZipWithoutItsDirectoryKeepsItsEntries() throws {
    let (folder, texts) = try folder(6)
    try Tool.run(["sh", "-c", "find d -type f | sort | zip -qX@ x.zip"], in: folder.path)
    let whole = try Tool.bytes(folder.path + "/x.zip")
    for cut in [23, 60, 200] {
      let result = try Articles(Array(whole.dropLast(cut)), name: "x.zip")
      #expect(result.texts == texts, "\(cut)")
      #expect(result.reasons == [.truncatedStream], "\(cut)")
    }
    // Cut inside the entries.
    let half = try Articles(Array(whole[..<(whole.count / 3)]), name: "x.zip")
    #expect(!half.texts.isEmpty && texts.starts(with: half.texts))
    #expect(half.rejects.count == 1)
    // The record at the end points nowhere.
    var lost = whole
    lost.replaceSubrange((whole.count - 6)..<(whole.count - 2), with: [0xFF, 0xFF, 0xFF, 0x0F])
    #expect(try Articles(lost, name: "x.zip").texts == texts)
  }

  @Test(.enabled(if: hasTools, "not all tools are installed"))
  func anyDamageOfAZipEndsWithRejects() throws {
    var random = SeededGenerator(seed: 9)
    let (folder, _) = try folder(5)
    try Tool.run(["sh", "-c", "zip -qXr x.zip d"], in: folder.path)
    let whole = try Tool.bytes(folder.path + "/x.zip")
    for _ in 0..<100 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        bytes[Int.random(in: 4..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let result = try read(bytes, max: 5000)
      #expect(try read(bytes, max: 5000, chunk: 13) == result)
    }
  }

  @Test(.enabled(if: hasTools, "not all tools are installed"))
  func aBombIsCountedNotKept() throws {
    let folder = try InputFolder()
    try folder.write([UInt8](repeating: 0x61, count: 40 << 20), "bomb.txt")
    try folder.write(Array("نص".utf8), "z.txt")
    try Tool.run(["zip", "-q9X", "x.zip", "bomb.txt", "z.txt"], in: folder.path)
    #expect(try Tool.bytes(folder.path + "/x.zip").count < 100_000)
    let result = try Articles(
      [folder.path + "/x.zip"], ReaderOptions(maxArticleBytes: 10_000, rejectBytes: 16))
    #expect(result.texts == ["نص"])
    #expect(result.reasons == [.articleTooLarge])
    #expect(result.rejects.first?.count == 40 << 20)
  }

  @Test(.enabled(if: hasTools, "not all tools are installed"))
  func documentsPackedAsZipAreNotTakenApart() throws {
    let folder = try InputFolder()
    try folder.write(Array("<w/>".utf8), "[Content_Types].xml")
    try folder.write(Array("<w/>".utf8), "word/document.xml")
    try Tool.run(["zip", "-qX", "x.docx", "[Content_Types].xml", "word/document.xml"], in: folder.path)
    let result = try Articles([folder.path + "/x.docx"])
    #expect(result.articles.isEmpty)
    #expect(result.reasons == [.packagedDocument])
  }

  @Test(.enabled(if: RealData.exists("persian-urdu"), "no real data here"))
  func aRealTarHasAllItsDocuments() throws {
    let result = try Articles([RealData.path("persian-urdu/urdu-news.tar.zst")])
    #expect(result.articles.count == 262)
    #expect(result.rejects.isEmpty)
  }
}
