import TestSupport
import Foundation
import Testing

@testable import Corpus

struct ShardVerifierTests {
  private let folder = ScratchFolder()
  private let manifest: Manifest

  init() throws { manifest = try SampleRun().write(to: folder) }

  private func problems() -> [VerificationReport.Problem] {
    ShardVerifier.verify(directory: folder.path).problems
  }

  private func change(_ name: String, _ body: (inout [UInt8]) -> Void) throws {
    var bytes = try folder.bytes(name)
    body(&bytes)
    try folder.write(bytes, name)
  }

  private func changeManifest(_ body: (inout Manifest) -> Void) throws {
    var changed = manifest
    body(&changed)
    try folder.write(changed.encoded, "manifest.json")
  }

  /// Every byte of a shard matters: flip one bit of each in turn.
  @Test func everyFlippedBitIsFoundWithItsPlace() throws {
    let row = manifest.shards[1]
    let whole = try folder.bytes(row.name)
    var random = SeededGenerator(seed: 1)
    let table = row.frames.reduce(0) { $0 + $1.compressedBytes }
    for at in whole.indices {
      var damaged = whole
      damaged[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try folder.write(damaged, row.name)
      let found = ShardVerifier.problems(of: row, manifest: manifest, directory: folder.path)
      #expect(found.contains { $0.kind == .wrongHash && $0.file == row.name })
      if at >= table { #expect(found.contains { $0.kind == .wrongSeekTable && $0.offset == table }) }
    }
  }

  @Test func damageInsideAFrameNamesTheFramesOffset() throws {
    let row = manifest.shards[0]
    let second = row.frames[0].compressedBytes
    try change(row.name) { $0[second + row.frames[1].compressedBytes / 2] ^= 0x10 }
    #expect(problems().contains { $0.kind == .damagedFrame && $0.file == row.name && $0.offset == second })
  }

  @Test func everyTruncationIsFound() throws {
    let row = manifest.shards[0]
    let whole = try folder.bytes(row.name)
    for count in 0..<whole.count {
      try folder.write(Array(whole.prefix(count)), row.name)
      let found = ShardVerifier.problems(of: row, manifest: manifest, directory: folder.path)
      #expect(found.contains { $0.kind == .wrongSize && $0.offset == count })
    }
  }

  @Test func appendedBytesAreFound() throws {
    try change(manifest.shards[0].name) { $0.append(0) }
    #expect(Set(problems().map(\.kind)) == [.wrongSize, .wrongSeekTable, .wrongHash])
  }

  @Test func missingShardIsFound() throws {
    try FileManager.default.removeItem(at: folder.url(manifest.shards[1].name))
    #expect(problems().map(\.kind) == [.missingFile])
    #expect(problems().first?.file == manifest.shards[1].name)
  }

  @Test func swappedShardsAreFoundAndNamed() throws {
    let (a, b) = (manifest.shards[0].name, manifest.shards[1].name)
    let bytes = try (folder.bytes(a), folder.bytes(b))
    try folder.write(bytes.1, a)
    try folder.write(bytes.0, b)
    #expect(problems().contains { $0.kind == .wrongHash && $0.file == a && $0.message.contains(b) })
    #expect(problems().contains { $0.kind == .wrongHash && $0.file == b && $0.message.contains(a) })
  }

  @Test func extraFilesAreFound() throws {
    try folder.write([], "part-00099.jsonl.zst")
    try folder.write([], "notes.txt")
    #expect(problems().map(\.kind) == [.extraFile, .extraFile])
    try FileManager.default.removeItem(at: folder.url("notes.txt"))
    #expect(problems().map(\.file) == ["part-00099.jsonl.zst"])
  }

  @Test func damagedRejectsAreFound() throws {
    try change("rejects.jsonl.zst") { $0[10] ^= 1 }
    try change("duplicates.jsonl.zst") { $0[10] ^= 1 }
    for name in ["rejects.jsonl.zst", "duplicates.jsonl.zst"] {
      #expect(problems().contains { $0.kind == .wrongHash && $0.file == name })
    }
  }

  @Test func manifestThatLiesIsFound() throws {
    try changeManifest { $0.totals.records += 1 }
    #expect(Set(problems().map(\.kind)) == [.wrongTotals, .unbalancedLedger])
    try changeManifest { $0.shards[0].frames[1].records -= 1 }
    #expect(Set(problems().map(\.kind)) == [.wrongTotals, .wrongRecordCount])
    try changeManifest { $0.shards[0].firstID = "x" }
    #expect(problems().map(\.kind) == [.wrongFirstID])
    try changeManifest { $0.shards[0].lastID = "مقال" }
    #expect(problems().map(\.kind) == [.wrongLastID])
    try changeManifest { $0.shards.swapAt(0, 1) }
    #expect(Set(problems().map(\.kind)) == [.wrongOrder])
    try changeManifest { $0.totals.leftOut.rejected["empty_text"] = 2 }
    #expect(Set(problems().map(\.kind)) == [.wrongTotals, .unbalancedLedger])
    try changeManifest { $0.format = 99 }
    #expect(problems().map(\.kind) == [.unreadableManifest])
  }

  @Test func damagedManifestsNeverCrash() throws {
    let whole = manifest.encoded
    var random = SeededGenerator(seed: 3)
    for _ in 0..<150 {
      var damaged = whole
      for _ in 0..<3 {
        damaged[Int.random(in: 0..<damaged.count, using: &random)] = .random(in: 0x20...0x7E, using: &random)
      }
      try folder.write(damaged, "manifest.json")
      #expect(problems() != [] || Manifest.read(same: manifest, directory: folder.path))
    }
  }

  @Test func unfinishedRunIsSaid() throws {
    let folder = ScratchFolder()
    do { _ = try OutputDirectory(path: folder.path, identity: .sample("a")) }
    #expect(ShardVerifier.verify(directory: folder.path).problems.map(\.kind) == [.unfinishedRun])
    #expect(
      ShardVerifier.verify(directory: folder.path + "/nowhere").problems.map(\.kind) == [.unreadableManifest])
  }

  /// A ledger that was made anew with another count has the right hash and the wrong sum.
  @Test(arguments: ["found", "written", "rejected"])
  func aLedgerThatDoesNotBalanceIsFound(member: String) throws {
    let row = try #require(manifest.ledger)
    var entry = LedgerEntry(index: 0, input: "a.jsonl")
    entry.found = manifest.totals.found
    entry.written = manifest.totals.records
    entry.leftOut = manifest.totals.leftOut
    func replaceLedger() throws -> [VerificationReport.Problem] {
      let lines = entry.line
      let frame = try lines.withUnsafeBufferPointer { try FrameCompressor().compress($0, level: 3) }
      var table = SeekTable()
      table.entries.append(SeekTable.Entry(frame))
      let bytes = frame.bytes + table.encoded
      try folder.write(bytes, row.name)
      let hasher = try SHA256Hasher()
      try bytes.withUnsafeBufferPointer { try hasher.update($0) }
      let other = ListingRow(
        name: row.name, records: 1, bytes: bytes.count, uncompressedBytes: lines.count,
        sha256: try hasher.finish(),
        frames: [
          .init(
            records: 1, compressedBytes: frame.compressedByteCount, uncompressedBytes: lines.count)
        ])
      try changeManifest { $0.ledger = other }
      return problems()
    }
    #expect(try replaceLedger() == [])
    switch member {
    case "found": entry.found -= 1
    case "written": entry.written += 1
    default: entry.leftOut.rejected["empty_text"] = 1
    }
    #expect(try replaceLedger().contains { $0.kind == .unbalancedLedger && $0.file == row.name })
  }

  @Test func totalsThatDoNotBalanceAreFound() throws {
    try changeManifest { $0.totals.found += 1 }
    #expect(problems().contains { $0.kind == .unbalancedLedger && $0.file == "manifest.json" })
  }
}

extension Manifest {
  /// Whether a changed manifest still says the same of the shards: some bytes (positions, fingerprint) are
  /// not repeated anywhere else, so nothing can contradict them.
  fileprivate static func read(same other: Manifest, directory: String) -> Bool {
    guard let manifest = try? read(directory: directory) else { return false }
    return manifest.totals.records == other.totals.records
      && manifest.shards.map(\.sha256) == other.shards.map(\.sha256)
  }
}
