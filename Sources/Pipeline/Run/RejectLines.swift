import Corpus

/// Rejected records as JSON lines, in input order, and counts of what has no line.
enum RejectLines {
  static func encode(_ rejects: inout [Reject], skips: [SkipReason: Int]) -> ListingLines {
    var leftOut = LeftOut()
    for (reason, count) in skips { leftOut.skipped[reason.rawValue] = count }
    guard !rejects.isEmpty else { return ListingLines(leftOut: leftOut) }
    rejects.sort { $0.order < $1.order }
    var json = JSONWriter()
    for reject in rejects {
      let reason = reject.reason.rawValue
      if reject.isFiltered {
        leftOut.filtered[reason, default: 0] += 1
      } else {
        leftOut.rejected[reason, default: 0] += 1
      }
      json.beginObject()
      json.key("reason")
      json.string(reason)
      json.key("detail")
      json.string(reject.detail)
      json.key("input")
      json.string(reject.origin.input)
      json.key("record")
      json.int(reject.origin.record)
      json.key("byteOffset")
      json.int(reject.origin.byteOffset)
      json.key("rawBytes")
      json.int(reject.rawByteCount)
      json.key("raw")
      json.string(Base64.encode(reject.raw))
      if reject.isFiltered {
        json.key("filtered")
        json.bool(true)
      }
      if let id = reject.id {
        json.key("id")
        json.string(id)
      }
      if let partOf = reject.partOf {
        json.key("partOf")
        json.string(partOf)
      }
      json.endObject()
      json.newline()
    }
    return ListingLines(lines: json.bytes, leftOut: leftOut)
  }
}

/// Raw bytes as JSON can carry them (RFC 4648): a rejected record need not be text.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    var at = 0
    while at < bytes.count {
      let count = min(3, bytes.count - at)
      var group = 0
      for i in 0..<3 { group = group << 8 | (i < count ? Int(bytes[at + i]) : 0) }
      for i in 0..<4 {
        out.append(i <= count ? alphabet[(group >> (18 - 6 * i)) & 63] : UInt8(ascii: "="))
      }
      at += 3
    }
    return String(decoding: out, as: UTF8.self)
  }
}
