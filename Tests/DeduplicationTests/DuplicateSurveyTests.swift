import Foundation
import TestSupport
import Testing

@testable import Deduplication

@Suite struct DuplicateSurveyTests {
  private static let folder = FileManager.default.temporaryDirectory.path

  private func table(
    _ signatures: [DocumentSignature], _ options: DuplicateOptions, memory: Int = 64 << 20
  ) throws -> DuplicateTable {
    let survey = try DuplicateSurvey(options, folder: Self.folder, memory: memory)
    for (index, signature) in signatures.enumerated() {
      try survey.append(
        SurveyedDocument(id: "مقال \(index)", input: index < 5 ? "a" : "b", record: index + 1), signature)
      if index % 7 == 6 { try survey.endBatch() }
    }
    try survey.endBatch()
    return try survey.finish()
  }

  private func removals(
    _ bodies: [String], _ options: DuplicateOptions = DuplicateOptions()
  ) throws -> [DuplicateTable.Removal?] {
    let signer = options.makeSigner()
    let table = try table(bodies.map { signer.sign(units($0)) }, options)
    return try table.removals(in: 0..<table.count)
  }

  @Test func aSavedTableSaysTheSame() throws {
    let options = DuplicateOptions(minWords: 3)
    let table = try table(signatures(300, seed: 21, options), options)
    let path = Self.folder + "/table-\(UInt64.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try DuplicateTable.open(path) == nil)
    try table.save(to: path)
    let opened = try #require(try DuplicateTable.open(path))
    #expect(opened.figures == table.figures && opened.batchCount == table.batchCount)
    #expect(try opened.removals(in: 0..<opened.count) == table.removals(in: 0..<table.count))
    #expect(try opened.removals(inBatch: 3) == table.removals(inBatch: 3))
    for ordinal in 0..<opened.count {
      #expect(try opened.document(ordinal) == table.document(ordinal))
    }
    // What is no such table is none, and nothing is read beyond its end.
    let whole = try Data(contentsOf: URL(filePath: path))
    for count in stride(from: 0, to: whole.count, by: max(1, whole.count / 97)) {
      try whole.prefix(count).write(to: URL(filePath: path))
      if let cut = try DuplicateTable.open(path) {
        #expect((try? cut.document(cut.count - 1)) == nil, "\(count)")
      }
    }
  }

  /// Families of similar bodies, copies, short ones and empty ones, in random order.
  private func signatures(_ count: Int, seed: UInt64, _ options: DuplicateOptions) -> [DocumentSignature] {
    var bodies = SampleBodies(seed: seed)
    let originals = (0..<count / 6 + 1).map { _ in
      bodies.body(words: Int.random(in: 3...90, using: &bodies.random))
    }
    let signer = options.makeSigner()
    return (0..<count).map { _ in
      let original = originals[Int.random(in: 0..<originals.count, using: &bodies.random)]
      switch Int.random(in: 0..<10, using: &bodies.random) {
      case 0: return signer.sign([])
      case 1...3: return signer.sign(units(original))
      case 4:
        return signer.sign(
          units(original + bodies.body(words: Int.random(in: 1...9, using: &bodies.random))))
      default:
        return signer.sign(
          units(bodies.edited(original, changes: Int.random(in: 1...4, using: &bodies.random))))
      }
    }
  }

