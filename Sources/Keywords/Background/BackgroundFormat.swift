import ArabicText

/// How a background model lies in its file.
///
/// All numbers are little-endian, and machines of the other order refuse the file. A header of 128 bytes, then six
/// sections without gaps, whose sizes follow from the counts in the header, so that no offset could be wrong:
///
/// | Section | Element | Bytes |
/// | --- | --- | --- |
/// | rows | a term; the commonest first, then by key | 24 |
/// | slots | open addressing over keys: 0 is free, else row + 1 and bits of the hash above it | 4 |
/// | pairs | open addressing over phrases of two words: two rows, documents (0 is free) | 12 |
/// | triples | the same for three words | 16 |
/// | units | the keys' UTF-16 units, row after row | 2 |
/// | source | where the counts come from, in UTF-8 | 1 |
///
/// A row is six numbers of 32 bits: where its units start, how many they are, documents, tokens, the usage shares
/// (a byte each: definite, proclitic, verbal, nominal, the first lowest), and the idf as a binary32.
enum BackgroundFormat {
  /// No text begins so, and a transfer that changes line ends, or cuts the eighth bit, is noticed.
  static let magic: [UInt8] = [0x89, 0x57, 0x42, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  static let version: UInt32 = 1
  /// Reads as 0x04030201 where bytes were swapped.
  static let byteOrder: UInt32 = 0x0102_0304
  static let headerBytes = 128
  /// The header's own checksum is its last number.
  static let checkedHeaderBytes = 120

  static let rowWords = 6
  static let pairWords = 3
  static let tripleWords = 4
  /// In place of the third row of a phrase of two words.
  static let noRow = UInt32.max

  /// The hash of a key.
  @inline(__always)
  static func hash(_ key: UnsafeBufferPointer<UInt16>) -> UInt64 {
    var hash = 0xcbf2_9ce4_8422_2325 ^ UInt64(truncatingIfNeeded: key.count)
    for unit in key { hash = mix(hash ^ UInt64(unit), 0x9e37_79b9_7f4a_7c15) }
    return hash
  }

  /// The hash of a phrase; `noRow` stands for a third word that is not there.
  @inline(__always)
  static func hash(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt64 {
    mix(
      (UInt64(first) << 32 | UInt64(second)) ^ 0xcbf2_9ce4_8422_2325,
      UInt64(third) ^ 0xd6e8_feb8_6659_fd93)
  }

  /// The halves of the 128-bit product folded together, as in wyhash (public domain, Wang Yi).
  @inline(__always)
  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// Where the search for a hash begins in a table of any size: multiplying spares the division (Lemire, Fast random
  /// integer generation in an interval, 2019).
  @inline(__always)
  static func place(_ hash: UInt64, in slots: Int) -> Int {
    Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: slots)).high)
  }

  /// The bits of a slot above the row.
  @inline(__always)
  static func tag(_ hash: UInt64, _ mask: UInt32) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) & ~mask }

  /// log((N + 1) / (df + 1)) / log(N + 1).
  static func rarity(_ frequency: UInt32, of documents: Int) -> Float {
    let total = Double(documents + 1)
    return Float(reproducibleLog(total / Double(frequency + 1)) / reproducibleLog(total))
  }
}

/// The numbers of a model's header.
struct BackgroundHeader: Equatable, Sendable {
  /// `ContentHash` of all that follows the header.
  var checksum: UInt64 = 0
  /// Documents counted.
  var documents: UInt64 = 0
  /// Arabic and Latin words counted.
  var tokens: UInt64 = 0
  var terms: UInt32 = 0
  /// A power of two, at least twice `terms`.
  var termSlots: UInt32 = 0
  var units: UInt32 = 0
  var pairs: UInt32 = 0
  var pairSlots: UInt32 = 0
  var triples: UInt32 = 0
  var tripleSlots: UInt32 = 0
  var sourceBytes: UInt32 = 0
  /// What was kept and how exact it is.
  var limits = BackgroundLimits()

