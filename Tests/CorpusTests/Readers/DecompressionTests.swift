import Testing

@testable import Corpus

@Suite struct DecompressionTests {
  private func lines() throws -> [String] {
    String(decoding: try Fixture.plain(), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test(arguments: Fixture.formats, [1, 7, 256 << 10])
  func compressionIsToldByContent(format: String, chunk: Int) throws {
    let result = try ReadResult(try Fixture.compressed(format), chunk: chunk)
    #expect(result.texts == (try lines()))
    #expect(result.rejects.isEmpty)
  }

  @Test(arguments: Fixture.formats, [1, 13, 256 << 10])
  func membersStreamsAndFramesFollowOneAnother(format: String, chunk: Int) throws {
    let one = try Fixture.compressed(format)
    let result = try ReadResult(one + one + one, chunk: chunk)
    #expect(result.texts == (try lines() + lines() + lines()))
    #expect(result.rejects.isEmpty)
    let plain = try Fixture.plain()
    #expect(result.records[4].origin.byteOffset == plain.count + (try lines()[0].utf8.count) + 1)
  }

  @Test func skippableFramesArePassedOver() throws {
    let frame = try Fixture.compressed("zst")
    let skippable: [UInt8] = [0x5E, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    for bytes in [skippable + frame, frame + skippable, frame + skippable + frame] {
      let result = try ReadResult(bytes, chunk: 5)
      #expect(result.records.count % 3 == 0 && !result.records.isEmpty)
      #expect(result.rejects.isEmpty)
    }
  }

  @Test(arguments: Fixture.formats)
  func truncationAtEveryByteGivesWhatCameBeforeAndAReject(format: String) throws {
    let whole = try Fixture.compressed(format)
    let lines = try lines()
    for count in 2..<whole.count {
      let result = try ReadResult(Array(whole.prefix(count)), chunk: 64)
      #expect(result.reasons == [.truncatedStream], "cut at \(count)")
      #expect(result.texts == Array(lines.prefix(result.records.count)), "cut at \(count)")
    }
  }

  @Test(arguments: Fixture.formats)
  func truncationOfASecondMemberKeepsTheFirst(format: String) throws {
    let whole = try Fixture.compressed(format)
    for count in 1..<whole.count {
      let result = try ReadResult(whole + whole.prefix(count))
      #expect(result.texts.prefix(3) == (try lines())[...], "cut at \(count)")
      #expect(
        result.reasons == [.truncatedStream] || (count < 2 && result.reasons == [.corruptStream]),
        "cut at \(count)")
    }
  }

  @Test(arguments: Fixture.formats)
  func everyFlippedByteIsSurvived(format: String) throws {
    let whole = try Fixture.compressed(format)
    let plain = try lines()
    for at in whole.indices {
      var damaged = whole
      damaged[at] ^= 0x20
      let result = try ReadResult(damaged)
      // Some header bytes (time, system) mean nothing, and without its magic number the file is a text.
      let isText = at < 6 && result.records.map(\.bytes) == [damaged]
      #expect(result.texts == plain || !result.rejects.isEmpty || isText, "byte \(at)")
    }
  }

  @Test(arguments: Fixture.formats)
  func damagedContentIsCorruptAndSaysWhere(format: String) throws {
    var damaged = try Fixture.compressed(format)
    damaged[damaged.count / 2] ^= 0xFF
    let result = try ReadResult(damaged)
    #expect(result.reasons == [.corruptStream])
    #expect(result.rejects[0].detail.contains("byte "))
  }

  @Test(arguments: Fixture.formats, [1, 256 << 10])
  func trailingGarbageIsCorrupt(format: String, chunk: Int) throws {
    let whole = try Fixture.compressed(format)
    let result = try ReadResult(whole + Array("garbage".utf8), chunk: chunk)
    #expect(result.texts == (try lines()))
    #expect(result.reasons == [.corruptStream])
    #expect(result.rejects[0].detail.contains("at byte \(whole.count) "))
  }

  @Test func zeroPaddingCountsOnlyWhereTheFormatKnowsIt() throws {
    func reasons(_ format: String, _ zeros: Int) throws -> [RejectReason] {
      try ReadResult(try Fixture.compressed(format) + [UInt8](repeating: 0, count: zeros), chunk: 3).reasons
    }
    #expect(try reasons("gz", 511) == [])
    #expect(try reasons("xz", 512) == [])
    #expect(try reasons("xz", 511) == [.corruptStream])
    #expect(try reasons("bz2", 512) == [.corruptStream])
    #expect(try reasons("zst", 512) == [.corruptStream])
  }

  @Test func aTextThatBeginsLikeAMagicNumberIsText() throws {
    let options = ReaderOptions(format: .text)
    for text in ["BZh9 نص", "B", "(", "PK"] { #expect(try ReadResult(text, options).texts == [text]) }
  }

  @Test func aTextCutOffInItsCompressedFileIsNoArticle() throws {
    let whole = try Fixture.compressed("gz")
    let result = try ReadResult(Array(whole.dropLast(4)), ReaderOptions(format: .text))
    #expect(result.records.isEmpty)
    #expect(result.reasons == [.truncatedStream])
    #expect(result.rejects[0].raw == (try Fixture.plain()))
  }
}
