import Foundation
import Pipeline
import Testing

@testable import Stages

/// `limits:` in a config, and what it does to articles that stages find beyond it.
@Suite struct LimitsTests {
  private static let yaml = "version: 1\nstages: [normalize, segment, keywords, summarize]\n"

  private func ids(_ texts: [String], set: [String]) async throws -> [String] {
    try await PipelineHarness(Self.yaml, set: set).records(texts).compactMap { $0["id"] as? String }
  }

  @Test func anArticleBeyondALimitLeavesTheBatchAndTheOthersStay() async throws {
    let texts = [
      "وصل الوفد أمس. ثم مضى.", "كلمة ثم كلمة ثم كلمة ثم كلمة ثم كلمة", "أ. ب. ت.",
      "ك" + String(repeating: "&#x651;&#x64e;", count: 20), "عاد الوفد اليوم.",
    ]
    #expect(try await ids(texts, set: []) == ["a0", "a1", "a2", "a3", "a4"])
    #expect(try await ids(texts, set: ["limits.words=5"]) == ["a0", "a2", "a3", "a4"])
    #expect(try await ids(texts, set: ["limits.sentences=1"]).contains("a0") == false)
    #expect(try await ids(texts, set: ["limits.combiningMarks=30"]) == ["a0", "a1", "a2", "a4"])
    #expect(try await ids(texts, set: ["limits.combiningMarks=0", "limits.words=0"]).count == 5)
  }

  @Test func planShowsTheSectionAndTheRunDependsOnIt() throws {
    let config = try PipelineHarness(Self.yaml, set: ["limits.words=5"]).config
    let json = config.resolved.json()
    for key in [
      "lineBytes", "expansionRatio", "expandedBytes", "windowBytes", "jsonDepth", "lines", "words",
      "sentences",
      "combiningMarks", "archiveEntries", "archivePaths",
    ] {
      #expect(json.contains("\"\(key)\""), "\(key)")
    }
    #expect(config.contentDocument.json().contains("\"words\": 5"))
    #expect(config.readerOptions.limits.lineBytes == 256 << 20)
    #expect(config.parserOptions.maxDepth == 256)
  }

  @Test(arguments: [
    ("limits.words=-1", "limits.words"), ("limits.jsonDepth=0", "limits.jsonDepth"),
    ("limits.lineBytes=10", "limits.lineBytes"), ("limits.windowBytes=4 GiB", "limits.windowBytes"),
    ("limits.archivePaths=follow", "limits.archivePaths"), ("limits.marks=5", "limits.marks"),
  ])
  func mistakesAreNamed(set: String, path: String) throws {
    do {
      _ = try PipelineHarness(Self.yaml, set: [set])
      Issue.record("accepted \(set)")
    } catch let error as ConfigError {
      #expect(error.issues.map(\.path) == [path])
    }
  }
}
