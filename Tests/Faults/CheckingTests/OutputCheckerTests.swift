import FaultChecking
import Foundation
import Testing

/// A checker that finds nothing is worth nothing unless it would have: each test plants one fault in a sound output.
@Suite struct OutputCheckerTests {
  /// Six articles in three shards: records but for number 2, a reject, and number 5, a duplicate of 3.
  private final class Output {
    let folder = NSTemporaryDirectory() + "fault-checking-" + UUID().uuidString
    var shards: [[Int]] = [[1, 3], [4, 6], [7, 8]]
    var rejects = [2]
    var duplicates = [5]
    /// Reasons of rejects, where they are not emptyArticle.
    var reasons: [Int: String] = [:]
    /// What is put into a record's text.
    var texts: [Int: String] = [:]

    init() throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var expected: [ExpectedArticle] {
      (1...8).map { number in
        let place = Place("dump/a.jsonl", number)
        return switch number {
        case 2: ExpectedArticle(place: place, fate: .reject(reason: "emptyArticle"))
        case 5: ExpectedArticle(place: place, id: "n5", fate: .duplicate(of: Place("dump/a.jsonl", 3)))
        default: ExpectedArticle(place: place, id: "n\(number)", mark: "m\(number)", fate: .record)
        }
      }
    }

    func files(marks: [Int: String] = [:]) throws -> [String: Data] {
      var files: [String: Data] = [:]
      var rows: [String] = []
      for (index, shard) in shards.enumerated() {
        let lines = shard.map { number in
          let origin = #"{"input":"dump/a.jsonl","record":\#(number),"byteOffset":0}"#
          return #"{"id":"n\#(number)","text":"\#(texts[number] ?? "نص المقال")","origin":\#(origin),"meta":"#
            + #"{"mark":"\#(marks[number] ?? "m\(number)")"}}"#
        }
        let name = "part-0000\(index).jsonl.zst"
        files[name] = try compress(lines)
        rows.append(row(name, lines.count, files[name]))
      }
      let rejects = rejects.map {
        #"{"reason":"\#(reasons[$0] ?? "emptyArticle")","input":"dump/a.jsonl","record":\#($0),"raw":""}"#
      }
      let duplicates = duplicates.map {
        #"{"id":"n\#($0)","input":"dump/a.jsonl","record":\#($0),"duplicateOf":{"input":"dump/a.jsonl","record":3}}"#
      }
      files["rejects.jsonl.zst"] = try compress(rejects)
      files["duplicates.jsonl.zst"] = try compress(duplicates)
      let listings =
        #""rejects":\#(row("rejects.jsonl.zst", rejects.count, files["rejects.jsonl.zst"])),"duplicates":"#
        + row("duplicates.jsonl.zst", duplicates.count, files["duplicates.jsonl.zst"])
      files["manifest.json"] = Data("{\(listings),\"shards\":[\(rows.joined(separator: ","))]}".utf8)
      return files
    }

    private func row(_ name: String, _ records: Int, _ bytes: Data?) -> String {
      #"{"name":"\#(name)","records":\#(records),"bytes":\#(bytes?.count ?? 0)}"#
    }

