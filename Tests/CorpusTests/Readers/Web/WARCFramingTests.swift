import TestSupport
import Testing

@testable import Corpus

@Suite struct WARCFramingTests {
  /// A good record, a skipped one, one of each mistake, and a good one.
  private static let mixed: [UInt8] =
    WARCSample.info + WARCSample.text("سوق الخضر يفتح باكراً")
    + WARCSample.text("نص أقصر من طوله", length: 2000)
    + WARCSample.text("نص أطول من طوله المعلن بكثير", length: 9) + WARCSample.text("نص سليم")
    + Array("سطر ضائع\n".utf8) + WARCSample.response(WARCSample.page("خبر")) + Array("\r\n\r\n\n".utf8)
    + WARCSample.response([1, 2, 3], "Content-Type: image/png\r\n") + WARCSample.text("الأخير")

  @Test(arguments: [1, 2, 7, 64, 1000])
  func piecesOfAnySizeGiveTheSameRecords(chunk: Int) throws {
    let whole = try WebResult(Self.mixed)
    #expect(whole.texts == ["سوق الخضر يفتح باكراً", "نص سليم", "خبر", "الأخير"])
    #expect(whole.rejects == [.wrongContentLength, .wrongContentLength, .malformedRecord])
    #expect(whole.skips == ["warcInfo": 1, "imageContent": 1])
    #expect(try WebResult(Self.mixed, chunk: chunk) == whole)
  }

  @Test(arguments: [1, 7, 100, 400, 600, 1000])
  func limitsGiveTheSameRecordsForPiecesOfAnySize(limit: Int) throws {
    let options = ReaderOptions(format: .warc, maxArticleBytes: limit, rejectBytes: 0)
    let whole = try WebResult(Self.mixed, options)
    for chunk in [1, 3, 50, 333] {
      let pieces = try WebResult(Self.mixed, chunk: chunk, options)
      #expect(pieces == whole)
    }
    #expect(limit < 600 || whole.texts.count == 4)
  }

  @Test func everyPrefixOfAnArchiveIsReadToItsEnd() throws {
    for count in stride(from: 0, to: Self.mixed.count, by: 3) {
      let result = try WebResult(Array(Self.mixed.prefix(count)), ReaderOptions(format: .warc))
      #expect(result.texts.count <= 4)
    }
  }

