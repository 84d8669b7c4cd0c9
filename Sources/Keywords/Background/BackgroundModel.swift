import ArabicText
import Glibc

/// What a background collection says about words: in how many documents each occurs, how it is used, and in how many
/// documents it stands in phrases of two and three words.
///
/// The file is mapped, not read: opening one reads its header alone, the pages that lookups touch come from the
/// system's cache, and all workers, and all runs on a machine, share them. Lookups allocate nothing. Nothing in a file
/// can make a lookup read outside of it: damage gives an error when the model is opened, or wrong numbers.
/// (As with every mapping, a file that is shortened while it is in use ends the program; the learner replaces files and
/// never shortens one.)
///
/// `@unchecked Sendable`: the stored properties are constants, and the memory they point to is written by nobody from
/// the end of the initializer to `deinit`, which nobody can outlive since no pointer leaves the model.
public final class BackgroundModel: @unchecked Sendable {
  private let memory: UnsafeRawBufferPointer
  private let isMapped: Bool
  private let header: BackgroundHeader
  private let rows: UnsafePointer<UInt32>
  private let slots: UnsafePointer<UInt32>
  private let mask: UInt32
  private let pairs: UnsafePointer<UInt32>
  private let triples: UnsafePointer<UInt32>
  private let units: UnsafePointer<UInt16>

