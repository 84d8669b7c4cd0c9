/// Finds the records of a web archive (WARC, WET, WAT, ARC) by their heads' lengths, and checks that each ends where
/// the next one begins.
///
/// A record whose length is wrong is rejected, and reading goes on at the next line that begins with `WARC/0.` or
/// `WARC/1.`. Records that are no articles are passed over; those longer than `heldSkip` as they come, so that a video
/// is never in memory. In a record too long to be held such a line ends it at once: there is no going back to look.
struct WARCFramer: RecordFraming {
  /// Longest head of a record, and of the HTTP message in it, in bytes.
  private static let longestHead = 64 << 10
  /// Longest record that is held in order to check its end although it is skipped.
  private static let heldSkip = 256 << 10
  /// Line ends behind a block: two of two bytes.
  private static let longestTrailer = 4

  private enum State { case between, head, held, streamed, garbage, over }

  /// Longest record that is held.
  private let limit: Int
  private var state = State.between
  /// Where the record begins, relative to the window, like all that follows.
  private var start = 0
  /// From where on to look for what comes next: a head's end, a marker.
  private var scan = 0
  /// Where the block begins and ends; the end may lie behind the window's.
  private var blockStart = 0
  private var blockEnd = 0
  /// Whether the record is what a server answered.
  private var isResponse = false
  private var skip: SkipReason?
  private var isARC = false
  /// Why the garbage is none.
  private var complaint = (reason: RejectReason.malformedRecord, detail: "")

  private var headLimit: Int { min(WARCFramer.longestHead, limit) }

  /// A framer of records of which none above `maxArticleBytes` becomes an article.
  init(maxArticleBytes: Int) { limit = maxArticleBytes }

  var kind: RecordKind { .warc }

  /// Where a record may begin of which not all is there yet.
  var resumption: Int? { state == .garbage || state == .streamed ? max(0, scan) : nil }

  /// A few KB may be a page of many MB, and a batch holds hundreds of them. Only what was captured of a server's answer
  /// can be packed; for that alone is the answer's head looked at here.
  func growth(of record: UnsafeBufferPointer<UInt8>) -> Int {
    let (from, to) = (blockStart - start, min(record.count, blockEnd - start))
    guard isResponse, from >= 0, from < to else { return 0 }
    let block = UnsafeBufferPointer(rebasing: record[from..<to])
    guard let http = HTTPHead(block) else { return 0 }
    let body = UnsafeBufferPointer(rebasing: block[http.length...])
    return max(0, HTTPBody.unpackedSize(body, http.fields, limit: limit) - body.count)
  }

  mutating func dropped(_ count: Int) { move(count) }

  mutating func behead(_ count: Int) {
    move(count)
    start = 0
  }

  private mutating func move(_ count: Int) {
    start -= count
    scan -= count
    blockStart -= count
    blockEnd -= count
  }

