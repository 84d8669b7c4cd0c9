/// A table as one file, so that a run that goes on after an interruption need not survey the dump again.
///
/// Numbers of 64 bits in the machine's byte order: a mark, figures, the sizes of the parts; then entries, ends of batches,
/// origins and their offsets, and the names of the inputs, each with its length before it. The file gets its name when all
/// of it is on the disk, so one that is there is whole.
extension DuplicateTable {
  /// "warraqd1" as a number: another byte order, or another layout, reads differently.
  private static let mark: UInt64 = 0x7761_7272_6171_6431
  private static let headerWords = 11

  /// Writes the table to a file, in place of what has that name.
  ///
  /// - Throws: `DuplicateSurveyError`.
  public func save(to path: String) throws {
    let file = try ScratchFile(creating: path + ".unfinished")
    var names: [UInt8] = []
    for name in origins.inputs {
      withUnsafeBytes(of: UInt64(name.utf8.count)) { names.append(contentsOf: $0) }
      names.append(contentsOf: name.utf8)
    }
    let sizes = [
      count * 8, (batchCount + 1) * 8, try origins.recordBytes(of: count), (count + 1) * 8, names.count,
    ]
    let header: [Int] = [
      figures.documents, figures.exact, figures.near, figures.comparisons, batchCount, valueCount,
    ]
    let words = [Self.mark] + (header + sizes.dropLast()).map { UInt64($0) }
    try words.withUnsafeBufferPointer { try file.append($0) }
    let parts = zip([entries, batchEnds, origins.records, origins.offsets], sizes)
    for (reader, size) in parts { try file.append(reader, byteCount: size) }
    try names.withUnsafeBytes { try file.append($0) }
    try file.finish(as: path)
  }

  /// Opens a table that ``save(to:)`` wrote; nil when there is none, or one of another layout.
  ///
  /// - Throws: `DuplicateSurveyError` when it cannot be read.
  public static func open(_ path: String) throws -> DuplicateTable? {
    guard let file = try ScratchReader(opening: path), file.byteCount >= headerWords * 8 else { return nil }
    let words = try file.words(count: headerWords, at: 0)
    guard words[0] == mark, words.allSatisfy({ $0 < 1 << 56 || $0 == mark }) else { return nil }
    let numbers = words.map { Int($0) }
    var figures = DuplicateFigures(documents: numbers[1])
    (figures.exact, figures.near, figures.comparisons) = (numbers[2], numbers[3], numbers[4])
    let sizes = numbers[7...10]
    let partBytes = sizes.reduce(headerWords * 8, +)
    guard figures.documents < 1 << 32, numbers[5] < 1 << 48, partBytes <= file.byteCount,
      numbers[7] == figures.documents * 8, numbers[8] == (numbers[5] + 1) * 8,
      numbers[10] == (figures.documents + 1) * 8
    else { return nil }
    var at = headerWords * 8
    func part(_ size: Int) -> ScratchReader {
      defer { at += size }
      return ScratchReader(file, from: at)
    }
    let parts = sizes.map(part)
    var inputs: [String] = []
    while at + 8 <= file.byteCount {
      let size = Int(clamping: try file.word(at: at))
      guard size <= file.byteCount - at - 8 else { return nil }
      let name = try [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
        try file.read(UnsafeMutableRawBufferPointer(bytes), at: at + 8)
        count = size
      }
      inputs.append(String(decoding: name, as: UTF8.self))
      at += 8 + size
    }
    return DuplicateTable(
      entries: parts[0], batchEnds: (parts[1], count: numbers[5]),
      origins: OriginsReader(records: parts[2], offsets: parts[3], inputs: inputs), valueCount: numbers[6],
      figures: figures)
  }
}
