/// Writes Arabic text in Latin letters by one scheme; owned by one worker.
///
/// Whatever the scheme, no Arabic letter or mark is left in the result.
public struct Transliterator {
  /// The scheme.
  public let scheme: TransliterationScheme
  /// What becomes of text a reversible scheme has no letters for.
  public let foreign: ForeignText

  private var residue: LatinResidue
  private var table: TableTransliterator?
  private var romanizer: Romanizer?
  private var service: ICUTransliterator?
  private let signs: [UInt16: [UInt16]]
  private let words = RomanizedWords()
  private var romanized = LatinForms()

  /// Makes a transliterator.
  ///
  /// - Throws: `TransliterationUnavailable` when the installed ICU lacks the service.
  public init(_ scheme: TransliterationScheme, foreign: ForeignText = .keep) throws {
    self.scheme = scheme
    self.foreign = foreign
    residue = LatinResidue()
    signs = Dictionary(
      uniqueKeysWithValues: LetterTables.signs.map { ($0.0, Array($0.1.utf16)) })
    switch scheme {
    case .icu: service = try ICUTransliterator(id: "Arabic-Latin")
    case .bgn: service = try ICUTransliterator(id: "Arabic-Latin/BGN")
    case .buckwalter: table = TableTransliterator(LetterTables.buckwalter)
    case .safeBuckwalter: table = TableTransliterator(LetterTables.safeBuckwalter)
    case .habashSoudiBuckwalter: table = TableTransliterator(LetterTables.habashSoudiBuckwalter)
    case .iso233: romanizer = Romanizer(iso: true)
    case .alaLC: romanizer = Romanizer(iso: false)
    case .slug:
      romanizer = Romanizer(iso: false)
      service = try ICUTransliterator(id: "Any-Latin; Latin-ASCII; Any-Lower")
    }
  }

  /// Appends the Latin form of `units` to `out`.
  public mutating func transliterate(_ units: UnsafeBufferPointer<UInt16>, into out: inout [UInt16]) {
    let start = out.count
    switch scheme {
    case .icu:
      out.append(contentsOf: units)
      service?.transliterate(&out, from: start)
      residue.close(&out, from: start)
    case .bgn:
      appendWithShaddaFirst(units, to: &out)
      service?.transliterate(&out, from: start)
      residue.close(&out, from: start)
    case .buckwalter, .safeBuckwalter, .habashSoudiBuckwalter:
      table?.transliterate(units, foreign: foreign, residue: &residue, into: &out)
    case .iso233, .alaLC:
      romanize(units, into: &out)
    case .slug:
      romanize(units, into: &out)
      service?.transliterate(&out, from: start)
      hyphenate(&out, from: start)
    }
  }

  /// The Latin form of a string.
  public mutating func transliterate(_ text: String) -> String {
    var out: [UInt16] = []
    Array(text.utf16).withUnsafeBufferPointer { transliterate($0, into: &out) }
    return String(decoding: out, as: UTF16.self)
  }

  /// The Arabic text of a transliteration by a reversible scheme; nil for the others.
  ///
  /// Exact for any text transliterated with `ForeignText.quote`, and with `.keep` for Arabic text whose other
  /// characters are none of the scheme's.
  public func reverse(_ text: String) -> String? {
    guard let table else { return nil }
    var out: [UInt16] = []
    Array(text.utf16).withUnsafeBufferPointer { table.reverse($0, into: &out) }
    return String(decoding: out, as: UTF16.self)
  }

  /// Unicode's canonical order puts shadda after the vowel; the BGN rules of ICU expect it before, and leave
  /// it in the text otherwise. Alef wasla is an alef to them, and a bare initial alef has no rule at all.
  private func appendWithShaddaFirst(_ units: UnsafeBufferPointer<UInt16>, to out: inout [UInt16]) {
    let start = out.count
    for unit in units {
      if unit == 0x0651, out.count > start, let last = out.last, last >= 0x064B, last <= 0x0650 {
        out[out.count - 1] = unit
        out.append(last)
      } else {
        out.append(unit == 0x0671 ? 0x0627 : unit)
      }
    }
  }

  /// Leaves nothing to close: forms of words are closed before they are kept, and what else comes through is
  /// looked at as it is copied.
  private mutating func romanize(_ units: UnsafeBufferPointer<UInt16>, into out: inout [UInt16]) {
    let start = out.count
    var isClosed = true
    var at = 0
    // Written to plain memory, with room for what nearly all texts become; what does not fit asks for more.
    var room = 0
    while at < units.count {
      room += 3 * (units.count - at) + 16
      out.append(addingCapacity: room) { span in
        span.withUnsafeMutableBufferPointer { buffer, count in
          var writer = UnitWriter(room: buffer)
          while at < units.count, writer.hasRoom {
            let end = words.end(in: units, from: at)
            if end > at {
              guard write(word: UnsafeBufferPointer(rebasing: units[at..<end]), to: &writer) else { break }
              at = end
              continue
            }
            let unit = units[at]
            if let sign = ArabicScript.mayBeArabic(unit) ? signs[unit] : nil {
              guard sign.withUnsafeBufferPointer({ writer.write($0) }) else { break }
            } else {
              isClosed = isClosed && !ArabicScript.mayBeArabic(unit)
              writer.write(unit)
            }
            at += 1
          }
          count = writer.count
        }
      }
    }
    if !isClosed { residue.close(&out, from: start) }
  }

  /// Writes the form of a word; false, with nothing written, when there is no room for it.
  @inline(__always)
  private mutating func write(word: UnsafeBufferPointer<UInt16>, to writer: inout UnitWriter) -> Bool {
    romanized.withForm(of: word) { word, form in
      let start = form.count
      romanizer?.romanize(word, into: &form)
      residue.close(&form, from: start)
    } _: {
      writer.write($0)
    }
  }

  /// Keeps a-z and 0-9, joins everything else into single hyphens.
  private func hyphenate(_ text: inout [UInt16], from start: Int) {
    var end = start
    var isPending = false
    for index in start..<text.count {
      let unit = text[index]
      guard (unit >= 0x61 && unit <= 0x7A) || (unit >= 0x30 && unit <= 0x39) else {
        // Apostrophes (hamza, ayn) vanish; the rest separates words.
        if unit != 0x27 && unit != 0x60 { isPending = end > start }
        continue
      }
      if isPending {
        text[end] = 0x2D
        end += 1
        isPending = false
      }
      text[end] = unit
      end += 1
    }
    text.removeSubrange(end...)
  }
}

/// Writes units one after the other into room that is given.
private struct UnitWriter {
  private let room: UnsafeMutableBufferPointer<UInt16>
  private(set) var count = 0

  init(room: UnsafeMutableBufferPointer<UInt16>) { self.room = room }

  /// Whether there is room for one unit.
  var hasRoom: Bool { count < room.count }

  /// Writes a unit there is room for.
  @inline(__always)
  mutating func write(_ unit: UInt16) {
    room.initializeElement(at: count, to: unit)
    count &+= 1
  }

  /// Writes units if there is room for all of them.
  @inline(__always)
  mutating func write(_ units: UnsafeBufferPointer<UInt16>) -> Bool {
    guard units.count <= room.count &- count, let base = room.baseAddress else { return false }
    guard let source = units.baseAddress else { return true }
    (base + count).update(from: source, count: units.count)
    count &+= units.count
    return true
  }
}
