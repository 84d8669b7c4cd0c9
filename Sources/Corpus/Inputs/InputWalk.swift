/// Goes through inputs in their order and into the archives among them.
///
/// Archives are told by content, compressed or not. What is in them counts as an input of its own, named after the archive
/// and its path in it: `dump.tar.gz/news/01.txt`. An archive may hold archives, but these none.
struct InputWalk {
  enum Step {
    /// Records of an input or an entry, to be read to their end before the next step.
    case records(RecordReader)
    case skip(SkipReason)
    case reject(Reject)
    case end
  }

  /// An archive inside an archive is the deepest that is opened: one that holds itself would have no end.
  private static let deepest = 2
  /// Most bytes asked of an entry at once: many are small.
  private static let entryChunk = 64 << 10

  private let inputs: [InputFile]
  private let options: ReaderOptions
  /// How many inputs have been begun.
  private(set) var begunInputs = 0
  /// The input being read.
  private var file: DecompressedFile?
  /// What has come out of it.
  private var meter: ExpansionMeter
  private var finishedBytes = 0
  /// The archives being read, the outermost first.
  private var archives: [(reader: ArchiveReader, name: String)] = []

  init(_ inputs: [InputFile], _ options: ReaderOptions) {
    self.inputs = inputs
    self.options = options
    meter = ExpansionMeter(options.limits)
  }

  /// Bytes read so far from all inputs as they lie on disk.
  var compressedBytesRead: Int { finishedBytes + currentBytes }

  /// A zip's directory is read before its entries; that counts for no progress.
  private var currentBytes: Int {
    guard let file else { return 0 }
    return min(file.compressedOffset, file.seekableByteCount ?? .max)
  }

  mutating func next() -> Step {
    // A reject has told of that.
    if meter.isExhausted { archives.removeAll() }
    while let (archive, name) = archives.last {
      switch archive.next() {
      case .entry(let path, let source):
        let entry = DecompressedFile(source, chunk: min(options.chunkBytes, Self.entryChunk), meter: meter)
        if let step = open(entry, InputFile(path: path, name: "\(name)/\(path)", byteCount: nil)) {
          return step
        }
      case .skip(let reason): return .skip(reason)
      case .reject(let path, let reason, let detail):
        return .reject(Self.reject(path.map { "\(name)/\($0)" } ?? name, reason, detail))
      case .end: archives.removeLast()
      }
    }
    finishedBytes += currentBytes
    file = nil
    while begunInputs < inputs.count {
      let input = inputs[begunInputs]
      begunInputs += 1
      do throws(OpenFailure) {
        meter = ExpansionMeter(options.limits)
        let file = try DecompressedFile(
          input.path, chunk: options.chunkBytes, listed: input.byteCount, meter: meter)
        self.file = file
        return open(file, input) ?? next()
      } catch {
        return .reject(Self.reject(input.name, .unreadable, error.detail))
      }
    }
    return .end
  }

  /// Its records, or nil when it is an archive that has been opened.
  private mutating func open(_ file: DecompressedFile, _ input: InputFile) -> Step? {
    let reader = RecordReader(file, input: input, options: options)
    guard let archive = reader.archive(meter) else { return .records(reader) }
    guard archives.count < Self.deepest else {
      return .reject(
        Self.reject(input.name, .nestedArchive, "an archive inside \(Self.deepest) others; unpack it first"))
    }
    archives.append((archive, input.name))
    return nil
  }

  private static func reject(_ name: String, _ reason: RejectReason, _ detail: String) -> Reject {
    Reject(
      origin: RecordOrigin(input: name, record: 0, byteOffset: 0), reason: reason, detail: detail, raw: [],
      rawByteCount: 0)
  }
}
