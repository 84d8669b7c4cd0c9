import CArchive
import Glibc

extension RejectReason {
  /// A tar or zip archive that is damaged.
  public static let corruptArchive = RejectReason(rawValue: "corruptArchive")
  /// An entry of an archive that only a password opens.
  public static let encryptedEntry = RejectReason(rawValue: "encryptedEntry")
  /// An entry of an archive that is packed in a way this program does not read.
  public static let unsupportedEntry = RejectReason(rawValue: "unsupportedEntry")
  /// An archive inside an archive inside an archive.
  public static let nestedArchive = RejectReason(rawValue: "nestedArchive")
  /// A zip archive that is another program's document.
  public static let packagedDocument = RejectReason(rawValue: "packagedDocument")
}

extension SkipReason {
  /// A symbolic or hard link in an archive.
  static let archiveLink = SkipReason(rawValue: "archiveLink")
  /// A device, pipe or socket in an archive.
  static let archiveSpecialFile = SkipReason(rawValue: "archiveSpecialFile")
  /// A file in an archive that a folder would hide: its name, or a folder's on its path, begins with a dot.
  static let archiveHiddenFile = SkipReason(rawValue: "archiveHiddenFile")
}

/// Kinds of archive, told by content.
enum ArchiveKind: Int32 {
  case tar = 1
  case zip = 2

  /// What begins with these bytes; nil for anything else.
  init?(_ beginning: UnsafeBufferPointer<UInt8>) {
    self.init(rawValue: warraq_archive_detect(beginning.baseAddress, beginning.count))
  }
}

/// The entries of an archive one after another, streamed: each is an input of its own.
///
/// Memory: one window of the archive's bytes, and what libarchive keeps of one entry. Names are labels and nothing is
/// ever written; entries that would lead out of a folder they are unpacked in are refused nonetheless, since a dump
/// that has such is not what it seems, and others that read the output may trust the names in it.
final class ArchiveReader {
  enum Step {
    /// An entry, to be read before the next step.
    case entry(name: String, any ByteSource)
    case skip(SkipReason)
    /// Something of the archive can't be read; `name` is its entry, nil for the archive as a whole.
    case reject(name: String?, RejectReason, String)
    case end
  }

  /// First entries by which packages are known: office documents and books, Java programs. Their texts are no articles.
  private static let packageMarks = ["mimetype", "[Content_Types].xml", "META-INF/"]

  /// Bytes handed to libarchive at once.
  private static let blockBytes = 64 << 10

  private let file: DecompressedFile
  private let window: ByteWindow
  private let kind: ArchiveKind
  private var archive: OpaquePointer?
  /// How many of the window's bytes have been handed out.
  private var handedOut = 0
  private var isEnd = false
  /// Why the archive's own bytes ended early.
  private var failure: (reason: RejectReason, detail: String)?
  /// Whether a reject has told of that.
  private var isFailureTold = false
  private var isFirst = true
  private var isOver = false
  /// Whether a zip is read by its directory.
  private var isSeeking = false
  /// How many entries its directory is said to have.
  private var directoryCount = 0
  /// Offset in the file of the window's first byte.
  private var place = 0
  private let limits: ReadLimits
  private let meter: ExpansionMeter
  /// What has come out of the entry, and of all entries, when they are packed.
  private var entryGauge: ExpansionGauge
  private var archiveGauge: ExpansionGauge
  /// Bytes of the archive that libarchive has got, and how many of them before this entry.
  private var given = 0
  private var givenBefore = 0
  private var entries = 0

  /// Goes on where `window`, what was read of the file so far, ends.
  init(
    _ kind: ArchiveKind, file: DecompressedFile, window: ByteWindow,
    failure: (reason: RejectReason, detail: String)?, meter: ExpansionMeter
  ) {
    self.kind = kind
    self.file = file
    self.window = window
    self.failure = failure
    self.meter = meter
    limits = meter.limits
    entryGauge = ExpansionGauge(meter)
    archiveGauge = ExpansionGauge(ExpansionMeter(limits))
    if kind == .zip, failure == nil, let count = ZipDirectory.entryCount(in: file) {
      isSeeking = true
      directoryCount = count
    }
    // Looking at the end moved the file.
    if file.seekableByteCount != nil, failure == nil, kind == .zip { isSeeking = move(to: 0) && isSeeking }
    open()
  }

