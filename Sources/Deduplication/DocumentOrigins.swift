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
  private let records: ScratchReader
  private let offsets: ScratchReader
  private let inputs: [String]

  init(records: ScratchReader, offsets: ScratchReader, inputs: [String]) {
    self.records = records
    self.offsets = offsets
    self.inputs = inputs
  }

  func document(_ ordinal: Int) throws -> SurveyedDocument {
    let ends = try offsets.words(count: 2, at: ordinal * 8)
    let start = Int(ends[0])
    let numbers = try records.words(count: 2, at: start)
    let idBytes = Int(ends[1]) - start - 16
    let id = try [UInt8](unsafeUninitializedCapacity: idBytes) { bytes, count in
      try records.read(UnsafeMutableRawBufferPointer(bytes), at: start + 16)
      count = idBytes
    }
    return SurveyedDocument(
      id: String(decoding: id, as: UTF8.self), input: inputs[Int(numbers[0])],
      record: Int(Int64(bitPattern: numbers[1])))
  }
}