  /// The same decisions with dictionaries, all in memory.
  private func reference(_ signatures: [DocumentSignature], _ options: DuplicateOptions) -> [String] {
    let order = signatures.indices.sorted { a, b in
      options.keeping == .longest && signatures[a].wordCount != signatures[b].wordCount
        ? signatures[a].wordCount > signatures[b].wordCount : a < b
    }
    var result = Array(repeating: "stays", count: signatures.count)
    var leaders: [[UInt64]: Int] = [:]
    var buckets: [[Int]: [Int]] = [:]
    let rows = options.minHash.rows
    for index in order {
      let signature = signatures[index]
      guard signature.wordCount > 0 else { continue }
      if options.exact {
        let key = [signature.exactKey.high, signature.exactKey.low]
        if let leader = leaders[key] {
          result[index] = result[leader] == "stays" ? "exact \(leader)" : result[leader]
          continue
        }
        leaders[key] = index
      }
      guard !signature.values.isEmpty else { continue }
      let bands = (0..<options.minHash.bands).map { band in
        [band] + signature.values[band * rows..<(band + 1) * rows].map(Int.init)
      }
      var best: (index: Int, agreement: Int)?
      for other in Set(bands.flatMap { kept in Self.handedOn(buckets[kept] ?? []) }).sorted() {
        let agreement = zip(signature.values, signatures[other].values).count { $0 == $1 }
        if agreement >= options.leastAgreement, agreement > best?.agreement ?? 0 { best = (other, agreement) }
      }
      if let best {
        result[index] = "near \(best.index) \(best.agreement)"
      } else {
        for band in bands { buckets[band, default: []].append(index) }
      }
    }
    return result
  }

  private static func handedOn(_ kept: [Int]) -> [Int] { Array(kept.prefix(4) + kept.dropFirst(4).suffix(4)) }

  private func text(_ table: DuplicateTable, _ options: DuplicateOptions) throws -> [String] {
    try table.removals(in: 0..<table.count).map { removal in
      guard let removal else { return "stays" }
      let agreement = Int((removal.similarity * Double(options.minHash.valueCount)).rounded())
      return removal.kind == .exact
        ? "exact \(removal.duplicateOf)" : "near \(removal.duplicateOf) \(agreement)"
    }
  }

