import Testing

@testable import Corpus

@Suite struct RecordFramingTests {
  @Test func aFileOfTextIsOneRecord() throws {
    let result = try ReadResult("سطر أول\n\nسطر ثان\n")
    #expect(result.texts == ["سطر أول\n\nسطر ثان\n"])
    #expect(result.records[0].origin == RecordOrigin(input: "input", record: 1, byteOffset: 0))
  }

  @Test func linesAreRecordsWhateverTheirEnds() throws {
    let result = try ReadResult("{\"a\":1}\r\n\r\n  \n{\"b\":2}\n\n{\"c\":3}")
    #expect(result.texts == ["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"])
    #expect(result.records.map(\.origin.record) == [1, 2, 3])
    #expect(result.records.map(\.origin.byteOffset) == [0, 14, 23])
  }

  @Test func elementsOfAnArrayAreRecordsWhateverStandsBetween() throws {
    let result = try ReadResult(" [ {\"a\": [1, \"]}\\\"\"]} ,\n\t{\"b\":{}},3,\"x,y\" ,null ]\n")
    #expect(result.texts == ["{\"a\": [1, \"]}\\\"\"]}", "{\"b\":{}}", "3", "\"x,y\"", "null"])
    #expect(result.rejects.isEmpty)
  }

  @Test func theFirstCharactersTellTheFormat() throws {
    func formats(_ text: String) throws -> Int { try ReadResult(text).records.count }
    #expect(try formats("{\"a\":1}\n{\"a\":2}") == 2)
    #expect(try formats("\n [\n{\"a\":1},{\"a\":2},{}]") == 3)
    #expect(try formats("[1] مرجع\nسطر") == 1)
    #expect(try formats("نص\n{\"a\":1}\n{\"a\":2}") == 1)
    #expect(try formats("[]") == 0)
    #expect(try ReadResult("").texts == [""], "an empty file is an article without text")
  }

