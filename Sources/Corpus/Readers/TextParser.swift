import ArabicText

/// Parses a plain text record: all of it is the article's text, and its name is the article's id.
struct TextParser: RecordParsing {
  private let decoder: RecordDecoder

  init(_ decoder: RecordDecoder) { self.decoder = decoder }

  func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) throws(ParseProblem) -> ParsedRecord {
    var text: [UInt16] = []
    var encoding = try decoder.decode(bytes, record, into: &text)
    try RecordDecoder.requireText(text)
    encoding.mojibake = text.withUnsafeBufferPointer { Mojibake.detect($0) }
    return ParsedRecord(
      id: record.origin.input, title: [], text: text,
      textBytes: text.withUnsafeBufferPointer { UTF8Text.byteCount(of: $0) }, meta: [], encoding: encoding)
  }
}