  @Test func randomDamageNeverStopsReading() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      var bytes = Self.mixed
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: at)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
        }
      }
      let whole = try WebResult(bytes, ReaderOptions(format: .warc))
      let pieces = try WebResult(bytes, chunk: 13, ReaderOptions(format: .warc))
      #expect(pieces == whole)
      // What one byte breaks is one record, or two.
      #expect(whole.articles.count + whole.rejects.count > 0)
    }
  }

  @Test func aWrongLengthCostsOneRecord() throws {
    let short = WARCSample.text("قبل") + WARCSample.text("طوله ناقص", length: 4) + WARCSample.text("بعد")
    let long =
      WARCSample.text("قبل") + WARCSample.text("طوله زائد", length: 99_999_999_999) + WARCSample.text("بعد")
    for bytes in [short, long] {
      let result = try WebResult(bytes)
      #expect(result.texts == ["قبل", "بعد"])
      #expect(result.rejects == [.wrongContentLength])
      #expect(result.rejectOrigins[0].record == 2)
    }
  }

  @Test(arguments: [
    "Content-Length: x\r\n", "", "Content-Length: -5\r\n", "Content-Length: 99999999999999999999\r\n",
  ])
  func aHeadWithoutALengthIsRejected(field: String) throws {
    let head = "WARC/1.0\r\nWARC-Type: conversion\r\n\(field)\r\nنص\r\n\r\n"
    let result = try WebResult(Array(head.utf8) + WARCSample.text("بعد"))
    #expect(result.texts == ["بعد"])
    #expect(result.rejects == [.malformedRecord])
  }

  @Test func aHeadWithoutEndIsRejected() throws {
    let open = Array("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 5\r\n".utf8)
    let next = try WebResult(open + WARCSample.text("بعد"))
    #expect(next.texts == ["بعد"])
    #expect(next.rejects == [.malformedRecord])
    let last = try WebResult(WARCSample.text("قبل") + open)
    #expect(last.texts == ["قبل"])
    #expect(last.rejects == [.malformedRecord])
    let endless = try WebResult(open + [UInt8](repeating: 0x41, count: 200_000) + WARCSample.text("بعد"))
    #expect(endless.rejects == [.malformedRecord])
  }

  /// Each head is looked at no further than to the next one, or this would take minutes.
  @Test func manyHeadsWithoutEndAreRejectedOneByOne() throws {
    let heads = Array(repeating: Array("WARC/1.0\r\n".utf8), count: 20_000).flatMap { $0 }
    let result = try WebResult(heads + WARCSample.text("بعد"))
    #expect(result.texts == ["بعد"])
    #expect(result.rejects.count == 20_000)
    #expect(Set(result.rejects) == [.malformedRecord])
  }

  /// A head of ARC is a line of any length: it must not be cut when garbage before it is too long to be kept.
  @Test(arguments: [1, 7, 100, 1000, 256 << 10])
  func anARCRecordBehindLongGarbageIsFound(chunk: Int) throws {
    let block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>بعد"
    let bytes =
      "filedesc://a.arc 0.0.0.0 20200101000000 text/plain 2\n1\n" + String(repeating: "garbage\n", count: 400)
      + "http://akhbar.example/a 10.0.0.1 20200101000000 text/html \(block.utf8.count)\n\(block)\n"
    let result = try WebResult(Array(bytes.utf8), chunk: chunk, ReaderOptions(maxArticleBytes: 500))
    #expect(result.texts == ["بعد"])
    #expect(result.rejects == [.wrongContentLength])
  }

  @Test func aRecordCutOffIsRejected() throws {
    let bytes = WARCSample.text("قبل") + WARCSample.text("سطر لم يكتمل").dropLast(9)
    let result = try WebResult(bytes)
    #expect(result.texts == ["قبل"])
    #expect(result.rejects == [.wrongContentLength])
  }

  @Test func longRecordsThatAreNoArticlesAreSkippedWithoutALimit() throws {
    let video = WARCSample.response([UInt8](repeating: 7, count: 900_000), "Content-Type: video/mp4\r\n")
    let bytes = WARCSample.text("قبل") + video + WARCSample.text("بعد")
    for chunk in [1000, 256 << 10] {
      let result = try WebResult(bytes, chunk: chunk, ReaderOptions(maxArticleBytes: 2000))
      #expect(result.texts == ["قبل", "بعد"])
      #expect(result.skips == ["videoContent": 1])
      #expect(result.rejects.isEmpty)
    }
  }

  @Test func longArticlesAreRejectedForTheirSize() throws {
    let long = WARCSample.response(WARCSample.page(String(repeating: "كلمة ", count: 1000)))
    let bytes = WARCSample.text("قبل") + long + WARCSample.text("بعد")
    for chunk in [1, 100, 256 << 10] {
      let result = try WebResult(bytes, chunk: chunk, ReaderOptions(maxArticleBytes: 2000))
      #expect(result.texts == ["قبل", "بعد"])
      #expect(result.rejects == [.articleTooLarge])
    }
  }

  @Test func aRecordInsideALongOneEndsIt() throws {
    let video = WARCSample.response(
      [UInt8](repeating: 7, count: 300_000), "Content-Type: video/mp4\r\n", length: 500_000)
    let result = try WebResult(video + WARCSample.text("بعد"), chunk: 10_000)
    #expect(result.texts == ["بعد"])
    #expect(result.rejects == [.wrongContentLength])
  }

  @Test func textThatLooksLikeARecordIsText() throws {
    let result = try WebResult(
      WARCSample.text("يبدأ السجل هكذا:\nWARC/1.0\nثم الحقول") + WARCSample.text("بعد"))
    #expect(result.texts == ["يبدأ السجل هكذا:\nWARC/1.0\nثم الحقول", "بعد"])
  }

  @Test func oldAndUntidyHeadsAreRead() throws {
    let untidy = """
      WARC/0.17\nwarc-type:conversion\nWARC-TARGET-URI:\thttps://akhbar.example/a\n  b\nCONTENT-LENGTH: 8 \n\
      Content-Type: text/plain\n\nنصوص\n\nWARC/1.1\nWARC-Type: conversion\nContent-Length: 6\n\nثان\n
      """
    let result = try WebResult(Array(untidy.utf8))
    #expect(result.texts == ["نصوص", "ثان"])
    #expect(result.articles[0].meta.contains("https://akhbar.example/a b"))
  }

  @Test func damagedGzipCostsWhatFollows() throws {
    guard let packed = try ReaderHarness().compress(WARCSample.text("سليم"), with: "gzip"),
      let cut = try ReaderHarness().compress(WARCSample.text("مقطوع في وسطه"), with: "gzip")
    else { return }
    let result = try WebResult(packed + cut.dropLast(30))
    #expect(result.texts == ["سليم"])
    #expect(result.rejects == [.truncatedStream])
  }
}
