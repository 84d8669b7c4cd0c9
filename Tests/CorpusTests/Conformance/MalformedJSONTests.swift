import Testing

@testable import Corpus

/// Lines that are no articles end as rejects with the right reason, and cost the lines around them nothing.
@Suite struct MalformedJSONTests {
  private static let good = (
    first: #"{"id":"a","text":"وصلت القافلة قبل المغيب."}"#,
    last: #"{"id":"z","text":"ثم مضت عند الفجر."}"#
  )

  @Test func thereAreManyKinds() {
    #expect(Set(MalformedJSONSamples.all.map(\.line)).count >= 150)
    #expect(Set(MalformedJSONSamples.all.map(\.line)).count == MalformedJSONSamples.all.count)
  }

  @Test func eachIsRejectedForItsReason() throws {
    let parser = try RecordParser()
    for sample in MalformedJSONSamples.all {
      var batch = RawBatch(index: 0)
      batch.bytes = Array(sample.line.utf8)
      let record = RawRecord(
        origin: RecordOrigin(input: "a", record: 1, byteOffset: 0), range: 0..<batch.bytes.count, kind: .json,
        units: .bytes, order: 0)
      switch parser.parse(record, in: batch) {
      case .success(let article): Issue.record("\(sample): read as \(article.textString.debugDescription)")
      case .failure(.skip(let reason)): Issue.record("\(sample): skipped as \(reason.rawValue)")
      case .failure(.reject(let reject)):
        #expect(reject.reason == sample.reason, "\(sample): \(reject.detail)")
        #expect(!reject.detail.isEmpty && !reject.detail.contains("نص"), "\(sample)")
      }
    }
  }

  @Test func oddArticlesAreArticles() throws {
    for sample in MalformedJSONSamples.articles {
      #expect(try parsed(sample.line).get().textString == sample.text, "\(sample.line)")
    }
  }

  /// In one file, a good line after each bad one; in pieces, and at once.
  @Test(arguments: [1009, 256 << 10])
  func theLinesAroundSurvive(chunk: Int) throws {
    let samples = MalformedJSONSamples.all
    var lines = [Self.good.first]
    for (index, sample) in samples.enumerated() {
      lines += [sample.line, #"{"id":"\#(index)","text":"سطر سليم بعد سطر معطوب."}"#]
    }
    lines.append(Self.good.last)
    let result = try Articles(Array(lines.joined(separator: "\n").utf8), chunk: chunk)
    #expect(result.articles.map(\.id) == ["a"] + samples.indices.map { "\($0)" } + ["z"])
    #expect(result.rejects.count == samples.count)
    for (sample, reject) in zip(samples, result.rejects) {
      #expect(reject.reason == sample.reason, "\(sample)")
    }
  }

  @Test func eachAloneBetweenGoodLinesCostsThemNothing() throws {
    for sample in MalformedJSONSamples.all {
      let text = [Self.good.first, sample.line, Self.good.last].joined(separator: "\r\n")
      let result = try Articles(Array(text.utf8), ReaderOptions(format: .jsonl))
      #expect(result.articles.map(\.id) == ["a", "z"], "\(sample)")
      #expect(result.reasons == [sample.reason], "\(sample)")
      #expect(result.rejects.first?.origin.byteOffset == Self.good.first.utf8.count + 2, "\(sample)")
    }
  }

  /// A line end inside a string makes two lines of it, both bad.
  @Test func aLineEndInsideAStringCostsTwoLines() throws {
    let text = "\(Self.good.first)\n{\"text\":\"نص\nنص\"}\n\(Self.good.last)\n"
    let result = try Articles(text)
    #expect(result.articles.map(\.id) == ["a", "z"])
    #expect(result.reasons == [.invalidJSON, .invalidJSON])
  }

  /// Elements of an array are told apart by brackets and quotes, so only what leaves those in order is one reject.
  @Test func elementsOfAnArrayAreRejectedOneByOne() throws {
    let balanced = [
      #"{"text":01}"#, #"{"text":"\x"}"#, #"{text:"نص"}"#, #"{"a":1}"#, "[1]", "null", #"{"text":""}"#,
      #"{"text":1}"#,
      #"{"text":"نص",}"#, #"{"text":NaN}"#, "{}", "nul",
    ]
    let reasons: [RejectReason] = [
      .invalidJSON, .invalidJSON, .invalidJSON, .missingText, .notAnObject, .notAnObject, .emptyArticle,
      .wrongFieldType, .invalidJSON, .invalidJSON, .missingText, .invalidJSON,
    ]
    let elements = balanced.flatMap { [$0, Self.good.first] }
    let text = "[\(Self.good.first), \(elements.joined(separator: ", "))]"
    let result = try Articles(Array(text.utf8), ReaderOptions(format: .jsonArray))
    #expect(result.articles.count == balanced.count + 1)
    #expect(result.reasons == reasons)
  }
}
