import ArabicCorpus
import ArgumentParser
import Glibc

/// Writes made-up Arabic articles of any total size to standard output.
@main
struct GenerateCorpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate-corpus",
    abstract: "Write made-up Arabic articles as JSON lines, the same bytes every time.",
    discussion: "generate-corpus --megabytes 10000 | zstd > corpus.jsonl.zst")

  @Option(help: "How much article text to write, in MB (10^6 bytes of UTF-8).")
  var megabytes = 100.0

  @Option(help: "Another seed makes another corpus.")
  var seed: UInt64 = 1

  @Option(help: "Distinct words.")
  var vocabulary = 400_000

  func validate() throws {
    if megabytes <= 0 { throw ValidationError("--megabytes must be above 0") }
    if vocabulary < 1000 { throw ValidationError("--vocabulary must be at least 1000") }
  }

  func run() throws {
    let generator = ArticleGenerator(vocabulary: Vocabulary(size: vocabulary, seed: seed), seed: seed)
    var buffer: [UInt8] = []
    var written = 0
    var number = 0
    while Double(written) < megabytes * 1e6 {
      let article = generator.article(number)
      buffer += article.line
      written += article.textBytes
      number += 1
      if buffer.count > 1 << 20 { try flush(&buffer) }
    }
    try flush(&buffer)
  }

  private func flush(_ buffer: inout [UInt8]) throws {
    var start = 0
    while start < buffer.count {
      let count = buffer[start...].withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw ExitCode.failure }
      start += count
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