  private func open() {
    warraq_archive_close(archive)
    archive = warraq_archive_open(
      kind.rawValue, Unmanaged.passUnretained(self).toOpaque(),
      { context, bytes in
        guard let context, let bytes else { return -1 }
        return Unmanaged<ArchiveReader>.fromOpaque(context).takeUnretainedValue().give(bytes)
      },
      isSeeking
        ? { context, offset, whence in
          guard let context else { return -1 }
          return Unmanaged<ArchiveReader>.fromOpaque(context).takeUnretainedValue().seek(offset, whence)
        } : nil)
  }

  deinit { warraq_archive_close(archive) }

  /// Goes to the next entry, passing over what has not been read of this one.
  func next() -> Step {
    guard !isOver else { return .end }
    guard archive != nil else {
      isOver = true
      return .reject(name: nil, .unreadable, "no memory for an archive")
    }
    while true {
      var entry = warraq_archive_entry()
      switch warraq_archive_next(archive, &entry) {
      case Int32(WARRAQ_ARCHIVE_ENTRY):
        if let step = step(entry) { return step }
      case Int32(WARRAQ_ARCHIVE_DAMAGED):
        return .reject(name: nil, .corruptArchive, "\(words); reading goes on at the next good header")
      case Int32(WARRAQ_ARCHIVE_END) where isSeeking && entries < directoryCount:
        // Nothing was found where the directory should be: the entries' own headers may be sound.
        if entries == 0, move(to: 0) {
          isSeeking = false
          open()
          continue
        }
        return end(
          .corruptArchive,
          "its directory is said to have \(directoryCount) entries, and \(entries) can be found")
      case Int32(WARRAQ_ARCHIVE_END):
        isOver = true
        return .end
      case Int32(WARRAQ_ARCHIVE_UNMARKED_END):
        return end(.truncatedStream, "the archive has no end mark: it may have been cut off")
      case _ where isSeeking && isFirst:
        // The directory is damaged; the entries may be sound.
        isSeeking = false
        guard move(to: 0) else { return end(.corruptArchive, words) }
        open()
      default:
        return end(words.contains("runcated") ? .truncatedStream : .corruptArchive, words)
      }
    }
  }

  /// How many bytes `room` got of the entry.
  fileprivate func read(into room: UnsafeMutableBufferPointer<UInt8>) -> ByteSourceStep {
    let isPacked = kind == .zip
    let most = isPacked ? archiveGauge.room(entryGauge.room(room.count)) : room.count
    let count = warraq_archive_read(archive, room.baseAddress, most)
    if count > 0 {
      if isPacked, let excess = note(count) { return .failure(.expansionTooLarge, excess) }
      return .bytes(count)
    }
    if count == 0 { return .end }
    if let failure {
      isFailureTold = true
      return .failure(failure.reason, failure.detail)
    }
    // What zlib says (Z_BUF_ERROR) when its data ends early.
    let isCut = words.contains("runcated") || words.contains("decompression failed (-5)")
    let reason: RejectReason =
      isCut
      ? .truncatedStream : words.contains("nsupported") ? .unsupportedEntry : .corruptArchive
    isFailureTold = reason == .truncatedStream
    return .failure(reason, words)
  }

  /// Notes what came out of a packed entry; why it is too much, if it is.
  private func note(_ count: Int) -> String? {
    // Of what libarchive got before the entry, a block may belong to it.
    let excess = entryGauge.note(count, of: given - givenBefore + Self.blockBytes)
    // A directory may name the same bytes again and again.
    let all = archiveGauge.note(count, of: min(given, file.seekableByteCount ?? .max))
    if all != nil {
      isOver = true
      isFailureTold = true
    }
    return excess ?? all
  }

