extension RejectReason {
  /// A record of a web archive that breaks the format's rules.
  public static let malformedRecord = RejectReason(rawValue: "malformedRecord")
  /// A record that ends elsewhere than its length says.
  public static let wrongContentLength = RejectReason(rawValue: "wrongContentLength")
  /// An HTTP message that breaks HTTP's rules.
  public static let malformedHTTP = RejectReason(rawValue: "malformedHTTP")
  /// A content encoding that is not read, such as brotli.
  public static let unsupportedEncoding = RejectReason(rawValue: "unsupportedEncoding")
}

extension SkipReason {
  /// What a crawler asked.
  public static let warcRequest = SkipReason(rawValue: "warcRequest")
  /// Notes on a capture; WAT files are nothing else.
  public static let warcMetadata = SkipReason(rawValue: "warcMetadata")
  /// Notes on the archive.
  public static let warcInfo = SkipReason(rawValue: "warcInfo")
  /// Says that a page had not changed.
  public static let warcRevisit = SkipReason(rawValue: "warcRevisit")
  /// Records of other types.
  public static let warcOther = SkipReason(rawValue: "warcOther")
}

/// Decides by the heads alone whether a record of a web archive may be an article.
enum WARCContent {
  /// Why a record is none; nil when it may be one.
  ///
  /// - Parameter block: the beginning of its block, with all of the HTTP head if there is one.
  static func skip(_ header: WARCHeader, _ block: UnsafeBufferPointer<UInt8>) -> SkipReason? {
    switch header.type {
    case .request: .warcRequest
    case .metadata: .warcMetadata
    case .warcinfo: .warcInfo
    case .revisit: .warcRevisit
    case .other: .warcOther
    case .conversion: skip(contentType: header.contentType)
    case .resource: isFromWeb(header) ? skip(contentType: header.contentType) : .warcMetadata
    case .response:
      HTTPHead(block).map { skip($0) }
        ?? (header.isARC || !isHTTP(header) ? skip(contentType: header.contentType) : nil)
    }
  }

  /// Whether what it is can only be told from an HTTP head in the block.
  static func needsBlock(_ header: WARCHeader) -> Bool { header.type == .response }

  /// Crawlers keep their logs and arguments as resources of invented addresses.
  private static func isFromWeb(_ header: WARCHeader) -> Bool {
    guard let address = header.fields.value("warc-target-uri") else { return true }
    let plain = UnsafeBufferPointer(rebasing: address.drop { $0 == UInt8(ascii: "<") })
    return plain.hasPrefix(ignoringCase: "http") || plain.hasPrefix(ignoringCase: "ftp")
      || plain.hasPrefix(ignoringCase: "file")
  }

  private static func isHTTP(_ header: WARCHeader) -> Bool {
    header.contentType?.hasPrefix(ignoringCase: "application/http") ?? true
  }

  private static func skip(_ head: HTTPHead) -> SkipReason? {
    if head.status < 200 || head.status > 299 || head.status == 204 {
      return SkipReason(rawValue: "http\(head.status)")
    }
    return skip(contentType: head.fields.value("content-type"))
  }

  /// Media types that are no page and no plain text, counted by their first half.
  static func skip(contentType: UnsafeBufferPointer<UInt8>?) -> SkipReason? {
    guard let type = contentType, !type.isEmpty else { return nil }
    if isHTML(type) || isPlain(type) { return nil }
    if type.hasPrefix(ignoringCase: "image/") { return SkipReason(rawValue: "imageContent") }
    if type.hasPrefix(ignoringCase: "video/") { return SkipReason(rawValue: "videoContent") }
    if type.hasPrefix(ignoringCase: "audio/") { return SkipReason(rawValue: "audioContent") }
    if type.hasPrefix(ignoringCase: "font/") { return SkipReason(rawValue: "fontContent") }
    if type.hasPrefix(ignoringCase: "text/") { return SkipReason(rawValue: "textContent") }
    if type.hasPrefix(ignoringCase: "application/") { return SkipReason(rawValue: "applicationContent") }
    return SkipReason(rawValue: "otherContent")
  }

  static func isHTML(_ type: UnsafeBufferPointer<UInt8>) -> Bool {
    type.hasPrefix(ignoringCase: "text/html") || type.hasPrefix(ignoringCase: "application/xhtml")
      || type.hasPrefix(ignoringCase: "application/vnd.wap.xhtml")
  }

  static func isPlain(_ type: UnsafeBufferPointer<UInt8>) -> Bool {
    type.hasPrefix(ignoringCase: "text/plain")
  }
}

/// The head of an HTTP response.
struct HTTPHead {
  /// 100 to 999.
  let status: Int
  let fields: HeaderFields
  /// Where the body begins; the block's end when the head has none of its own.
  let length: Int
  /// Whether a blank line ends it.
  let isEnded: Bool

  /// Reads the head at the beginning of a block; nil when it does not begin with a status line. The words behind the
  /// status may be missing.
  init?(_ block: UnsafeBufferPointer<UInt8>) {
    guard block.hasPrefix(ignoringCase: "http/") else { return nil }
    let line = block.prefix(256).prefix { $0 != 0x0A && $0 != 0x0D }
    let words = line.split(separator: 0x20, maxSplits: 2)
    guard words.count >= 2, words[1].count == 3, let status = UnsafeBufferPointer(rebasing: words[1]).decimal,
      status >= 100
    else { return nil }
    self.status = status
    let end = HeaderFields.end(of: block, from: 0)
    length = end ?? block.count
    isEnded = end != nil
    fields = HeaderFields(afterFirstLineOf: UnsafeBufferPointer(rebasing: block[..<length]))
  }
}
