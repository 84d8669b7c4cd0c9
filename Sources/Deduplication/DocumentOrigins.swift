/// Writes who the documents are, in input order.
final class OriginsWriter {
  private let records: ScratchFile
  private let offsets: ScratchFile
  private var inputs: [String] = []

  init(folder: String, buffered: Int) throws {
    records = try ScratchFile(folder: folder, buffered: buffered)
    offsets = try ScratchFile(folder: folder, buffered: buffered)
  }

  func append(_ document: SurveyedDocument) throws {
    // Inputs come one after another, so their names are kept once each.
    if inputs.last != document.input { inputs.append(document.input) }
    try offsets.append(UInt64(records.byteCount))
    try records.append(UInt64(inputs.count - 1))
    try records.append(UInt64(bitPattern: Int64(document.record)))
    var id = document.id
    try id.withUTF8 { try records.append(UnsafeRawBufferPointer($0)) }
  }

  func finish() throws -> OriginsReader {
    try offsets.append(UInt64(records.byteCount))
    try records.flush()
    try offsets.flush()
    return OriginsReader(records: records.reader, offsets: offsets.reader, inputs: inputs)
  }
}

/// Finds who a document is.
final class OriginsReader: Sendable {
  let records: ScratchReader
  let offsets: ScratchReader
  let inputs: [String]

  init(records: ScratchReader, offsets: ScratchReader, inputs: [String]) {
    self.records = records
    self.offsets = offsets
    self.inputs = inputs
  }

  /// Bytes of the records of so many documents.
  func recordBytes(of count: Int) throws -> Int { Int(try offsets.word(at: count * 8)) }

  func document(_ ordinal: Int) throws -> SurveyedDocument {
    let ends = try offsets.words(count: 2, at: ordinal * 8)
    let start = Int(ends[0])
    let numbers = try records.words(count: 2, at: start)
    let idBytes = Int(ends[1]) - start - 16
    guard idBytes >= 0, idBytes <= 1 << 30, numbers[0] < inputs.count else {
      throw DuplicateSurveyError.system(
        action: "use", folder: "the output folder", reason: "it is damaged; begin anew")
    }
    let id = try [UInt8](unsafeUninitializedCapacity: idBytes) { bytes, count in
      try records.read(UnsafeMutableRawBufferPointer(bytes), at: start + 16)
      count = idBytes
    }
    return SurveyedDocument(
      id: String(decoding: id, as: UTF8.self), input: inputs[Int(numbers[0])],
      record: Int(Int64(bitPattern: numbers[1])))
  }
}