  // Where the sections start.
  var rowsStart: Int { BackgroundFormat.headerBytes }
  var slotsStart: Int { rowsStart + Int(terms) * BackgroundFormat.rowWords * 4 }
  var pairsStart: Int { slotsStart + Int(termSlots) * 4 }
  var triplesStart: Int { pairsStart + Int(pairSlots) * BackgroundFormat.pairWords * 4 }
  var unitsStart: Int { triplesStart + Int(tripleSlots) * BackgroundFormat.tripleWords * 4 }
  var sourceStart: Int { unitsStart + Int(units) * 2 }
  /// Bytes of the whole file.
  var fileBytes: Int { sourceStart + Int(sourceBytes) }

  /// The header as it is written.
  var bytes: [UInt8] {
    var bytes = BackgroundFormat.magic
    func add<Number: FixedWidthInteger>(_ number: Number) {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
    add(BackgroundFormat.version)
    add(BackgroundFormat.byteOrder)
    add(UInt64(fileBytes))
    for number in [checksum, documents, tokens] { add(number) }
    for number in [terms, termSlots, units, pairs, pairSlots, triples, tripleSlots, sourceBytes] {
      add(number)
    }
    for number in limits.numbers { add(number) }
    bytes.append(contentsOf: repeatElement(0, count: BackgroundFormat.checkedHeaderBytes - bytes.count))
    add(bytes.withUnsafeBytes { ContentHash.hash($0) })
    return bytes
  }

  /// A header that is written.
  init() {}

  /// Reads the header of a file and checks all that lookups rely on.
  ///
  /// - Parameter file: the whole file; only the header is read.
  init(of file: UnsafeRawBufferPointer) throws(BackgroundModelError) {
    guard file.count >= 8, file.prefix(8).elementsEqual(BackgroundFormat.magic) else { throw .notAModel }
    guard file.count >= BackgroundFormat.headerBytes else {
      throw .wrongSize(expected: nil, found: file.count)
    }
    func number<Number: FixedWidthInteger>(_ at: Int, as type: Number.Type) -> Number {
      Number(littleEndian: file.loadUnaligned(fromByteOffset: at, as: type))
    }
    // As this machine reads it: one of the other order could not use the numbers where they lie.
    let order = file.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
    guard order != BackgroundFormat.byteOrder.byteSwapped else { throw .otherByteOrder }
    let version = number(8, as: UInt32.self)
    guard version == BackgroundFormat.version else { throw .otherVersion(Int(version)) }
    let checked = UnsafeRawBufferPointer(rebasing: file[..<BackgroundFormat.checkedHeaderBytes])
    guard order == BackgroundFormat.byteOrder,
      number(BackgroundFormat.checkedHeaderBytes, as: UInt64.self) == ContentHash.hash(checked)
    else { throw .damaged("header") }
    checksum = number(24, as: UInt64.self)
    documents = number(32, as: UInt64.self)
    tokens = number(40, as: UInt64.self)
    let counts = (0..<8).map { number(48 + $0 * 4, as: UInt32.self) }
    (terms, termSlots, units, pairs) = (counts[0], counts[1], counts[2], counts[3])
    (pairSlots, triples, tripleSlots, sourceBytes) = (counts[4], counts[5], counts[6], counts[7])
    limits = BackgroundLimits(numbers: (0..<6).map { number(80 + $0 * 4, as: UInt32.self) })
    try check(size: file.count, stated: number(16, as: UInt64.self))
  }

  private func check(size: Int, stated: UInt64) throws(BackgroundModelError) {
    // Sums of products of 32-bit numbers with small ones: none can overflow.
    guard fileBytes == size, stated == UInt64(size) else {
      throw .wrongSize(expected: fileBytes, found: size)
    }
    guard documents > 0, documents < UInt64(UInt32.max) else { throw .damaged("number of documents") }
    guard termSlots > 0, termSlots & (termSlots - 1) == 0, UInt64(terms) * 2 <= UInt64(termSlots) else {
      throw .damaged("number of terms")
    }
    guard pairs <= pairSlots, triples <= tripleSlots else { throw .damaged("number of phrases") }
  }
}
