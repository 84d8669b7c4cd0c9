import Foundation
import Testing

@testable import Corpus

/// Names of inputs are what their bytes say, and what cannot be read is told of.
@Suite struct InputNameTests {
  private func names(_ argument: String) throws -> [String] {
    try InputLister.list([argument]).files.map(\.name)
  }

  /// A vowel sign at the beginning of a name makes one `Character` with the slash before it.
  @Test(arguments: ["\u{064E}ا.txt", "\u{0301}a.txt", "\u{200D}.txt", "ا ب.txt", "a\r\nb.txt", "*?[.txt"])
  func anyNameIsKept(name: String) throws {
    let folder = try InputFolder()
    try folder.write([65], "d/.hidden")
    // Foundation takes paths apart by `Character`.
    let file = folder.path + "/d/" + name
    let stream = try #require(fopen(file, "w"))
    fclose(stream)
    #expect(try names(file).map { Array($0.utf8) } == [Array(name.utf8)])
    #expect(try names(folder.path + "/d").map { Array($0.utf8) } == [Array("d/\(name)".utf8)])
    #expect(try names(folder.path + "/d/*").map { Array($0.utf8) } == [Array(name.utf8)])
    #expect(try names(folder.path + "/?/*").map { Array($0.utf8) } == [Array("d/\(name)".utf8)])
  }

  @Test func aNameIsHiddenByItsFirstByte() throws {
    let folder = try InputFolder()
    for name in ["d/.\u{0301}hidden", "d/.x/a", "d/a.", "d/..b"] { try folder.write([65], name) }
    #expect(try names(folder.path + "/d") == ["d/a."])
    #expect(try names(folder.path + "/d/.x") == [".x/a"], "what is named is read")
  }

  @Test func onlyFoldersAreTemporary() throws {
    let folder = try InputFolder()
    for name in ["d/x/_tmp", "d/_tmp/part", "d/y/_tmp/z/part", "d/_tmp.txt"] { try folder.write([65], name) }
    #expect(try names(folder.path + "/d") == ["d/_tmp.txt", "d/x/_tmp"])
    #expect(try names(folder.path + "/d/_tmp") == ["_tmp/part"], "what is named is read")
  }

  @Test func orderIsThatOfTheBytesWhateverTheDepth() throws {
    let folder = try InputFolder()
    let files = [
      "a/b/c/d/e.txt", "a/b/c.txt", "a/b-c.txt", "a/b0.txt", "a/B.txt", "a/é", "a/e\u{0301}", "a/ي",
    ]
    for name in files { try folder.write([65], name) }
    let expected = files.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    #expect(try names(folder.path + "/a").map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test func anEmptyFolderHasNoInputs() throws {
    let folder = try InputFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/d/e/f", withIntermediateDirectories: true)
    let listing = try InputLister.list([folder.path + "/d"])
    #expect(listing.files.isEmpty && listing.rejects.isEmpty)
    #expect(try ReadResult([folder.path + "/d"]) == ReadResult([]))
  }

  @Test func linksThatLeadNowhereAreRejects() throws {
    let folder = try InputFolder()
    try folder.write(Array("نص".utf8), "d/ok.txt")
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: folder.path + "/d/self", withDestinationPath: "self")
    try manager.createSymbolicLink(atPath: folder.path + "/d/up", withDestinationPath: "..")
    for argument in ["/d", "/d/*"] {
      let result = try ReadResult([folder.path + argument])
      #expect(result.texts.contains("نص"))
      #expect(result.reasons.allSatisfy { $0 == .unreadable })
      #expect(result.rejects.contains { $0.origin.input.hasSuffix("self") && $0.origin.record == 0 })
    }
  }

  /// Root may read everything.
  @Test(.enabled(if: geteuid() != 0, "root may read everything"), arguments: ["d/x/a.txt", "d/x"])
  func whatMayNotBeReadIsAReject(name: String) throws {
    let folder = try InputFolder()
    try folder.write(Array("سر".utf8), "d/x/a.txt")
    try folder.write(Array("نص".utf8), "d/y.txt")
    #expect(chmod(folder.path + "/" + name, 0) == 0)
    defer { chmod(folder.path + "/" + name, 0o700) }
    let result = try ReadResult([folder.path + "/d"])
    #expect(result.texts == ["نص"])
    #expect(result.reasons == [.unreadable])
    #expect(result.rejects[0].origin == RecordOrigin(input: name, record: 0, byteOffset: 0))
  }

  @Test func anErrorOfReadingIsARejectAndTheNextInputIsRead() throws {
    let folder = try InputFolder()
    let good = try folder.write(Array("نص".utf8), "z.txt")
    for format in [InputFormat.auto, .text, .jsonl, .jsonArray] {
      // A folder opens but does not read.
      var reader = BatchReader(
        inputs: [
          InputFile(path: folder.path, name: "folder", byteCount: nil),
          InputFile(path: good, name: "z", byteCount: nil),
        ], options: ReaderOptions(format: format == .jsonArray ? .text : format))
      let batch = reader.next()
      #expect(batch?.rejects.map(\.reason) == [.unreadable])
      #expect(batch?.rejects.first?.detail.contains("directory") == true)
      #expect(batch?.records.map(\.origin.input) == ["z"])
      #expect(batch?.rejects.map(\.order) == [0])
      #expect(batch?.records.map(\.order) == [1])
    }
  }
}
