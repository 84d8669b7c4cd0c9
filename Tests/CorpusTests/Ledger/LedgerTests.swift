import TestSupport
import Testing

@testable import Corpus

struct LedgerTests {
  private func entry(_ index: Int, found: Int, written: Int, rejected: Int = 0, added: Int = 0) -> LedgerEntry
  {
    var entry = LedgerEntry(index: index, input: "input-\(index)", found: found)
    entry.written = written
    entry.added = added
    if rejected > 0 { entry.leftOut.rejected["emptyArticle"] = rejected }
    return entry
  }

  @Test func batchesOfOneInputMakeOneEntry() throws {
    var ledger = Ledger()
    #expect(try ledger.add([entry(0, found: 3, written: 2, rejected: 1)], batch: 0) == [])
    #expect(try ledger.add([entry(0, found: 4, written: 5, added: 1)], batch: 1) == [])
    let finished = try ledger.add([entry(1, found: 0, written: 0), entry(2, found: 1, written: 1)], batch: 2)
    #expect(
      finished == [entry(0, found: 7, written: 7, rejected: 1, added: 1), entry(1, found: 0, written: 0)])
    #expect(ledger.current == entry(2, found: 1, written: 1))
    #expect(ledger.found == 8 && ledger.added == 1 && ledger.written == 8)
  }

  @Test func aLostOrDoubledRecordStopsTheBooks() {
    for wrong in [
      entry(0, found: 3, written: 2), entry(0, found: 3, written: 4),
      entry(0, found: 3, written: 3, rejected: 1),
    ] {
      var ledger = Ledger()
      #expect(throws: ShardError.self) { try ledger.add([wrong], batch: 0) }
    }
  }

  @Test func anInputThatIsPassedOverStopsTheBooks() throws {
    var ledger = Ledger()
    #expect(throws: ShardError.self) { try ledger.add([entry(1, found: 1, written: 1)], batch: 0) }
    _ = try ledger.add([entry(0, found: 1, written: 1)], batch: 0)
    #expect(throws: ShardError.self) { try ledger.add([entry(2, found: 1, written: 1)], batch: 1) }
  }

  @Test func aWriterWithWrongBooksWritesNoManifest() throws {
    let folder = ScratchFolder()
    let run = SampleRun()
    let writer = try ShardWriter(
      directory: try OutputDirectory(path: folder.path, identity: run.identity), shardBytes: run.shardBytes)
    try run.append(to: writer)
    // Balanced in itself, but of no frame.
    try writer.append(
      nil, describing: .init(batchIndex: run.batches, content: nil),
      accounting: [entry(1, found: 1, written: 1)])
    #expect(throws: ShardError.self) { try writer.finish() }
    #expect(!folder.names().contains("manifest.json"))
  }

  /// The reader's counts, batch by batch, against what it hands out.
  @Test func everythingTheReaderHandsOutIsCountedForItsInput() throws {
    let harness = try ReaderHarness()
    defer { harness.remove() }
    var random = SeededGenerator(seed: 12)
    var paths: [String] = []
    var expected: [Int] = []
    for number in 0..<40 {
      let count = Int.random(in: 0...30, using: &random)
      let lines = (0..<count).map { line in
        line % 7 == 3 ? String(repeating: "س", count: 700) : "{\"text\":\"سطر \(line)\"}"
      }
      paths.append(try harness.write(Array(lines.joined(separator: "\n").utf8), "in-\(number).jsonl"))
      expected.append(count)
    }
    var options = ReaderOptions(format: .jsonl, maxArticleBytes: 1024, batchBytes: 4096)
    options.chunkBytes = 500
    let listing = try InputLister.list(paths)
    var reader = BatchReader(inputs: listing.files, options: options)
    var found = [Int](repeating: 0, count: paths.count)
    var last = 0
    while let batch = reader.next() {
      #expect(batch.sections.reduce(0) { $0 + $1.found } == batch.records.count + batch.rejects.count)
      for section in batch.sections {
        #expect(section.input == last || section.input == last + 1)
        #expect(section.name == "in-\(section.input).jsonl")
        last = section.input
        found[section.input] += section.found
      }
      for record in batch.records {
        let section = batch.sections.last { $0.firstOrder <= record.order }
        #expect(section?.name == record.origin.input)
      }
    }
    #expect(found == expected && last == paths.count - 1)
  }
}