  @Test func anArrayThatIsNotClosedIsReported() throws {
    let cut = try ReadResult("[{\"a\":1},{\"b\":2},")
    #expect(cut.texts == ["{\"a\":1}", "{\"b\":2}"])
    #expect(cut.reasons == [.invalidJSON])
    #expect(
      try ReadResult("[{\"a\":1},{\"b\":").texts == ["{\"a\":1}", "{\"b\":"], "the parser rejects the last")
  }

  @Test func whatFollowsAnArrayIsReportedWithItsLength() throws {
    let result = try ReadResult("[{\"a\":1}] ثم نص", chunk: 2, ReaderOptions(rejectBytes: 4))
    #expect(result.texts == ["{\"a\":1}"])
    #expect(result.rejects[0].count == "ثم نص".utf8.count)
    #expect(result.rejects[0].raw == Array("ثم".utf8))
    #expect(result.rejects[0].origin == RecordOrigin(input: "input", record: 2, byteOffset: 10))
    #expect(
      try ReadResult("[{\"a\":1}]\n[{\"b\":2}]").texts == ["{\"a\":1}", "{\"b\":2}"],
      "arrays one behind another")
  }

  @Test func aStrayBraceCostsNoOtherElement() throws {
    #expect(try ReadResult("[{\"a\":1}},{\"b\":2}]").texts == ["{\"a\":1}", "}", "{\"b\":2}"])
  }

  @Test func wideCharactersAreFramedWithoutDecoding() throws {
    // U+0A0D and U+0D0A hold the bytes of line ends; U+0622 and U+5C5C those of quotes and backslashes.
    let json = "{\"text\":\"آب\u{0A0D}\u{0D0A}\u{5C5C}\u{225C}\"}"
    for isBigEndian in [false, true] {
      for width in [2, 4] {
        for hasMark in [false, true] {
          func encode(_ text: String) -> [UInt8] { Wide.encode(text, width: width, isBigEndian: isBigEndian) }
          let mark = hasMark ? encode("\u{FEFF}") : []
          let lines = try ReadResult(mark + encode("\(json)\r\n\n\(json)"), chunk: 3)
          #expect(
            lines.records.map(\.bytes) == [encode(json), encode(json)], "\(width) \(isBigEndian) \(hasMark)")
          #expect(lines.records[0].origin.byteOffset == mark.count)
          let array = try ReadResult(mark + encode("[\(json), \(json)]"), chunk: 5)
          #expect(
            array.records.map(\.bytes) == [encode(json), encode(json)], "\(width) \(isBigEndian) \(hasMark)")
        }
      }
    }
  }

  @Test func widthIsToldWithoutAMarkFromArabicToo() {
    for isBigEndian in [false, true] {
      for width in [2, 4] {
        let bytes = Wide.encode("وصل الوفد إلى العاصمة", width: width, isBigEndian: isBigEndian)
        let units = bytes.withUnsafeBufferPointer { CodeUnits.detect($0) }
        #expect(units == CodeUnits(width: width, isBigEndian: isBigEndian, markLength: 0))
      }
    }
    let plain = Array("وصل الوفد إلى العاصمة".utf8)
    #expect(plain.withUnsafeBufferPointer { CodeUnits.detect($0) } == .bytes)
  }

  @Test func aRecordAboveTheLimitIsRejectedAndReadingGoesOn() throws {
    let options = ReaderOptions(maxArticleBytes: 40, rejectBytes: 8)
    let large = "{\"t\":\"\(String(repeating: "x", count: 500))\"}"
    for chunk in [1, 7, 64, 4096] {
      let margin = String(repeating: "\n", count: 2000)
      let lines = try ReadResult(
        "\(margin){\"a\":1}\n\(large)\r\n{\"b\":2}\n\(large)", chunk: chunk, options)
      #expect(lines.texts == ["{\"a\":1}", "{\"b\":2}"])
      #expect(lines.reasons == [.articleTooLarge, .articleTooLarge])
      #expect(lines.rejects.map(\.count) == [large.utf8.count, large.utf8.count])
      #expect(lines.rejects[0].raw == Array(large.utf8.prefix(8)))
      #expect(lines.rejects.map(\.origin.record) == [2, 4])
      let array = try ReadResult("\(margin)[{\"a\":1},\(large),{\"b\":2}]", chunk: chunk, options)
      #expect(array.texts == ["{\"a\":1}", "{\"b\":2}"])
      #expect(array.rejects.map(\.count) == [large.utf8.count])
      let text = try ReadResult(String(repeating: "x", count: 5000), chunk: chunk, options)
      #expect(text.rejects.map(\.count) == [5000])
      #expect(text.records.isEmpty)
    }
  }

  @Test func theWindowUsesItsMemoryAgain() {
    let window = ByteWindow(capacity: 64)
    for _ in 0..<1000 {
      window.append(room: 50) { room in
        room.update(repeating: 7)
        return 50
      }
      window.removeFirst(50)
    }
    #expect(window.isEmpty)
    #expect(window.capacity == 64)
  }

  @Test func batchesAreClosedByBytesAndKeepOrder() throws {
    let folder = try InputFolder()
    let path = try folder.write(Array(String(repeating: "{\"n\":1}\n", count: 100).utf8))
    var reader = BatchReader(
      inputs: try InputLister.list([path]).files, options: ReaderOptions(batchBytes: 70))
    var counts: [Int] = []
    var orders: [Int] = []
    var read = 0
    while let batch = reader.next() {
      #expect(batch.index == counts.count)
      counts.append(batch.records.count)
      orders += batch.records.map(\.order)
      read = batch.compressedBytesRead
    }
    #expect(counts == [Int](repeating: 10, count: 10))
    #expect(orders == Array(0..<100))
    #expect(read == 800)
  }
}

/// UTF-16 and UTF-32 bytes.
enum Wide {
  static func encode(_ text: String, width: Int, isBigEndian: Bool) -> [UInt8] {
    let values = width == 2 ? text.utf16.map(UInt32.init) : text.unicodeScalars.map(\.value)
    return values.flatMap { value -> [UInt8] in
      let little = (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
      return isBigEndian ? little.reversed() : little
    }
  }
}
