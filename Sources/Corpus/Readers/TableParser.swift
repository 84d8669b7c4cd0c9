import ArabicText

/// Parses one row of a table, by the names in its header. One for each worker; not `Sendable`.
final class TableParser: RecordParsing {
  /// The columns of one table.
  private struct Columns {
    var table: TableContext
    var names: [String]
    var id: Int?
    var title: Int?
    var text: Int?
  }

  private let options: ParserOptions
  private let decoder: RecordDecoder
  private var columns: Columns?
  private var units: [UInt16] = []
  private var fields: [Range<Int>] = []
  private var json = JSONWriter()

  init(_ options: ParserOptions, _ decoder: RecordDecoder) {
    self.options = options
    self.decoder = decoder
  }

  func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) throws(ParseProblem) -> ParsedRecord {
    guard let table = record.context as? TableContext else {
      throw .reject(.missingText, detail: "the table has no header")
    }
    let columns = try columns(of: table, record)
    units.removeAll(keepingCapacity: true)
    var encoding = try decoder.decode(bytes, record, into: &units)
    guard split(table) else {
      throw .reject(.unbalancedQuote, detail: "a quoted field is not closed before the input ends")
    }
    guard fields.count == columns.names.count else {
      throw .reject(
        .raggedRow, detail: "\(fields.count) fields; the header has \(columns.names.count)")
    }
    guard let textColumn = columns.text else {
      // Cut, for the first line of what is no table is no row of names.
      let names = columns.names.prefix(20).map { "\"\($0.prefix(40))\"" }.joined(separator: ", ")
      throw .reject(
        .missingText,
        detail: "there is no column \"\(options.paths.text)\" among \(names); map it with input.fields.text")
    }
    let text = Array(units[fields[textColumn]])
    try RecordDecoder.requireText(text)
    encoding.mojibake = text.withUnsafeBufferPointer { Mojibake.detect($0) }
    return ParsedRecord(
      id: columns.id.flatMap { self.text(fields[$0]) },
      title: columns.title.map { Array(units[fields[$0]]) } ?? [],
      text: text, textBytes: text.withUnsafeBufferPointer { UTF8Text.byteCount(of: $0) }, meta: meta(columns),
      encoding: encoding)
  }

  /// The columns of a table; the last one's are kept.
  private func columns(of table: TableContext, _ record: RawRecord) throws(ParseProblem) -> Columns {
    if let columns, columns.table === table { return columns }
    units.removeAll(keepingCapacity: true)
    var header: [UInt16] = []
    let result: Result<DecodedEncoding, ParseProblem> = table.header.withUnsafeBufferPointer { bytes in
      do throws(ParseProblem) {
        return .success(try decoder.decode(bytes, record, into: &header))
      } catch {
        return .failure(error)
      }
    }
    _ = try result.get()
    units = header
    _ = split(table)
    var names: [String] = []
    for (index, field) in fields.enumerated() {
      var name = String(decoding: units[field].filter { !Blank.contains($0) || $0 == 0x20 }, as: UTF16.self)
      while name.first == " " { name.removeFirst() }
      while name.last == " " { name.removeLast() }
      if name.isEmpty { name = "column\(index + 1)" }
      // Two members of one name would lose one of them in most readers of JSON.
      var unique = name
      var number = 2
      while names.contains(unique) {
        unique = "\(name)_\(number)"
        number += 1
      }
      names.append(unique)
    }
    let found = Columns(
      table: table, names: names, id: names.firstIndex(of: options.paths.id),
      title: names.firstIndex(of: options.paths.title), text: names.firstIndex(of: options.paths.text))
    columns = found
    return found
  }

  private func text(_ field: Range<Int>) -> String? {
    field.isEmpty ? nil : String(decoding: units[field], as: UTF16.self)
  }

  private func meta(_ columns: Columns) -> [UInt8] {
    json.removeAll()
    json.beginObject()
    var isEmpty = true
    units.withUnsafeBufferPointer { units in
      for (index, name) in columns.names.enumerated()
      where index != columns.id && index != columns.title && index != columns.text {
        isEmpty = false
        json.key(string: name)
        json.string(utf16: UnsafeBufferPointer(rebasing: units[fields[index]]))
      }
    }
    json.endObject()
    return isEmpty ? [] : json.bytes
  }

  /// Finds the fields of the row in `units` and takes quotes out where they stand; false when one is not closed.
  private func split(_ table: TableContext) -> Bool {
    fields.removeAll(keepingCapacity: true)
    var isClosed = true
    let delimiter = UInt16(table.delimiter)
    let hasQuotes = table.hasQuotes
    units.withUnsafeMutableBufferPointer { units in
      var from = 0
      var to = 0
      var isQuoted = false
      var start = 0
      var isFieldStart = true
      while from < units.count {
        let unit = units[from]
        if unit == 0x22, hasQuotes, isFieldStart {
          isQuoted = true
          isFieldStart = false
          from += 1
          continue
        }
        isFieldStart = false
        if isQuoted, unit == 0x22 {
          from += 1
          if from < units.count, units[from] == 0x22 {
            units[to] = 0x22
            to += 1
            from += 1
          } else {
            isQuoted = false
          }
          continue
        }
        from += 1
        if unit == delimiter, !isQuoted {
          fields.append(start..<to)
          start = to
          isFieldStart = true
          continue
        }
        units[to] = unit
        to += 1
      }
      fields.append(start..<to)
      isClosed = !isQuoted
    }
    return isClosed
  }
}
