/// What a framer found in its window.
enum FramingStep: Equatable {
  /// A record lies in this range of the window.
  case record(Range<Int>)
  /// A record that only the end of the input ends: without a line end, bracket or brace of its own.
  case last(Range<Int>)
  /// The bytes before this offset are something that is no article on purpose.
  case skipped(upTo: Int, SkipReason)
  /// What lies in this range of the window is a bad record; reading goes on behind it.
  case rejected(Range<Int>, RejectReason, String)
  /// Nothing more without more bytes; everything before the offset is done with.
  case needsMore(keepFrom: Int)
  /// From here on the input is no record: bytes after a closed array, or an array that is none.
  case malformed(at: Int, String, RejectReason = .invalidJSON)
  /// The input's records are over.
  case finished
}

/// Finds where records begin and end in a stream of bytes that arrives in pieces.
///
/// A pure state machine over a window of bytes: it neither reads nor keeps anything, so it is tested without files,
/// and any way of cutting the stream into pieces must give the same records. It runs on the one task that reads.
protocol RecordFraming {
  /// What the records are.
  var kind: RecordKind { get }
  /// What the input's beginning said about all records.
  var context: (any RecordContext)? { get }
  /// Whether a record of blanks is none, however long it is.
  var passesOverBlanks: Bool { get }

  /// Where in the window the framer goes on looking, where it may need the bytes from there on again; nil when it has
  /// looked at all of them.
  var resumption: Int? { get }

  /// Looks for the next record.
  mutating func next(_ window: UnsafeBufferPointer<UInt8>, isEnd: Bool) -> FramingStep
  /// The window lost its first bytes.
  mutating func dropped(_ count: Int)
  /// The first `count` bytes of the pending record, which begins the window, are taken out of it: it is too large to
  /// be kept.
  mutating func behead(_ count: Int)
  /// Whether a record that damage of the input ended shows by itself that nothing of it is missing.
  func isWhole(_ record: UnsafeBufferPointer<UInt8>) -> Bool
  /// How many bytes more a record is for those who unpack what it holds.
  func growth(of record: UnsafeBufferPointer<UInt8>) -> Int
}

extension RecordFraming {
  var context: (any RecordContext)? { nil }
  var passesOverBlanks: Bool { false }
  var resumption: Int? { nil }
  func isWhole(_ record: UnsafeBufferPointer<UInt8>) -> Bool { false }
  func growth(of record: UnsafeBufferPointer<UInt8>) -> Int { 0 }
}
