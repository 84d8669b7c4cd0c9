import CShingling

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Sorts any number of records within so many bytes: sorted runs go to a scratch file and are merged (external merge
/// sort; Knuth, The Art of Computer Programming 3, 5.4).
///
/// A record is a few numbers of 64 bits, compared one after another. What comes out depends on the records alone.
final class RecordSorter {
  /// Numbers of a record: 1, 2 or 3.
  let width: Int
  private let memory: Int
  private let folder: String
  private let mostWords: Int
  private var words: UnsafeMutablePointer<UInt64>?
  private var capacity = 0
  private var count = 0
  private var file: ScratchFile?
  private var runs: [SortedRun] = []

  /// Makes a sorter that takes at most about `memory` bytes, one record at least.
  init(width: Int, memory: Int, folder: String) {
    self.width = width
    self.memory = memory
    self.folder = folder
    mostWords = max(1, memory / 8 / width) * width
  }

  deinit { free(words) }

  /// Whether anything has gone to a file.
  var hasSpilled: Bool { !runs.isEmpty }

  func append(_ a: UInt64) throws {
    try makeRoom()[0] = a
    count += 1
  }

  func append(_ a: UInt64, _ b: UInt64) throws {
    let place = try makeRoom()
    place[0] = a
    place[1] = b
    count += 2
  }

  func append(_ a: UInt64, _ b: UInt64, _ c: UInt64) throws {
    let place = try makeRoom()
    place[0] = a
    place[1] = b
    place[2] = c
    count += 3
  }

  /// The records in order; the sorter is empty then.
  func sorted() throws -> RecordStream {
    guard !runs.isEmpty else {
      warraq_sort_records(words, count / width, width)
      defer { (words, capacity, count) = (nil, 0, 0) }
      return RecordStream(width: width, owning: words, count: count)
    }
    try spill()
    free(words)
    (words, capacity) = (nil, 0)
    guard let file else { return RecordStream(width: width, owning: nil, count: 0) }
    try file.flush()
    let merging = RunMerging(width: width, memory: memory, folder: folder)
    defer {
      runs = []
      self.file = nil
    }
    return try merging.merge(runs, of: file)
  }

  private func makeRoom() throws -> UnsafeMutablePointer<UInt64> {
    if count + width > capacity {
      if count + width > mostWords { try spill() }
      if count + width > capacity {
        capacity = min(mostWords, max(capacity * 2, 1024 / width * width))
        words = realloc(words, capacity * 8)?.assumingMemoryBound(to: UInt64.self)
      }
    }
    guard let words else {
      throw DuplicateSurveyError.system(action: "buffer", folder: folder, reason: "no memory")
    }
    return words + count
  }

  private func spill() throws {
    guard count > 0 else { return }
    let file = try file ?? ScratchFile(folder: folder, buffered: 0)
    self.file = file
    warraq_sort_records(words, count / width, width)
    let start = file.byteCount
    try file.append(UnsafeBufferPointer(start: words, count: count))
    runs.append(SortedRun(offset: start, byteCount: file.byteCount - start))
    count = 0
  }
}

/// Records in order within a scratch file.
struct SortedRun {
  var offset: Int
  var byteCount: Int
}

/// Records in order, taken one after another: from memory, or merged from runs.
final class RecordStream {
  let width: Int
  private let words: UnsafeMutablePointer<UInt64>?
  private let count: Int
  private var at = 0
  private var merge: RunMerge?

  /// Takes over memory from `malloc`.
  init(width: Int, owning words: UnsafeMutablePointer<UInt64>?, count: Int) {
    self.width = width
    self.words = words
    self.count = count
  }

  init(_ merge: RunMerge) {
    width = merge.width
    words = nil
    count = 0
    self.merge = merge
  }

  deinit { free(words) }

  /// The next record, valid until the following call; nil at the end.
  func next() throws -> UnsafePointer<UInt64>? {
    if let merge { return try merge.next() }
    guard at < count, let words else { return nil }
    defer { at += width }
    return UnsafePointer(words + at)
  }
}
