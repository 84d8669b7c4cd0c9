import Corpus

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

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
      json.string(Data(reject.raw).base64EncodedString())
      if reject.isFiltered {
        json.key("filtered")
        json.bool(true)
      }
      // Without all its bytes nobody can parse it again.
      if let source = reject.source, reject.raw.count == reject.rawByteCount {
        json.key("source")
        source.write(to: &json)
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
