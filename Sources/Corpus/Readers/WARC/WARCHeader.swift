/// The head of a record of a web archive: what it is, and how long what follows is.
///
/// WARC 0.17 to 1.1 (ISO 28500), and version 1 and 2 of the older ARC format, whose head is one line of five or ten
/// words: address, IP, date, content type, ..., length.
struct WARCHeader {
  enum RecordType {
    case response, resource, conversion, request, metadata, warcinfo, revisit, other
  }

  var type: RecordType
  /// Bytes of the block behind the head.
  var contentLength: Int
  /// Media type of the block (WARC), or of the page (ARC).
  var contentType: UnsafeBufferPointer<UInt8>?
  var isARC: Bool
  /// The fields (WARC).
  let fields: HeaderFields
  /// The words of the line (ARC).
  private let words: [UnsafeBufferPointer<UInt8>]

  /// Whether a record begins with these bytes as those of WARC do.
  static func isWARC(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.hasPrefix(ignoringCase: "warc/") }

  /// Reads a head that is all there; nil when it does not say how long the block is.
  init?(_ head: UnsafeBufferPointer<UInt8>) {
    if WARCHeader.isWARC(head) { self.init(warc: head) } else { self.init(arc: head) }
  }

  private init?(warc head: UnsafeBufferPointer<UInt8>) {
    fields = HeaderFields(afterFirstLineOf: head)
    words = []
    isARC = false
    guard let length = fields.value("content-length")?.decimal else { return nil }
    contentLength = length
    contentType = fields.value("content-type")
    type = .other
    guard let name = fields.value("warc-type") else { return }
    switch name.count {
    case 7 where name.hasPrefix(ignoringCase: "request"): type = .request
    case 7 where name.hasPrefix(ignoringCase: "revisit"): type = .revisit
    case 8 where name.hasPrefix(ignoringCase: "response"): type = .response
    case 8 where name.hasPrefix(ignoringCase: "resource"): type = .resource
    case 8 where name.hasPrefix(ignoringCase: "metadata"): type = .metadata
    case 8 where name.hasPrefix(ignoringCase: "warcinfo"): type = .warcinfo
    case 10 where name.hasPrefix(ignoringCase: "conversion"): type = .conversion
    default: break
    }
  }

  private init?(arc head: UnsafeBufferPointer<UInt8>) {
    fields = HeaderFields(afterFirstLineOf: UnsafeBufferPointer(start: nil, count: 0))
    let line = head.prefix { $0 != 0x0A && $0 != 0x0D }
    words = line.split(separator: 0x20).map { UnsafeBufferPointer(rebasing: $0) }
    isARC = true
    guard words.count >= 5, let length = words.last?.decimal, words[2].count >= 8, words[2].decimal != nil,
      words[0].contains(UInt8(ascii: ":"))
    else { return nil }
    contentLength = length
    contentType = words[3]
    type = words[0].hasPrefix(ignoringCase: "filedesc:") ? .warcinfo : .response
  }

  /// The address, without the angle brackets that WARC 1.0 allows.
  var url: String? {
    if isARC { return String(decoding: words[0], as: UTF8.self) }
    return fields.text("warc-target-uri").map(WARCHeader.withoutBrackets)
  }

  /// The record's own name.
  var id: String? { isARC ? nil : fields.text("warc-record-id").map(WARCHeader.withoutBrackets) }

  /// When it was captured, in ISO 8601.
  var date: String? {
    guard isARC else { return fields.text("warc-date") }
    let digits = Array(String(decoding: words[2], as: UTF8.self))
    guard digits.count == 14 else { return String(digits) }
    func part(_ from: Int, _ count: Int) -> String { String(digits[from..<(from + count)]) }
    return "\(part(0, 4))-\(part(4, 2))-\(part(6, 2))T\(part(8, 2)):\(part(10, 2)):\(part(12, 2))Z"
  }

  private static func withoutBrackets(_ text: String) -> String {
    text.hasPrefix("<") && text.hasSuffix(">") && text.count > 1 ? String(text.dropFirst().dropLast()) : text
  }
}