    private func compress(_ lines: [String]) throws -> Data {
      let file = folder + "/plain"
      try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: file))
      return try Tool.output(["zstd", "-qc", file])
    }

    func checker() throws -> OutputChecker {
      var checker = OutputChecker(expected: expected, scratch: folder)
      try checker.takeReference(files())
      return checker
    }
  }

  private func place(_ number: Int) -> Place { Place("dump/a.jsonl", number) }

  @Test func aSoundOutputIsSound() throws {
    let output = try Output()
    #expect(try output.checker().check(output.files()).isSound)
  }

  @Test func aLostRecordIsFound() throws {
    let output = try Output()
    let checker = try output.checker()
    output.shards[1] = [6]
    let findings = try checker.check(output.files())
    #expect(findings.lost == [place(4)])
    #expect(findings.duplicated.isEmpty && findings.wrong.isEmpty, "\(findings.summary)")
  }

  @Test func aDuplicateIsFound() throws {
    let output = try Output()
    let checker = try output.checker()
    output.shards[1] = [4, 4, 6]
    #expect(try checker.check(output.files()).duplicated == [place(4)])
  }

  @Test func aRecordThatIsAlsoAmongTheRejectsIsFound() throws {
    let output = try Output()
    let checker = try output.checker()
    output.rejects = [2, 4]
    #expect(try checker.check(output.files()).duplicated == [place(4)])
  }

  @Test func aChangedByteInARecordIsFound() throws {
    let output = try Output()
    let checker = try output.checker()
    output.texts[6] = "نص المقاك"
    let findings = try checker.check(output.files())
    #expect(findings.wrong.count == 1)
    #expect(findings.wrong.first?.contains("dump/a.jsonl#6") ?? false)
    #expect(findings.lost.isEmpty && findings.duplicated.isEmpty)
  }

  @Test func aRecordWithAnotherArticlesContentIsFoundWithoutAReference() throws {
    let output = try Output()
    let checker = OutputChecker(expected: output.expected, scratch: output.folder)
    #expect(try checker.check(output.files()).isSound)
    #expect(try checker.check(output.files(marks: [6: "m4"])).wrong.count == 1)
  }

  @Test func aRecordMovedToAnotherShardIsFound() throws {
    let output = try Output()
    let checker = try output.checker()
    output.shards = [[1, 3], [6], [4, 7, 8]]
    let findings = try checker.check(output.files())
    #expect(findings.wrong.contains { $0.contains("out of order") }, "\(findings.summary)")
  }

  @Test func aLostRejectIsFound() throws {
    let output = try Output()
    let checker = try output.checker()
    output.rejects = []
    #expect(try checker.check(output.files()).lost == [place(2)])
  }

  @Test func aRejectWithAnotherReasonIsFound() throws {
    let output = try Output()
    let checker = try output.checker()
    output.shards[0] = [1]
    output.rejects = [2, 3]
    let findings = try checker.check(output.files())
    #expect(findings.wrong.contains { $0.contains("should be record") }, "\(findings.summary)")
  }

  @Test func aMissingShardIsFound() throws {
    let output = try Output()
    let checker = try output.checker()
    var files = try output.files()
    files["part-00001.jsonl.zst"] = nil
    let findings = try checker.check(files)
    #expect(findings.lost == [place(4), place(6)])
    #expect(findings.wrong.contains { $0.contains("part-00001") })
    #expect(!OutputFiles.differences(files, try output.files()).isEmpty)
    #expect(!OutputFiles.faultsOfUnfinished(files, complete: try output.files()).isEmpty)
  }

  @Test func aShardThatIsThereTwiceIsFound() throws {
    let output = try Output()
    let checker = try output.checker()
    var files = try output.files()
    files["part-00003.jsonl.zst"] = files["part-00002.jsonl.zst"]
    let findings = try checker.check(files)
    #expect(findings.duplicated == [place(7), place(8)])
    #expect(findings.wrong.contains { $0.contains("not in the manifest") })
  }

  @Test func aDamagedShardIsFound() throws {
    let output = try Output()
    let checker = try output.checker()
    var files = try output.files()
    files["part-00001.jsonl.zst"] = files["part-00001.jsonl.zst"]?.dropLast(9)
    let findings = try checker.check(files)
    #expect(findings.wrong.contains { $0.contains("part-00001.jsonl.zst: zstd cannot read it") })
  }

  @Test func aRecordThatNobodyPutInIsFound() throws {
    let output = try Output()
    let checker = try output.checker()
    output.shards[2] = [7, 8, 9]
    #expect(
      try checker.check(output.files()).wrong == ["part-00002.jsonl.zst: dump/a.jsonl#9 was not put in"])
  }

  @Test func whatIsBehindDamageIsExcusedOnlyWhenARejectSaysSo() throws {
    let output = try Output()
    let checker = try output.checker()
    let cut = ["dump/a.jsonl": Set(["truncatedStream"])]
    output.shards = [[1, 3], [4]]
    #expect(try checker.check(output.files(), cut: cut).lost == [place(6), place(7), place(8)])
    // A reject that stands where the first record is missing, with a reason that tells the damage.
    output.rejects = [2, 6]
    output.reasons = [6: "truncatedStream"]
    let told = try checker.check(output.files(), cut: cut)
    #expect(told.isSound, "\(told.summary)")
    output.reasons = [6: "invalidJSON"]
    #expect(!(try checker.check(output.files(), cut: cut).isSound))
    output.reasons = [6: "truncatedStream"]
    output.shards = [[1, 3]]
    #expect(try checker.check(output.files(), cut: cut).lost == [place(4)])
  }

  @Test func shardsOfAnUnfinishedRunMustBeTheFirstOnesByteForByte() throws {
    let output = try Output()
    let complete = try output.files()
    var files = complete
    for name in ["part-00002.jsonl.zst", "rejects.jsonl.zst", "duplicates.jsonl.zst", "manifest.json"] {
      files[name] = nil
    }
    #expect(OutputFiles.faultsOfUnfinished(files, complete: complete).isEmpty)
    files["part-00000.jsonl.zst"] = nil
    #expect(OutputFiles.faultsOfUnfinished(files, complete: complete).count == 1)
    files["part-00000.jsonl.zst"] = complete["part-00000.jsonl.zst"]?.dropLast()
    #expect(OutputFiles.faultsOfUnfinished(files, complete: complete).count == 1)
    files["part-00000.jsonl.zst"] = complete["part-00000.jsonl.zst"]
    files["part-00003.jsonl.zst"] = complete["part-00002.jsonl.zst"]
    #expect(OutputFiles.faultsOfUnfinished(files, complete: complete).count == 2)
  }
}