  private var words: String { String(cString: warraq_archive_error(archive)) }

  private func end(_ reason: RejectReason, _ detail: String) -> Step {
    isOver = true
    if isFailureTold { return .end }
    return .reject(name: nil, failure?.reason ?? reason, failure?.detail ?? detail)
  }

  private func step(_ entry: warraq_archive_entry) -> Step? {
    let name = entry.path.map(EntryPath.label) ?? "unnamed"
    entries += 1
    givenBefore = given
    entryGauge = ExpansionGauge(meter)
    if limits.archiveEntries > 0, entries > limits.archiveEntries {
      isOver = true
      return .reject(
        name: nil, .tooManyEntries,
        "more than \(limits.archiveEntries) entries, which is limits.archiveEntries; the rest is not read")
    }
    if kind == .zip, isFirst, Self.packageMarks.contains(where: { name.hasPrefix($0) }) {
      isOver = true
      return .reject(
        name: nil, .packagedDocument, "a document or program packed as a zip; extract its text first")
    }
    isFirst = false
    switch entry.kind {
    case Int32(WARRAQ_ENTRY_FOLDER): return nil
    case Int32(WARRAQ_ENTRY_LINK): return .skip(.archiveLink)
    case Int32(WARRAQ_ENTRY_SPECIAL): return .skip(.archiveSpecialFile)
    default: break
    }
    if limits.archivePaths == .refuse, let danger = entry.path.flatMap(EntryPath.danger) {
      return .reject(
        name: name, .unsafePath, "\(danger); with limits.archivePaths: label it would be read")
    }
    if EntryPath.isHidden(name) { return .skip(.archiveHiddenFile) }
    if entry.is_encrypted != 0 { return .reject(name: name, .encryptedEntry, "the entry is encrypted") }
    if entry.is_unbounded != 0 {
      return .reject(
        name: name, .unsupportedEntry, "it is packed with LZMA, xz or PPMd; pack it with deflate")
    }
    if entry.is_sparse != 0 { return .reject(name: name, .unsupportedEntry, "the entry has holes") }
    return .entry(name: name, ArchiveEntry(self))
  }

  /// Hands libarchive the archive's next bytes, so many at once that it never depends on how they came in.
  private func give(_ bytes: UnsafeMutablePointer<UnsafePointer<UInt8>?>) -> Int {
    window.removeFirst(handedOut)
    place += handedOut
    handedOut = 0
    while window.count < Self.blockBytes, failure == nil, !isEnd {
      switch file.read(into: window) {
      case .bytes: break
      case .end: isEnd = true
      case .failure(let reason, let detail): failure = (reason, detail)
      }
    }
    if window.isEmpty { return failure == nil ? 0 : -1 }
    handedOut = min(window.count, Self.blockBytes)
    given += handedOut
    bytes.pointee = window.bytes.baseAddress
    return handedOut
  }

  /// Takes the file to a place and forgets what was read ahead.
  private func move(to offset: Int) -> Bool {
    guard file.seek(to: offset) else { return false }
    window.removeAll()
    handedOut = 0
    isEnd = false
    place = offset
    return true
  }

  /// Goes to a place of the file for libarchive; -1 when that fails.
  private func seek(_ offset: Int64, _ whence: Int32) -> Int64 {
    guard let size = file.seekableByteCount else { return -1 }
    let base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? place + handedOut : size
    let (target, isTooFar) = base.addingReportingOverflow(Int(offset))
    guard !isTooFar, target >= 0, target <= size, move(to: target) else { return -1 }
    return Int64(target)
  }
}

/// The entry that an archive's reader stands at.
private final class ArchiveEntry: ByteSource {
  private let reader: ArchiveReader

  init(_ reader: ArchiveReader) { self.reader = reader }

  func read(into room: UnsafeMutableBufferPointer<UInt8>) -> ByteSourceStep { reader.read(into: room) }
}
