import ArabicText

/// Turns the bytes of one kind of record into an article. One for each worker, so it may keep buffers.
protocol RecordParsing {
  /// The article of a record.
  ///
  /// - Throws: why it is none.
  func parse(_ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord) throws(ParseProblem) -> ParsedRecord
}

/// Why the bytes of a record give no article.
enum ParseProblem: Error {
  /// It should have been one: why, and more on that without a word of the article.
  case reject(RejectReason, detail: String)
  /// It is not meant to be one.
  case skip(SkipReason)
}

/// What a record that gives no article becomes.
public enum NoArticle: Error, Sendable {
  /// It goes to the rejects.
  case reject(Reject)
  /// It is counted.
  case skip(SkipReason)
}

/// Decodes the bytes of records as the input's first bytes and the config say. Parsers share it.
struct RecordDecoder {
  /// What the config says of the encoding.
  let declared: TextDecoder.Declaration
  /// Whether malformed bytes reject a record.
  let isStrict: Bool
  private let decoder: TextDecoder

  init(_ options: ParserOptions) {
    declared = options.encoding
    isStrict = options.isStrict
    decoder = TextDecoder(isStrict: options.isStrict)
  }

  /// What the input's first bytes say goes before what the config says.
  func declaration(_ record: RawRecord) -> TextDecoder.Declaration {
    let units = record.units
    if units.width > 1 {
      let isSeen = units.markLength > 0 || declared == .unknown
      return .wide(width: units.width, isBigEndian: units.isBigEndian, how: isSeen ? .mark : .declared)
    }
    return units.markLength > 0 ? .utf8 : declared
  }

  /// Appends the text of some bytes.
  ///
  /// - Parameter presumed: what the input says of its encoding where the config says nothing. It gives way to bytes
  ///   that are valid UTF-8: converted files often keep the old declaration.
  func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord, into units: inout [UInt16],
    presuming presumed: TextDecoder.Declaration = .unknown
  ) throws(ParseProblem) -> DecodedEncoding {
    do throws(UndecodableText) {
      var declaration = declaration(record)
      if declaration == .unknown, presumed != .unknown, !UTF8Text.isValid(bytes) { declaration = presumed }
      var encoding = try decoder.decode(bytes, as: declaration, into: &units)
      if record.units.markLength > 0 { encoding.how = .mark }
      return encoding
    } catch {
      throw .reject(.undecodable, detail: error.detail)
    }
  }

  static func requireText(_ units: [UInt16]) throws(ParseProblem) {
    let isBlank = units.withUnsafeBufferPointer { $0.allSatisfy(Blank.contains) }
    if isBlank { throw .reject(.emptyArticle, detail: "the text is empty or blank") }
  }
}
