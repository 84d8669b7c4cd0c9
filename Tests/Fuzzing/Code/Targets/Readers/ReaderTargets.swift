import ArabicText

@testable import Corpus

/// The readers of all formats, from bytes to articles.
enum ReaderTargets {
  static let all: [FuzzTarget] = InputFormat.allCases.map { format in
    FuzzTarget("read-\(format.rawValue)", mutations: 100) {
      let subject = try Subject(format)
      return { try subject.run($0) }
    }
  }

  /// One format, read in several ways that must agree.
  private final class Subject {
    private let format: InputFormat
    private let folder = try? ScratchFolder()
    private let parser: RecordParser
    private let strict: RecordParser
    private let sgml: RecordParser?

    init(_ format: InputFormat) throws {
      self.format = format
      parser = try RecordParser(ParserOptions(rejectBytes: 40))
      strict = try RecordParser(
        ParserOptions(
          encoding: .singleByte(.windows1256), isStrict: true, rejectBytes: 40, maxDepth: 8,
          maxArticleBytes: 400))
      sgml =
        format == .xml
        ? try RecordParser(ParserOptions(rejectBytes: 40, elements: Self.sgmlElements)) : nil
    }

    private static let sgmlElements = ElementOptions(
      article: "doc*", id: ["@id", "docno"], title: ["head/title", "title"], text: ["text", "body"],
      isSGML: true,
      joinsLines: true)

    func run(_ bytes: UnsafeBufferPointer<UInt8>) throws {
      guard let folder else { return }
      let path = try folder.write(bytes, "input")
      var choices = Choices(FuzzInput.hash(bytes))
      var options = ReaderOptions(format: format, rejectBytes: 40)
      try compare(bytes, path, options, parser, &choices)
      // Small limits: what is too large is cut off while it comes in.
      options = ReaderOptions(
        format: format, isDeclaredUTF16: choices.bool(), maxArticleBytes: 1 + choices.number(below: 200),
        batchBytes: 1 + choices.number(below: 300), rejectBytes: choices.number(below: 40))
      try compare(bytes, path, options, strict, &choices)
      if let sgml {
        options = ReaderOptions(format: format, rejectBytes: 40, elements: Self.sgmlElements)
        try compare(bytes, path, options, sgml, &choices)
      }
    }

    private func compare(
      _ bytes: UnsafeBufferPointer<UInt8>, _ path: String, _ options: ReaderOptions, _ parser: RecordParser,
      _ choices: inout Choices
    ) throws {
      let whole = ReadResult(path, options, parser)
      try whole.check(rejectBytes: 40, readsRejects: format == .rejects)
      // What a damaged compressed file gives depends on the pieces; the targets of compression see to that.
      guard isPlain(bytes) else { return }
      try whole.check(within: bytes)
      guard bytes.count <= 1 << 16 else { return }
      var pieces = options
      // The beginning is looked at as a whole; long inputs in single bytes would only cost time.
      pieces.chunkBytes = bytes.count < 4096 ? 1 + choices.number(below: 9) : 1 + choices.number(below: 900)
      pieces.batchBytes = 1 + choices.number(below: 500)
      let other = ReadResult(path, pieces, parser)
      if let difference = whole.difference(from: other), !whole.isCut, !other.isCut {
        throw PropertyViolation(description: "read in pieces of \(pieces.chunkBytes) bytes: \(difference)")
      }
    }

    /// Whether the bytes are read as they are.
    private func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
      let magics: [[UInt8]] = [
        [0x1F, 0x8B], Array("BZh".utf8), [0xFD, 0x37, 0x7A], [0x28, 0xB5, 0x2F, 0xFD], Array("PK".utf8),
      ]
      if magics.contains(where: { bytes.starts(with: $0) }) { return false }
      // A skippable frame of zstd, and whatever is taken for a tar.
      if bytes.count >= 4, bytes[0] & 0xF0 == 0x50, bytes[1...].starts(with: [0x2A, 0x4D, 0x18]) {
        return false
      }
      return ArchiveKind(UnsafeBufferPointer(rebasing: bytes.prefix(CodeUnits.sampleLength))) == nil
    }
  }
}
