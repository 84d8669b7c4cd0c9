import CCompression
import Glibc

/// The body of an HTTP response, without its transfer and content encodings.
enum HTTPBody {
  /// Decodes a body; nil when it stands in the record as it is.
  ///
  /// Tools that store decoded bodies often leave the fields that speak of encodings as they were: a body that does
  /// not look chunked or compressed at all is taken as it is.
  ///
  /// - Parameter limit: most bytes of the decoded body.
  static func decoded(
    _ body: UnsafeBufferPointer<UInt8>, _ fields: HeaderFields, limit: Int
  ) throws(ParseProblem) -> [UInt8]? {
    var result: [UInt8]?
    if let coding = fields.value("transfer-encoding"), coding.hasPrefix(ignoringCase: "chunked") {
      result = try joined(body)
    }
    guard let coding = fields.text("content-encoding", limit: 64)?.lowercased() else { return result }
    switch coding {
    case "gzip", "x-gzip", "deflate":
      let packed = result ?? Array(body)
      let unpacked = try packed.withUnsafeBufferPointer { (bytes) throws(ParseProblem) in
        try inflated(bytes, coding, limit: limit)
      }
      return unpacked ?? result
    case "identity", "none", "utf-8": return result
    default:
      // A page that can be read as it stands was stored decoded.
      if body.prefix(512).first(where: { $0 > 0x20 }) == UInt8(ascii: "<") { return result }
      throw .reject(.unsupportedEncoding, detail: "the body is encoded as \(coding)")
    }
  }

  /// How large a body is once decoded, without keeping it; no more than `limit` and what comes at once.
  static func unpackedSize(_ body: UnsafeBufferPointer<UInt8>, _ fields: HeaderFields, limit: Int) -> Int {
    guard let coding = fields.text("content-encoding", limit: 64)?.lowercased(),
      ["gzip", "x-gzip", "deflate"].contains(coding)
    else { return body.count }
    var isChunked = false
    if let coding = fields.value("transfer-encoding") {
      isChunked = coding.hasPrefix(ignoringCase: "chunked")
    }
    guard isChunked else { return warraq_body_inflated_size(body.baseAddress, body.count, limit) }
    guard let joined = (try? joined(body)) ?? nil else { return body.count }
    return joined.withUnsafeBufferPointer { warraq_body_inflated_size($0.baseAddress, $0.count, limit) }
  }

  /// The chunks of a body in a row; nil when it does not begin with a chunk's size.
  private static func joined(_ body: UnsafeBufferPointer<UInt8>) throws(ParseProblem) -> [UInt8]? {
    var result: [UInt8] = []
    var at = 0
    while true {
      guard let (size, begin) = chunk(body, at) else {
        if at == 0 { return nil }
        throw .reject(.malformedHTTP, detail: "no chunk begins at byte \(at) of the body")
      }
      if size == 0 { return result }
      guard size <= body.count - begin else {
        if at == 0, body[0] == UInt8(ascii: "<") { return nil }
        throw .reject(.malformedHTTP, detail: "a chunk of \(size) bytes has \(body.count - begin)")
      }
      result.append(contentsOf: body[begin..<(begin + size)])
      at = begin + size
      if at < body.count, body[at] == 0x0D { at += 1 }
      if at < body.count, body[at] == 0x0A { at += 1 }
      // The last chunk, of no bytes, is missing where a server closed the connection.
      if at == body.count { return result }
    }
  }

  /// Size of the chunk whose line begins at an index, and where its bytes begin.
  private static func chunk(_ body: UnsafeBufferPointer<UInt8>, _ start: Int) -> (size: Int, begin: Int)? {
    var at = start
    var size = 0
    while at < body.count, at - start < 15, let digit = hexadecimal(body[at]) {
      size = size << 4 | digit
      at += 1
    }
    guard at > start, let feed = body[at...].prefix(256).firstIndex(of: 0x0A) else { return nil }
    // Only an extension may follow the size.
    let rest = body[at..<feed].drop { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
    guard rest.isEmpty || rest.first == UInt8(ascii: ";") else { return nil }
    return (size, feed + 1)
  }

  private static func hexadecimal(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x46: Int(byte) - 0x37
    case 0x61...0x66: Int(byte) - 0x57
    default: nil
    }
  }

  /// The unpacked bytes; nil when they are not packed.
  private static func inflated(
    _ bytes: UnsafeBufferPointer<UInt8>, _ coding: String, limit: Int
  ) throws(ParseProblem) -> [UInt8]? {
    guard let first = bytes.first else { return nil }
    let isGzip = bytes.starts(with: [0x1F, 0x8B])
    if !isGzip, coding != "deflate" || first == UInt8(ascii: "<") { return nil }
    var unpacked: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = warraq_body_inflate(bytes.baseAddress, bytes.count, limit, &unpacked, &count)
    defer { free(unpacked) }
    switch status {
    case Int32(WARRAQ_BODY_OK): return Array(UnsafeBufferPointer(start: unpacked, count: count))
    case Int32(WARRAQ_BODY_TOO_LARGE):
      throw .reject(.articleTooLarge, detail: "the unpacked body is above input.maxArticleBytes, \(limit)")
    case Int32(WARRAQ_BODY_CUT):
      throw .reject(.malformedHTTP, detail: "the \(coding) body ends early")
    default: throw .reject(.malformedHTTP, detail: "the \(coding) body is corrupt")
    }
  }
}
