import ArabicText
import Corpus
import Foundation
import Pipeline
import Testing

@testable import Stages

/// Runs articles through a pipeline in memory and gives the records as JSON objects.
struct PipelineHarness {
  let config: PipelineConfig

  init(_ yaml: String, set: [String] = []) throws {
    var node = try ConfigNode.parse(yaml: yaml, source: "test.yaml")
    for argument in set { try node.apply(override: argument) }
    config = try PipelineConfig(
      node, directory: Repository.path("Pipelines"), registry: StageRegistry.standard)
  }

  static let everything = """
    version: 1
    stages: [normalize, segment, keywords, summarize, transliterate, example]
    segment: {tokens: true}
    transliterate: {fields: [title, keywords, text]}
    output: {sourceText: true}
    """

  func records(_ articles: [(title: String, text: [UInt16])]) async throws -> [[String: Any]] {
    let runner = try StageRunner(config.plan, idle: IdleCores())
    let encoder = RecordEncoder(config.plan, options: config.output)
    var batch = Batch(
      index: 0,
      articles: articles.enumerated().map { index, article in
        Article(
          id: "a\(index)", origin: RecordOrigin(input: "memory", record: index + 1, byteOffset: 0),
          title: Array(article.title.utf16), source: article.text,
          encoding: DecodedEncoding(name: "utf-8", how: .validated))
      })
    _ = try await runner.run(&batch)
    let bytes = encoder.encode(batch)
    return try bytes.split(separator: 0x0A).map {
      try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
    }
  }

  func records(_ texts: [String]) async throws -> [[String: Any]] {
    try await records(texts.map { (title: "", text: Array($0.utf16)) })
  }
}

/// Files of the repository.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static func path(_ name: String) -> String { root.appending(path: name).path }
  static func text(_ name: String) throws -> String {
    try String(contentsOf: root.appending(path: name), encoding: .utf8)
  }

  /// Texts of the sample dump.
  static func sample() throws -> [(title: String, text: [UInt16])] {
    try text("Pipelines/sample/articles.jsonl").split(separator: "\n").map { line in
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let body = try #require(object["text"] as? String)
      return (title: object["title"] as? String ?? "", text: Array(body.utf16))
    }
  }
}
