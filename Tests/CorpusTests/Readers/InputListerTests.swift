import Foundation
import Testing

@testable import Corpus

@Suite struct InputListerTests {
  private func names(_ arguments: [String]) throws -> [String] {
    try InputLister.list(arguments).files.map(\.name)
  }

  @Test func foldersAreListedDeeplyInByteOrderOfTheirPaths() throws {
    let folder = try InputFolder()
    for name in ["dump/b.txt", "dump/a/z.txt", "dump/a.txt", "dump/a/B.txt", "dump/ب.txt"] {
      try folder.write([65], name)
    }
    #expect(
      try names([folder.path + "/dump"]) == [
        "dump/a.txt", "dump/a/B.txt", "dump/a/z.txt", "dump/b.txt", "dump/ب.txt",
      ])
  }

  @Test func namesDoNotDependOnHowTheFolderIsNamed() throws {
    let folder = try InputFolder()
    try folder.write([65], "dump/deep/a.txt")
    for way in ["/dump", "/dump/", "/dump/.", "/dump/deep/.."] {
      #expect(try names([folder.path + way]) == ["dump/deep/a.txt"], "\(way)")
    }
    #expect(try names([folder.path + "/dump/deep/a.txt"]) == ["a.txt"])
  }

  @Test func hiddenNamesAndTemporaryFoldersAreNoData() throws {
    let folder = try InputFolder()
    for name in ["d/.git/x", "d/.hidden", "d/_tmp/part", "d/_named.txt", "d/a"] {
      try folder.write([65], name)
    }
    #expect(try names([folder.path + "/d"]) == ["d/_named.txt", "d/a"])
  }

  @Test func patternsGiveEachMatchANameOfItsOwn() throws {
    let folder = try InputFolder()
    for name in ["x/a.jsonl", "y/a.jsonl", "y/b.txt"] { try folder.write([65], name) }
    #expect(try names([folder.path + "/*/a.jsonl"]) == ["x/a.jsonl", "y/a.jsonl"])
    #expect(try names([folder.path + "/y/?.*"]) == ["a.jsonl", "b.txt"])
    #expect(try names([folder.path + "/[xz]"]) == ["x/a.jsonl"])
  }

  @Test func argumentsKeepTheirOrder() throws {
    let folder = try InputFolder()
    let b = try folder.write([65, 66], "b")
    let a = try folder.write([65], "a")
    let listing = try InputLister.list([b, "-", a, b])
    #expect(listing.files.map(\.name) == ["b", "-", "a", "b"])
    #expect(listing.files.map(\.byteCount) == [2, nil, 1, 2])
  }

  @Test func nothingFoundIsAnErrorThatNamesThePath() throws {
    let folder = try InputFolder()
    #expect(throws: InputError.notFound(folder.path + "/none")) {
      try InputLister.list([folder.path + "/none"])
    }
    #expect(throws: InputError.notFound(folder.path + "/*.x")) {
      try InputLister.list([folder.path + "/*.x"])
    }
  }

  @Test func whatCannotBeReadIsARejectAndReadingGoesOn() throws {
    let folder = try InputFolder()
    let good = try folder.write(Array("نص".utf8), "d/z.txt")
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: folder.path + "/d/broken", withDestinationPath: "/nowhere/at/all")
    try manager.createSymbolicLink(atPath: folder.path + "/d/loop", withDestinationPath: folder.path + "/d")
    #expect(mkfifo(folder.path + "/d/pipe", 0o600) == 0)
    let result = try ReadResult([folder.path + "/d"])
    #expect(result.texts == ["نص"])
    #expect(result.rejects.map(\.origin.input) == ["d/broken", "d/loop", "d/pipe"])
    #expect(Set(result.reasons) == [.unreadable])
    // Gone between listing and opening.
    let listing = try InputLister.list([good])
    try manager.removeItem(atPath: good)
    var reader = BatchReader(inputs: listing.files)
    let batch = reader.next()
    #expect(batch?.rejects.map(\.reason) == [.unreadable])
    #expect(batch?.rejects.first?.detail.contains("No such file") == true)
    let isOver = reader.next() == nil
    #expect(isOver)
  }
}