  mutating func next(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> FramingStep {
    while true {
      let step: FramingStep? =
        switch state {
        case .between: nextStart(window, isEnd)
        case .head: nextHead(window, isEnd)
        case .held: nextHeld(window, isEnd)
        case .streamed: nextStreamed(window, isEnd)
        case .garbage: nextGarbage(window, isEnd)
        case .over: .finished
        }
      if let step { return step }
    }
  }

  /// Between records: passes over blanks, and tells a record from anything else.
  private mutating func nextStart(_ window: UnsafeBufferPointer<UInt8>, _ isEnd: Bool) -> FramingStep? {
    while scan < window.count, RecordFramer.isBlank(window[scan]) { scan += 1 }
    start = scan
    skip = nil
    if scan == window.count { return isEnd ? .finished : .needsMore(keepFrom: scan) }
    let signature: StaticString = "filedesc:"
    guard isEnd || window.count - scan >= signature.utf8CodeUnitCount else {
      return .needsMore(keepFrom: scan)
    }
    let rest = UnsafeBufferPointer(rebasing: window[scan...])
    if rest.hasPrefix(ignoringCase: signature) { isARC = true }
    if isARC || WARCHeader.isWARC(rest) {
      state = .head
    } else {
      fail(.malformedRecord, "no record begins here", from: start)
    }
    return nil
  }

  private mutating func nextHead(_ window: UnsafeBufferPointer<UInt8>, _ isEnd: Bool) -> FramingStep? {
    let end: Int
    switch headStop(window) {
    case .end(let found): end = found
    case .marker(let marker):
      return resume(at: marker, .malformedRecord, "another record begins in its head")
    case nil:
      if window.count - start >= headLimit {
        fail(.malformedRecord, "the head of the record does not end", from: start)
        return nil
      }
      guard isEnd else { return .needsMore(keepFrom: start) }
      return cutOff(window)
    }
    let head = UnsafeBufferPointer(rebasing: window[start..<end])
    guard let header = WARCHeader(head) else {
      fail(.malformedRecord, isARC ? "no head of an ARC record" : "there is no Content-Length", from: start)
      return nil
    }
    if WARCContent.needsBlock(header) {
      let needed = min(header.contentLength, WARCFramer.longestHead, max(0, limit - head.count))
      let block = UnsafeBufferPointer(rebasing: window[end..<min(window.count, end + needed)])
      let isEnough = block.count == needed || HeaderFields.end(of: block, from: 0) != nil
      guard isEnough || isEnd else {
        // The record's head, whose end is known, is looked at again.
        scan = start
        return .needsMore(keepFrom: start)
      }
      skip = WARCContent.skip(header, block)
    } else {
      skip = WARCContent.skip(header, UnsafeBufferPointer(start: nil, count: 0))
    }
    isResponse = header.type == .response
    blockStart = end
    blockEnd = end + header.contentLength
    scan = end
    let size = blockEnd - start + WARCFramer.longestTrailer
    state = size <= limit && (skip == nil || size <= WARCFramer.heldSkip) ? .held : .streamed
    return nil
  }

  private enum HeadStop {
    /// Behind the blank line.
    case end(Int)
    /// At a line feed behind which another record begins.
    case marker(Int)
  }

  /// Where a head stops. Looks no further than that, so that many heads without an end cost no more than one.
  private mutating func headStop(_ window: UnsafeBufferPointer<UInt8>) -> HeadStop? {
    let reach = UnsafeBufferPointer(rebasing: window[start..<min(window.count, start + headLimit)])
    if isARC { return reach.firstIndex(of: 0x0A).map { .end(start + $0 + 1) } }
    // The last bytes of the piece before may have been the first half of the end, or of a marker.
    var at = max(0, scan - start - WARCFramer.markerReach)
    scan = window.count
    while at < reach.count, let feed = reach[at...].firstIndex(of: 0x0A) {
      let line = UnsafeBufferPointer(rebasing: reach[feed...])
      // The blank line is within three bytes of the feed that ends the line before.
      if let end = HeaderFields.end(of: UnsafeBufferPointer(rebasing: line.prefix(3)), from: 0) {
        return .end(start + feed + end)
      }
      let beginning = UnsafeBufferPointer(rebasing: line.prefix(WARCFramer.markerReach + 1))
      if WARCFramer.marker(beginning, from: 0) == 0 { return .marker(start + feed) }
      at = feed + 1
    }
    return nil
  }

  /// A record that fits: its end is checked before it counts.
  private mutating func nextHeld(_ window: UnsafeBufferPointer<UInt8>, _ isEnd: Bool) -> FramingStep? {
    guard window.count >= blockEnd else {
      guard isEnd else { return .needsMore(keepFrom: start) }
      if let marker = marker(window, from: blockStart) {
        return resume(at: marker, .wrongContentLength, wrongLength)
      }
      return cutOff(window)
    }
    var end = blockEnd
    while end < window.count, end - blockEnd < WARCFramer.longestTrailer,
      window[end] == 0x0D || window[end] == 0x0A
    {
      end += 1
    }
    if end == window.count, end - blockEnd < WARCFramer.longestTrailer, !isEnd {
      return .needsMore(keepFrom: start)
    }
    let isWhole =
      end == window.count || end - blockEnd == WARCFramer.longestTrailer || window[end] == UInt8(ascii: "W")
      || (isARC && end > blockEnd)
    guard isWhole else {
      fail(.wrongContentLength, wrongLength, from: blockStart)
      return nil
    }
    scan = end
    state = .between
    return skip.map { .skipped(upTo: end, $0) } ?? .record(start..<end)
  }

  /// A record too long to be held.
  private mutating func nextStreamed(_ window: UnsafeBufferPointer<UInt8>, _ isEnd: Bool) -> FramingStep? {
    let reach = UnsafeBufferPointer(rebasing: window[..<min(window.count, max(blockEnd, 0))])
    if let marker = marker(reach, from: scan) {
      // Of one that is passed over, how much is still in the window depends on how the bytes came in.
      if skip != nil { start = marker }
      return resume(at: marker, .wrongContentLength, "another record begins inside it")
    }
    if window.count >= blockEnd {
      let end = max(blockEnd, start)
      scan = end
      state = .between
      return skip.map { .skipped(upTo: end, $0) } ?? .record(start..<end)
    }
    guard isEnd else {
      scan = max(scan, isARC ? lastLine(window) : window.count - WARCFramer.markerReach)
      return .needsMore(keepFrom: skip == nil ? start : scan)
    }
    return cutOff(window)
  }

  /// Something that is no record, up to where one begins.
  private mutating func nextGarbage(_ window: UnsafeBufferPointer<UInt8>, _ isEnd: Bool) -> FramingStep? {
    if let marker = marker(window, from: scan) {
      return resume(at: marker, complaint.reason, complaint.detail)
    }
    guard isEnd else {
      scan = max(scan, isARC ? lastLine(window) : window.count - WARCFramer.markerReach)
      return .needsMore(keepFrom: start)
    }
    state = .over
    return .rejected(max(0, start)..<window.count, complaint.reason, complaint.detail)
  }

  private mutating func fail(_ reason: RejectReason, _ detail: String, from: Int) {
    complaint = (reason, detail)
    scan = from
    state = .garbage
  }

  /// The record is bad; the next one begins behind the line feed at `marker`.
  private mutating func resume(at marker: Int, _ reason: RejectReason, _ detail: String) -> FramingStep {
    scan = marker + 1
    state = .between
    return .rejected(max(0, start)..<(marker + 1), reason, detail)
  }

  /// The input ends inside the record.
  private mutating func cutOff(_ window: UnsafeBufferPointer<UInt8>) -> FramingStep {
    state = .over
    if let skip { return .skipped(upTo: window.count, skip) }
    return .last(start..<window.count)
  }

  private var wrongLength: String {
    "no record begins where its Content-Length, \(blockEnd - blockStart), ends it"
  }

  /// Bytes of a marker but one: what is kept when the window goes on.
  private static let markerReach = 7

  /// The line feed behind which a record seems to begin.
  private func marker(_ window: UnsafeBufferPointer<UInt8>, from: Int) -> Int? {
    guard isARC else { return WARCFramer.marker(window, from: from) }
    var at = max(0, from)
    while let found = window.find("\nhttp", from: at) {
      let line = UnsafeBufferPointer(rebasing: window[(found + 1)...].prefix(WARCFramer.longestHead))
      guard let end = line.firstIndex(of: 0x0A) else {
        // A line that long is no head; a shorter one may go on.
        if line.count < WARCFramer.longestHead { return nil }
        at = found + 1
        continue
      }
      if WARCHeader(UnsafeBufferPointer(rebasing: line[...end])) != nil { return found }
      at = found + 1
    }
    return nil
  }

  private static func marker(_ window: UnsafeBufferPointer<UInt8>, from: Int) -> Int? {
    var at = max(0, from)
    while let found = window.find("\nWARC/", from: at) {
      guard found + markerReach < window.count else { return nil }
      let version = window[found + 6]
      if version == UInt8(ascii: "0") || version == UInt8(ascii: "1"), window[found + 7] == UInt8(ascii: ".")
      {
        return found
      }
      at = found + 1
    }
    return nil
  }

  /// The last line feed, for an ARC record's head may be in the making.
  private func lastLine(_ window: UnsafeBufferPointer<UInt8>) -> Int {
    let last = window.lastIndex(of: 0x0A) ?? window.count
    return window.count - last > WARCFramer.longestHead ? window.count : last
  }
}
