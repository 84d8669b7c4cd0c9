import TestSupport
import ArabicText
import Testing

@testable import Keywords

/// Files that are not as they were written: an error or an answer, and never a read outside of the file.
@Suite struct BackgroundFormatTests {
  private static let texts = [
    "وزارة الصحة تعلن افتتاح مستشفى جديد", "أعلنت وزارة الصحة في الرياض عن لقاح", "مستشفى الرياض", "new york",
  ]
  private static let file = SampleModel.file(texts, source: "اختبار")

  /// Asks for all that can be asked; the answers must be in their ranges.
  private func ask(_ model: BackgroundModel) {
    let keys = ["وزاره", "صحه", "مستشفي", "رياض", "york", "غريب"]
    var rows = keys.compactMap { model.row(of: $0) }
    #expect(rows.allSatisfy { $0 < model.count })
    rows += (0..<UInt32(min(model.count, 40)))
    for row in rows {
      let idf = model.inverseDocumentFrequency(ofTerm: row)
      let usage = model.usage(ofTerm: row)
      #expect(idf >= 0 && idf <= 1)
      #expect(model.documentFrequency(ofTerm: row) <= model.documents && model.tokens(ofTerm: row) >= 0)
      for share in [usage.definite, usage.proclitic, usage.verbal, usage.nominal] {
        #expect(share >= 0 && share <= 1)
      }
    }
    for (first, second) in zip(rows, rows.dropFirst()) {
      #expect(model.documentFrequency(ofPhrase: first, second) <= model.documents)
      #expect(model.documentFrequency(ofPhrase: first, second, first) <= model.documents)
    }
    var lines = 0
    BackgroundListing(model, terms: 40, phrases: 40).forEachLine { lines += $0.isEmpty ? 0 : 1 }
    #expect(lines >= 6)
  }

  /// The file with checksums that fit it, so that damage gets past them.
  private func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    func write(_ number: UInt64, at: Int) {
      withUnsafeBytes(of: number.littleEndian) { bytes.replaceSubrange(at..<(at + 8), with: $0) }
    }
    write(bytes[128...].withUnsafeBytes { ContentHash.hash($0) }, at: 24)
    write(bytes[..<120].withUnsafeBytes { ContentHash.hash($0) }, at: 120)
    return bytes
  }

  @Test func theWholeFileAnswers() throws {
    let model = try BackgroundModel(bytes: Self.file)
    try model.verify()
    ask(model)
    #expect(sealed(Self.file) == Self.file)
  }

  @Test func everyTruncationIsRefused() {
    for count in 0..<Self.file.count {
      #expect(throws: BackgroundModelError.self) { try BackgroundModel(bytes: Array(Self.file[..<count])) }
    }
    #expect(throws: BackgroundModelError.wrongSize(expected: Self.file.count, found: Self.file.count + 1)) {
      try BackgroundModel(bytes: Self.file + [0])
    }
  }

  @Test func everyDamagedByteIsNoticed() throws {
    for at in Self.file.indices {
      var bytes = Self.file
      bytes[at] ^= 0x10
      if at < 128 {
        #expect(throws: BackgroundModelError.self) { try BackgroundModel(bytes: bytes) }
      } else {
        let model = try BackgroundModel(bytes: bytes)
        #expect(throws: BackgroundModelError.damaged("checksum of the contents")) { try model.verify() }
        ask(model)
      }
    }
  }

  @Test func hostileFilesGiveErrorsOrAnswers() {
    var random = SeededGenerator(seed: 7)
    var answers = 0
    for round in 0..<4000 {
      var bytes = Self.file
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        // Every other round spares the header, since few changes to it pass its checks.
        let at = Int.random(in: (round % 2 == 0 ? 0 : 128)..<bytes.count, using: &random)
        bytes[at] = [0, 0xff, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
      }
      guard let model = try? BackgroundModel(bytes: sealed(bytes)) else { continue }
      answers += 1
      ask(model)
    }
    #expect(answers > 1500)
  }

  @Test func hostileCountsInTheHeaderAreRefusedOrAnswered() {
    for at in stride(from: 8, to: 120, by: 4) {
      for value in [0, 1, 2, 3, 64, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] as [UInt32] {
        var bytes = Self.file
        withUnsafeBytes(of: value.littleEndian) { bytes.replaceSubrange(at..<(at + 4), with: $0) }
        if let model = try? BackgroundModel(bytes: sealed(bytes)) { ask(model) }
      }
    }
  }

  @Test func aTableWithoutAFreeSlotEndsTheSearch() throws {
    var bytes = Self.file
    let header = try bytes.withUnsafeBytes { try BackgroundHeader(of: $0) }
    for at in header.slotsStart..<header.unitsStart { bytes[at] = 0xff }
    let model = try BackgroundModel(bytes: sealed(bytes))
    #expect(model.row(of: "غريب") == nil)
    #expect(model.documentFrequency(ofPhrase: 0, 1) == 0)
    ask(model)
  }

  @Test func aHeaderIsReadAsItWasWritten() throws {
    var header = BackgroundHeader()
    header.documents = 9
    header.termSlots = 2
    header.limits.termBound = 3
    header.limits.mostPhrases = 77
    let file = header.bytes + Array(repeating: 0, count: 8)
    #expect(header.bytes.count == BackgroundFormat.headerBytes)
    #expect(try file.withUnsafeBytes { try BackgroundHeader(of: $0) } == header)
  }

  @Test func errorsSayWhatIsWrong() {
    func error(_ change: (inout [UInt8]) -> Void) -> BackgroundModelError? {
      var bytes = Self.file
      change(&bytes)
      do {
        _ = try BackgroundModel(bytes: bytes)
        return nil
      } catch {
        return error
      }
    }
    #expect(error { $0 = Array("#warraq-background 1\n".utf8) } == .notAModel)
    #expect(error { $0[0] = 0 } == .notAModel)
    #expect(error { $0[8] = 2 } == .otherVersion(2))
    #expect(error { $0[12..<16].reverse() } == .otherByteOrder)
    #expect(error { $0.removeLast($0.count - 100) } == .wrongSize(expected: nil, found: 100))
    #expect(error { $0[32] ^= 1 } == .damaged("header"))
    for error in [.notAModel, .otherVersion(2), .damaged("x")] as [BackgroundModelError] {
      #expect("\(error)".contains("warraq learn background"))
    }
  }

  @Test func filesThatAreNoneAreRefused() {
    #expect(throws: BackgroundModelError.unreadable(reason: "No such file or directory")) {
      try BackgroundModel(mapping: "/no/such/file")
    }
    #expect(throws: BackgroundModelError.unreadable(reason: "not a file")) {
      try BackgroundModel(mapping: "/")
    }
  }
}
