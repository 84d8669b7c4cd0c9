import Foundation
import Testing

@testable import Corpus

/// Inputs that got shorter between being listed and being read: what is gone is told, never passed over.
@Suite struct ShortenedInputTests {
  private static let lines = (1...40).map { #"{"id":"n\#($0)","text":"وصل القطار في موعده صباح اليوم."}"# }

  /// Reads a file that has only so many of its bytes when its turn comes.
  private func read(_ bytes: [UInt8], _ name: String, cutTo size: Int) throws -> ReaderHarness.Result {
    let harness = try ReaderHarness()
    defer { harness.remove() }
    let path = try harness.write(bytes, name)
    let listing = try InputLister.list([path])
    try Data(bytes.prefix(size)).write(to: URL(filePath: path))
    var reader = BatchReader(inputs: listing.files, rejects: listing.rejects)
    var result = ReaderHarness.Result()
    while let batch = reader.next() {
      for record in batch.records { result.records.append((Array(batch.bytes(of: record)), record)) }
      result.rejects += batch.rejects
    }
    return result
  }

  @Test func linesBeforeTheCutStayAndTheRestIsOneReject() throws {
    let whole = Array((Self.lines.joined(separator: "\n") + "\n").utf8)
    let length = Self.lines[0].utf8.count + 1
    for size in [0, 1, length - 1, length, length + 20, whole.count / 2, whole.count - 2, whole.count - 1] {
      let result = try read(whole, "a.jsonl", cutTo: size)
      #expect(result.rejects.map(\.reason) == [.truncatedStream], "\(size)")
      #expect(Array(Self.lines.prefix(result.texts.count)) == result.texts)
      #expect(result.rejects.first?.origin.record == result.texts.count + 1)
    }
    #expect(try read(whole, "a.jsonl", cutTo: whole.count).rejects.isEmpty)
  }

  @Test func aTextThatIsCutIsNoArticle() throws {
    let text = Array("وصل القطار في موعده صباح اليوم.\nوغادر بعد ساعة.".utf8)
    for size in [0, 10, text.count - 1] {
      let result = try read(text, "a.txt", cutTo: size)
      #expect(result.records.isEmpty, "\(size)")
      #expect(result.rejects.map(\.reason) == [.truncatedStream])
    }
  }

  @Test func aCompressedFileEmptiedIsNoEmptyArticle() throws {
    let harness = try ReaderHarness()
    defer { harness.remove() }
    guard let packed = try harness.compress(Array(Self.lines.joined(separator: "\n").utf8), with: "gzip")
    else { return }
    for size in [0, 3, packed.count / 2] {
      let result = try read(packed, "a.jsonl.gz", cutTo: size)
      #expect(result.rejects.map(\.reason) == [.truncatedStream], "\(size)")
    }
  }
}
