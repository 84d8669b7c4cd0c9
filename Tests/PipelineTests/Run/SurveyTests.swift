import Corpus
import Foundation
import Testing

@testable import Pipeline

/// Drops every third article, before the stage below sees it.
private struct ThirdFactory: StageFactory {
  static let name = "third"
  static let itemName = "articles"
  static func reads(_ options: NoOptions) -> [String] { [] }
  static let writes: [String] = []
  static let reshapes = true

  init(_ options: NoOptions, context: StageContext) {}
  func makeStage() throws -> any Stage {
    ClosureStage { batch in
      var result = StageResult()
      result.drop(
        batch.articles.indices.filter { batch.articles[$0].origin.record % 3 == 0 }.map {
          ArticleDrop(index: $0, reason: "third", detail: "a third one")
        }, of: batch)
      return result
    }
  }
}

/// Surveys ids; its stages drop all that are as long as the last one of the dump, which only a survey can know.
private struct CensusFactory: SurveyingFactory {
  static let name = "census"
  static let itemName = "articles"
  static func reads(_ options: NoOptions) -> [String] { [] }
  static let writes: [String] = []
  static let reshapes = true

  private var ids: [[String]]?

  init(_ options: NoOptions, context: StageContext) {}

  func makeStage() throws -> any Stage {
    let ids = ids
    return ClosureStage { batch in
      var result = StageResult()
      guard let ids, let last = ids.last(where: { !$0.isEmpty })?.last else { return result }
      guard batch.articles.map(\.id) == ids[batch.index] else {
        throw SurveyError.inputChanged(stage: "census")
      }
      result.drop(
        batch.articles.indices.filter { batch.articles[$0].id.utf8.count == last.utf8.count }.map {
          ArticleDrop(
            index: $0, reason: "census.last", detail: "",
            duplicate: DuplicateNote(kind: "length", similarity: 0.5, id: last, input: "in", record: 1))
        }, of: batch)
      return result
    }
  }

  struct Census: Surveyor {
    mutating func survey(_ batch: Batch) throws -> [String] { batch.articles.map(\.id) }
  }

  struct Collector: SurveyCollector {
    var ids: [[String]] = []
    mutating func add(_ rows: [String]) throws { ids.append(rows) }
    mutating func finish() throws -> [[String]] { ids }
  }

  func makeSurveyor() throws -> any Surveyor<[String]> { Census() }
  func makeCollector(folder: String) throws -> any SurveyCollector<[String], [[String]]> {
    var isFolder: ObjCBool = false
    #expect(FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) && isFolder.boolValue)
    return Collector()
  }
  func informed(by finding: [[String]]) -> CensusFactory {
    var copy = self
    copy.ids = finding
    return copy
  }
  var surveyBytes: Int { 12345 }
  var surveyContents: String { "ids" }
}

@Suite struct SurveyTests {
  private func withFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "survey-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
  }

  private func config(workers: Int) throws -> PipelineConfig {
    let yaml = """
      version: 1
      stages: [third, census]
      input: {batchBytes: 4096}
      run: {workers: \(workers)}
      """
    let registry = StageRegistry([StageKind(ThirdFactory.self), StageKind(CensusFactory.self)])
    return try PipelineConfig(
      try ConfigNode.parse(yaml: yaml, source: "a.yaml"), directory: "", registry: registry)
  }

  private func dump(_ folder: URL) throws -> InputListing {
    let lines = (1...2000).map { #"{"id":"\#($0)","text":"خبر رقم \#($0)"}"# }
    let file = folder.appending(path: "dump.jsonl")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    return try InputLister.list([file.path])
  }

  @Test func stagesSeeInTheSecondPassWhatTheSurveySawInTheFirst() async throws {
    try await withFolder { folder in
      let listing = try dump(folder)
      var results: [Data] = []
      for workers in [1, 4] {
        let config = try config(workers: workers)
        #expect(MemoryBound(config).parts.contains { $0.bytes == 12345 })
        #expect(config.plan.surveyContents.map(\.stage) == ["census"])
        let output = folder.appending(path: "out\(workers)").path
        let progress = RunProgress()
        let run = PipelineRun(config: config, inputs: listing, output: output)
        guard case .ran(let summary) = try await run.execute(progress: progress, stop: StopSignal()) else {
          Issue.record("it has not run")
          return
        }
        // 999 ids have up to three digits, a third of all are gone before; 2000 is the last.
        #expect(summary.records == 666)
        #expect(summary.leftOut.filtered == ["third": 666])
        #expect(summary.leftOut.duplicates == ["length": 668])
        #expect(summary.steps.first?.name == "survey for census")
        #expect(progress.snapshot.survey == nil)
        #expect(progress.snapshot.readBytes == 2 * listing.byteCount)
        #expect(progress.snapshot.totalBytes == 2 * listing.byteCount)
        #expect(ShardVerifier.verify(directory: output).problems == [])
        for name in ["part-00000.jsonl.zst", "duplicates.jsonl.zst"] {
          results.append(try Data(contentsOf: URL(filePath: output + "/" + name)))
        }
      }
      #expect(results[0] == results[2] && results[1] == results[3])
    }
  }

  @Test func inputThatCannotBeReadTwiceIsRefusedBeforeAnythingIsDone() async throws {
    try await withFolder { folder in
      let output = folder.appending(path: "out").path
      for (path, name) in [("-", "-"), ("/dev/fd/9", "pipe")] {
        let listing = InputListing(files: [InputFile(path: path, name: name, byteCount: nil)])
        let run = PipelineRun(config: try config(workers: 1), inputs: listing, output: output)
        await #expect(throws: SurveyError.inputReadOnce(stage: "census", input: name)) {
          _ = try await run.execute(progress: RunProgress(), stop: StopSignal())
        }
      }
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }

  @Test func aStopDuringTheSurveyEndsTheRunWithoutAnyShard() async throws {
    try await withFolder { folder in
      let listing = try dump(folder)
      let stop = StopSignal()
      stop.raise()
      let output = folder.appending(path: "out").path
      let run = PipelineRun(config: try config(workers: 2), inputs: listing, output: output)
      guard case .ran(let summary) = try await run.execute(progress: RunProgress(), stop: stop) else {
        Issue.record("it has not run")
        return
      }
      #expect(summary.state == .interrupted && summary.shards == 0)
      guard case .ran(let again) = try await run.execute(progress: RunProgress(), stop: StopSignal()) else {
        Issue.record("it has not run")
        return
      }
      #expect(again.state == .complete && again.records == 666)
    }
  }

  @Test func withoutASurveyEveryArticleStays() async throws {
    try await withFolder { folder in
      let listing = try dump(folder)
      let result = try await PipelinePreview(try config(workers: 1)).articles(of: listing, count: 3, id: nil)
      #expect(result.items.map { $0.batch.articles.count } == [1, 1, 0])
    }
  }
}
