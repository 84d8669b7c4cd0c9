import ArabicCorpus
import Corpus
import Glibc
import Pipeline
import Stages

/// The articles that benchmarks work on: 4 MB of generated text as one batch, raw and parsed.
///
/// One iteration is one such batch, so throughput (iterations a second) times 4 is MB a second.
enum Sample {
  static let megabytes = 4.0

  static let lines: [UInt8] = {
    let generator = ArticleGenerator(vocabulary: Vocabulary(size: 100_000))
    var lines: [UInt8] = []
    var bytes = 0
    var number = 0
    while Double(bytes) < megabytes * 1e6 {
      let article = generator.article(number)
      lines += article.line
      bytes += article.textBytes
      number += 1
    }
    return lines
  }()

  /// The articles in a file of their own, which goes when the process ends.
  static let file: String = {
    let path = "/tmp/warraq-benchmark-\(getpid()).jsonl"
    guard let file = fopen(path, "w") else { fatalError("cannot write \(path)") }
    lines.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) }
    fclose(file)
    atexit { unlink("/tmp/warraq-benchmark-\(getpid()).jsonl") }
    return path
  }()

  static func config(_ yaml: String) -> PipelineConfig {
    do {
      return try PipelineConfig(
        ConfigNode.parse(yaml: yaml, source: "benchmark"), directory: "", registry: .standard)
    } catch {
      fatalError("\(error)")
    }
  }

  static func inputs(_ path: String) -> InputListing {
    do { return try InputLister.list([path]) } catch { fatalError("\(error)") }
  }

  /// All batches of the file, parsed, with what the stages of a config make of them.
  static func scan(_ config: PipelineConfig, _ body: (Batch) -> Void) async {
    do {
      _ = try await PipelineScan(config, reading: ["terms", "tokens"]).forEachBatch(of: inputs(file), body)
    } catch {
      fatalError("\(error)")
    }
  }
}
