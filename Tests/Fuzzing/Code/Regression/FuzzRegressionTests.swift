import Foundation
import TestSupport
import Testing

@testable import ArabicText
@testable import Corpus

/// What `Scripts/fuzz` runs for hours, for seconds: every target on its seeds, on the inputs that once broke it, and on
/// changes of both.
@Suite struct FuzzRegressionTests {
  @Test(arguments: FuzzTarget.all.map(\.name))
  func noInputBreaksAPromise(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let files = try InputFiles.all(name)
    #expect(files.contains { $0.path.contains("/Seeds/") }, "Seeds/\(name) is empty")
    let run = try target.make()
    for file in files {
      #expect(throws: Never.self, "\(file.path)") { try file.bytes.withUnsafeBufferPointer { try run($0) } }
    }
    var mutator = Mutator(seed: 6)
    // Long inputs would cost most of the time and find no more.
    let inputs = files.map(\.bytes).filter { $0.count < 4096 } + [[]]
    for number in 0..<target.mutations {
      let input = mutator.mutation(of: inputs)
      do {
        try input.withUnsafeBufferPointer { try run($0) }
      } catch {
        Issue.record("mutation \(number), base64 \(Data(input).base64EncodedString()): \(error)")
        return
      }
    }
  }

  @Test func everyFolderOfInputsHasATarget() throws {
    let names = Set(FuzzTarget.all.map(\.name))
    #expect(names.count == FuzzTarget.all.count)
    for folder in ["Seeds", "Crashers"] {
      for name in try FileManager.default.contentsOfDirectory(
        atPath: InputFiles.root.appending(path: folder).path)
      where !name.hasPrefix(".") && name != "README.md" {
        #expect(names.contains(name), "\(folder)/\(name)")
      }
    }
  }

  /// The checks themselves see what is wrong.
  @Test func plantedFaultsAreCaught() {
    #expect(JSONCheck.fault(Array(#"{"a":[1,-0.5e+3,"\u0041",true,null,{}],"b":""}"#.utf8)) == nil)
    for bad in [
      "", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "01", "1.", "1e", "\"\n\"", "\"\\x\"", "\"\\u12G4\"", "nul",
      "1 2",
      "[}", "{]", "\"",
    ] { #expect(JSONCheck.fault(Array(bad.utf8)) != nil, "\(bad)") }
    #expect(JSONCheck.fault([0x22, 0xFF, 0x22]) != nil)

    let text = Array("abc".utf16)
    #expect(throws: PropertyViolation.self) {
      try EditMapCheck.check(EditMap(), source: text, text: Array("abd".utf16))
    }
    var map = EditMap()
    map.append(layer: [TextEdit(source: TextSpan(0, 1), output: TextSpan(0, 2))])
    #expect(throws: Never.self) { try EditMapCheck.check(map, source: text, text: Array("xybc".utf16)) }
    #expect(throws: PropertyViolation.self) {
      try EditMapCheck.check(map, source: text, text: Array("xybd".utf16))
    }
    #expect(throws: PropertyViolation.self) { try EditMapCheck.check(map, source: text, text: text) }
  }

  @Test func aLostOrAlteredRecordIsCaught() throws {
    let folder = try ScratchFolder()
    let bytes = Array("{\"text\":\"أول\"}\n{\"text\":\"ثان\"}\n".utf8)
    let path = try bytes.withUnsafeBufferPointer { try folder.write($0, "input") }
    let whole = ReadResult(path, ReaderOptions(format: .jsonl), try RecordParser())
    #expect(whole.articles.count == 2)
    #expect(throws: Never.self) { try whole.check(rejectBytes: 4096) }
    var lost = whole
    lost.articles.removeLast()
    #expect(throws: PropertyViolation.self) { try lost.check(rejectBytes: 4096) }
    #expect(whole.difference(from: lost) != nil)
    var altered = whole
    altered.records[1].bytes[3] ^= 1
    #expect(throws: PropertyViolation.self) {
      try bytes.withUnsafeBufferPointer { try altered.check(within: $0) }
    }
    var shifted = whole
    shifted.records[1].origin.record = 4
    #expect(throws: PropertyViolation.self) {
      try bytes.withUnsafeBufferPointer { try shifted.check(within: $0) }
    }
  }
}

/// Seeds and crashers, as files beside this one.
private enum InputFiles {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func all(_ target: String) throws -> [(path: String, bytes: [UInt8])] {
    try ["Seeds", "Crashers"].flatMap { kind -> [(path: String, bytes: [UInt8])] in
      let folder = root.appending(path: "\(kind)/\(target)")
      guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        .map {
          (
            path: folder.appending(path: $0).path,
            bytes: [UInt8](try Data(contentsOf: folder.appending(path: $0)))
          )
        }
    }
  }
}