  /// Maps a file.
  ///
  /// - Throws: `BackgroundModelError` when it can't be read or its header does not fit it. The rest is not read, so
  ///   damage there is found by `verify()` alone.
  public convenience init(mapping path: String) throws(BackgroundModelError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(reason: String(cString: strerror(errno))) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .unreadable(reason: String(cString: strerror(errno))) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(reason: "not a file") }
    guard status.st_size > 0 else { throw .notAModel }
    let mapped = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, file, 0)
    guard let mapped, mapped != MAP_FAILED else {
      throw .unreadable(reason: String(cString: strerror(errno)))
    }
    try self.init(UnsafeRawBufferPointer(start: mapped, count: Int(status.st_size)), isMapped: true)
  }

  /// Copies the bytes of a file.
  ///
  /// - Throws: `BackgroundModelError` when the header does not fit the bytes.
  public convenience init(bytes: [UInt8]) throws(BackgroundModelError) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
    memory.copyBytes(from: bytes)
    try self.init(UnsafeRawBufferPointer(memory), isMapped: false)
  }

  /// Takes over memory, which begins at a multiple of eight.
  private init(_ memory: UnsafeRawBufferPointer, isMapped: Bool) throws(BackgroundModelError) {
    let header: BackgroundHeader
    do {
      header = try BackgroundHeader(of: memory)
    } catch {
      BackgroundModel.free(memory, isMapped)
      throw error
    }
    // There is a header, so there is an address. Sections of numbers of four bytes come first.
    let base = memory.baseAddress!
    self.memory = memory
    self.isMapped = isMapped
    self.header = header
    rows = (base + header.rowsStart).assumingMemoryBound(to: UInt32.self)
    slots = (base + header.slotsStart).assumingMemoryBound(to: UInt32.self)
    mask = header.termSlots - 1
    pairs = (base + header.pairsStart).assumingMemoryBound(to: UInt32.self)
    triples = (base + header.triplesStart).assumingMemoryBound(to: UInt32.self)
    units = (base + header.unitsStart).assumingMemoryBound(to: UInt16.self)
  }

  deinit { BackgroundModel.free(memory, isMapped) }

  private static func free(_ memory: UnsafeRawBufferPointer, _ isMapped: Bool) {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: memory.baseAddress), memory.count)
    } else {
      memory.deallocate()
    }
  }

  /// Number of documents counted; at least 1.
  public var documents: Int { Int(header.documents) }
  /// Number of Arabic and Latin words counted.
  public var tokens: Int { Int(clamping: header.tokens) }
  /// Number of terms.
  public var count: Int { Int(header.terms) }
  /// Number of phrases of two and three words.
  public var phraseCount: Int { Int(header.pairs) + Int(header.triples) }
  /// What was kept of the counts, and how exact they are.
  public var limits: BackgroundLimits { header.limits }
  /// Where the counts come from.
  public var source: String { String(decoding: memory[header.sourceStart...], as: UTF8.self) }

  /// What tells the model from others: the checksum of its contents, as it stands in the file.
  public var checksum: UInt64 { header.checksum }

  /// Reads the whole file and compares it with its checksum.
  ///
  /// - Throws: `BackgroundModelError.damaged`.
  public func verify() throws(BackgroundModelError) {
    let contents = UnsafeRawBufferPointer(rebasing: memory[BackgroundFormat.headerBytes...])
    guard ContentHash.hash(contents) == header.checksum else { throw .damaged("checksum of the contents") }
  }

  // MARK: Terms

  /// The row of a base key; nil when the model does not know it. Rows count from 0, the commonest term first.
  public func find(_ key: UnsafeBufferPointer<UInt16>) -> UInt32? {
    let hash = BackgroundFormat.hash(key)
    let tag = BackgroundFormat.tag(hash, mask)
    var at = UInt32(truncatingIfNeeded: hash) & mask
    // A table without a free slot would otherwise never end.
    for _ in 0...mask {
      let slot = slots[Int(at)]
      if slot == 0 { return nil }
      let row = (slot & mask) &- 1
      if slot & ~mask == tag, row < header.terms, isKey(key, of: row) { return row }
      at = (at &+ 1) & mask
    }
    return nil
  }

  private func isKey(_ key: UnsafeBufferPointer<UInt16>, of row: UInt32) -> Bool {
    let known = self.key(ofTerm: row)
    guard known.count == key.count, let base = key.baseAddress, let knownBase = known.baseAddress else {
      return false
    }
    return memcmp(base, knownBase, key.count * 2) == 0
  }

  /// The units of a row's key, valid as long as the model; none when the file has them outside of itself.
  func key(ofTerm row: UInt32) -> UnsafeBufferPointer<UInt16> {
    let start = Int(word(0, of: row))
    let count = Int(word(1, of: row))
    guard start + count <= Int(header.units) else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(start: units + start, count: count)
  }

  @inline(__always)
  private func word(_ index: Int, of row: UInt32) -> UInt32 {
    precondition(row < header.terms)
    return rows[Int(row) &* BackgroundFormat.rowWords &+ index]
  }

  /// In how many documents the term of a row occurs: 1...`documents`.
  public func documentFrequency(ofTerm row: UInt32) -> Int { min(Int(word(2, of: row)), documents) }

  /// How often the term of a row occurs; 4,294,967,295 stands for more.
  public func tokens(ofTerm row: UInt32) -> Int { Int(word(3, of: row)) }

  /// How the term of a row is used.
  public func usage(ofTerm row: UInt32) -> TermUsage { TermUsage(bytes: word(4, of: row)) }

  /// Inverse document frequency log((N + 1) / (df + 1)), divided by log(N + 1) so that it is 1 for an unknown
  /// word (nil) and 0 for one in every document.
  public func inverseDocumentFrequency(ofTerm row: UInt32?) -> Float {
    guard let row else { return 1 }
    let rarity = Float(bitPattern: word(5, of: row))
    // Users of the number may rely on its range whatever a file says.
    return rarity >= 0 && rarity <= 1 ? rarity : 1
  }

  /// The inverse document frequency of a base key; 1 when the model does not know it.
  public func inverseDocumentFrequency(of key: UnsafeBufferPointer<UInt16>) -> Float {
    inverseDocumentFrequency(ofTerm: find(key))
  }

  // MARK: Phrases

  /// In how many documents the terms of two rows stand side by side, both as content words; 0 when in too few to be in
  /// the model.
  public func documentFrequency(ofPhrase first: UInt32, _ second: UInt32) -> Int {
    let count = Int(header.pairSlots)
    var at = BackgroundFormat.place(
      BackgroundFormat.hash(first, second, BackgroundFormat.noRow), in: count)
    for _ in 0..<count {
      let pair = pairs + at &* BackgroundFormat.pairWords
      if pair[2] == 0 { return 0 }
      if pair[0] == first, pair[1] == second { return min(Int(pair[2]), documents) }
      at = at &+ 1 == count ? 0 : at &+ 1
    }
    return 0
  }

  /// In how many documents the terms of three rows stand side by side, the first and the last as content words; 0 when
  /// in too few to be in the model.
  public func documentFrequency(ofPhrase first: UInt32, _ second: UInt32, _ third: UInt32) -> Int {
    let count = Int(header.tripleSlots)
    var at = BackgroundFormat.place(BackgroundFormat.hash(first, second, third), in: count)
    for _ in 0..<count {
      let triple = triples + at &* BackgroundFormat.tripleWords
      if triple[3] == 0 { return 0 }
      if triple[0] == first, triple[1] == second, triple[2] == third {
        return min(Int(triple[3]), documents)
      }
      at = at &+ 1 == count ? 0 : at &+ 1
    }
    return 0
  }

  /// All phrases of terms that there are, in no order that says anything.
  func forEachPhrase(_ body: (BackgroundPhrase) -> Void) {
    for at in 0..<Int(header.pairSlots) {
      let pair = pairs + at * BackgroundFormat.pairWords
      let phrase = BackgroundPhrase(pair[0], pair[1], BackgroundFormat.noRow, documents: pair[2])
      if phrase.documents > 0, max(phrase.first, phrase.second) < header.terms { body(phrase) }
    }
    for at in 0..<Int(header.tripleSlots) {
      let triple = triples + at * BackgroundFormat.tripleWords
      let phrase = BackgroundPhrase(triple[0], triple[1], triple[2], documents: triple[3])
      if phrase.documents > 0, max(phrase.first, phrase.second, phrase.third) < header.terms { body(phrase) }
    }
  }
}

/// How a term is used, as shares of its tokens: 0...1 in steps of 1/255.
public struct TermUsage: Equatable, Sendable {
  /// The article is written onto it.
  public var definite: Float
  /// A conjunction or preposition is written onto it.
  public var proclitic: Float
  /// It follows a particle that verbs follow, or a relative pronoun (`Particle.beforeVerbs`), without a proclitic.
  public var verbal: Float
  /// It follows a preposition (`Particle.beforeNouns`), with or without the article.
  public var nominal: Float

  /// Reads four bytes, the share of definite tokens lowest.
  init(bytes: UInt32) {
    func share(_ shift: UInt32) -> Float { Float(bytes >> shift & 0xff) / 255 }
    (definite, proclitic, verbal, nominal) = (share(0), share(8), share(16), share(24))
  }
}
