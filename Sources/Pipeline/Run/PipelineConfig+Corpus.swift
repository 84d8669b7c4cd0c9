import ArabicText
import Corpus

#if canImport(Glibc)
  import Glibc
#endif

extension PipelineConfig {
  /// Workers to use: the config's number, or one for each core.
  public var workerCount: Int {
    run.workers > 0 ? run.workers : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// Input bytes that may be between reading and writing.
  public var inFlightBytes: Int {
    run.inFlightBytes > 0 ? run.inFlightBytes : workerCount * 4 * input.batchBytes
  }

  /// How inputs are cut into records.
  public var readerOptions: ReaderOptions {
    ReaderOptions(
      format: input.format, isDeclaredUTF16: input.encoding == .utf16,
      maxArticleBytes: input.maxArticleBytes, batchBytes: input.batchBytes, rejectBytes: rejects.rawBytes,
      tables: TableOptions(
        delimiter: input.csv.delimiter, hasQuotes: input.csv.quotes, textColumn: input.fields.text),
      elements: input.xml.elements, limits: limits.reading)
  }

  /// How records become articles.
  public var parserOptions: ParserOptions {
    let encoding: TextDecoder.Declaration =
      switch input.encoding {
      case .auto: .unknown
      case .utf8: .utf8
      case .utf16: .wide(width: 2, isBigEndian: false, how: .declared)
      case .windows1256: .singleByte(.windows1256)
      case .iso88596: .singleByte(.iso88596)
      }
    return ParserOptions(
      paths: (input.fields.id, input.fields.title, input.fields.text), encoding: encoding,
      isStrict: input.malformed == .reject, rejectBytes: rejects.rawBytes,
      maxDepth: limits.jsonDepth, maxMarks: limits.combiningMarks, maxLines: limits.lines,
      maxArticleBytes: input.maxArticleBytes, elements: input.xml.elements)
  }
}