  @Test(arguments: DuplicateOptions.Keeping.allCases, [0.3, 0.7, 1])
  func decisionsAreThoseOfTheRuleWhateverTheMemory(_ keeping: DuplicateOptions.Keeping, _ threshold: Double)
    throws
  {
    for seed in UInt64(1)...3 {
      let options = DuplicateOptions(
        exact: seed != 2, keeping: keeping, minHash: MinHashOptions(bands: 12, rows: 3), threshold: threshold,
        minWords: seed == 3 ? 1 : 6)
      let signatures = signatures(700, seed: seed, options)
      let expected = reference(signatures, options)
      for memory in [0, 3000, 60_000, 64 << 20] {
        let table = try table(signatures, options, memory: memory)
        #expect(try text(table, options) == expected, "memory \(memory)")
        #expect(table.figures.exact == expected.count { $0.hasPrefix("exact") })
        #expect(table.figures.near == expected.count { $0.hasPrefix("near") })
      }
      if threshold < 1 { #expect(expected.contains { $0.hasPrefix("near") }) }
    }
  }

  @Test func whoIsRemovedPointsAtOneThatStays() throws {
    let options = DuplicateOptions()
    let signatures = signatures(900, seed: 21, options)
    let table = try table(signatures, options)
    let removals = try table.removals(in: 0..<table.count)
    var batches: [DuplicateTable.Removal?] = []
    for batch in 0..<table.batchCount { batches += try table.removals(inBatch: batch) }
    #expect(batches == removals)
    for (index, removal) in removals.enumerated() {
      guard let removal else { continue }
      #expect(removals[removal.duplicateOf] == nil)
      #expect(removal.duplicateOf < index)
      #expect(removal.similarity >= options.threshold)
      if removal.kind == .exact {
        #expect(signatures[removal.duplicateOf].exactKey == signatures[index].exactKey)
      }
      let other = try table.document(removal.duplicateOf)
      #expect(other.id == "مقال \(removal.duplicateOf)" && other.record == removal.duplicateOf + 1)
      #expect(other.input == (removal.duplicateOf < 5 ? "a" : "b"))
    }
  }

  private static let report =
    "أعلنت بلدية الميناء أمس افتتاح سوق السمك الجديدة بعد أعمال دامت عامين وقال رئيسها إن الصيادين سيدفعون رسما أقل من رسم السوق القديمة حتى نهاية العام المقبل"

  @Test func theLongestStaysWhereThatIsAskedFor() throws {
    let longer = Self.report + " كما وعد بتوسعة الرصيف"
    let bodies = [Self.report, longer, Self.report + "!"]
    let first = try removals(bodies)
    #expect(first.map { $0?.duplicateOf } == [nil, 0, 0])
    #expect(first[2]?.kind == .exact)
    let longest = try removals(bodies, DuplicateOptions(keeping: .longest))
    #expect(longest.map { $0?.duplicateOf } == [1, nil, 1])
    #expect(longest[2]?.kind == .near, "the first of the body was removed itself, for this reason")
    let equal = try removals([longer, longer + "…"], DuplicateOptions(keeping: .longest))
    #expect(equal.map { $0?.duplicateOf } == [nil, 0])
  }

  @Test func aChainOfSmallChangesEndsWhereNothingThatStaysIsAlike() throws {
    var source = SampleBodies(seed: 5)
    var words = source.body(words: 100)
    var bodies: [String] = []
    for _ in 0..<12 {
      bodies.append(words.joined(separator: " "))
      // Each has lost four words of the one before, so that neighbours are alike and the ends are not.
      words = Array(words.dropFirst(4)) + source.body(words: 4)
    }
    let found = try removals(bodies)
    #expect(found.count { $0 == nil } > 1 && found.count { $0 == nil } < 12)
  }

  @Test func onlyWhatIsAskedForIsFound() throws {
    let bodies = [Self.report, Self.report, Self.report + " غدا"]
    let exact = try removals(bodies, DuplicateOptions(near: false))
    #expect(exact.map { $0?.kind } == [nil, .exact, nil])
    let near = try removals(bodies, DuplicateOptions(exact: false))
    #expect(near.map { $0?.kind } == [nil, .near, .near])
    let short = try removals(["عاجل زلزال قوي", "عاجل: زلزال قوي", "عاجل زلزال خفيف"])
    #expect(short.map { $0?.kind } == [nil, .exact, nil])
  }

  @Test func noDocumentAndDocumentsWithoutAWord() throws {
    #expect(try removals([]) == [])
    #expect(try removals(["", "", "...", "!", "🌙"]).allSatisfy { $0 == nil })
  }

  @Test(arguments: [DuplicateOptions(), DuplicateOptions(exact: false), DuplicateOptions(keeping: .longest)])
  func manyCopiesOfOneLineTakeWorkInProportion(_ options: DuplicateOptions) throws {
    let count = options == DuplicateOptions() ? 1_000_000 : 20_000
    let signature = options.makeSigner().sign(units(Self.report))
    let survey = try DuplicateSurvey(options, folder: Self.folder, memory: 8 << 20)
    let document = SurveyedDocument(id: "س", input: "a", record: 1)
    for _ in 0..<count { try survey.append(document, signature) }
    let table = try survey.finish()
    #expect(table.figures.exact + table.figures.near == count - 1)
    #expect(table.figures.comparisons < count)
    #expect(try table.removals(in: count - 1..<count).first??.duplicateOf == 0)
  }

  @Test func documentsOfOneShingleAndDocumentsThatShareBoilerplate() throws {
    let options = DuplicateOptions()
    let signer = options.makeSigner()
    let repeated = (10..<400).map { signer.sign(units(Array(repeating: "هاها", count: $0))) }
    let same = try table(repeated, options)
    #expect(same.figures.near == repeated.count - 1, "all are the set of one shingle")

    // Half of each body is the same notice: similar enough to share bands, too unlike to be duplicates.
    var bodies = SampleBodies(seed: 9)
    let notice = bodies.body(words: 60)
    let notices = (0..<1500).map { _ in signer.sign(units(notice + bodies.body(words: 60))) }
    let boilerplate = try table(notices, options)
    #expect(boilerplate.figures.near < 15)
    #expect(boilerplate.figures.comparisons > 1500, "they do meet in bands")
    #expect(boilerplate.figures.comparisons < 1500 * options.minHash.bands * 8)
  }
}
