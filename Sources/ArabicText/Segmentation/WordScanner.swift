import CICU

/// Turns ICU's word boundaries into the words of an Arabic article.
///
/// UAX #29 joins more than Arabic writing does (letters around a full stop without a blank, digits with a
/// unit) and less (addresses, dates with strokes, words broken by an invisible space); both are put right.
struct WordScanner {
  /// A token before its term is known.
  struct Word: Equatable {
    var start: Int32
    var end: Int32
    var kind: TokenKind

    var span: TextSpan { TextSpan(Int(start), Int(end)) }
  }

  /// Words of the last text, in order, not overlapping; valid until the next text is scanned.
  var words: UnsafeBufferPointer<Word> { UnsafeBufferPointer(start: list.base, count: list.count) }
  private let list = WordList()
  private let classes: CharacterClasses

  init(classes: CharacterClasses) { self.classes = classes }

  /// Classes seen in a stretch of text, one bit each.
  private struct Content {
    var bits: UInt32 = 0

    @inline(__always)
    mutating func insert(_ c: CharacterClass) { bits |= 1 << UInt32(c.rawValue) }
    @inline(__always)
    func has(_ c: CharacterClass) -> Bool { bits & (1 << UInt32(c.rawValue)) != 0 }

    // Computed, so that the compiler folds them; a stored static is checked for its first use at every word.
    @inline(__always)
    static var words: UInt32 {
      1 << UInt32(CharacterClass.arabic.rawValue) | 1 << UInt32(CharacterClass.latin.rawValue)
        | 1 << UInt32(CharacterClass.letter.rawValue) | 1 << UInt32(CharacterClass.digit.rawValue)
    }
    /// Letters, digits and what rides on them; a stretch of these only is one word as it stands.
    @inline(__always)
    static var plain: UInt32 {
      words | 1 << UInt32(CharacterClass.mark.rawValue)
        | 1 << UInt32(CharacterClass.tatweel.rawValue)
    }

    /// The kind of a word with these classes; nil if it has no letter and no digit.
    var kind: TokenKind? {
      let letters = bits & Content.words
      if letters == 0 { return nil }
      if letters & (letters - 1) != 0 { return .mixed }
      if has(.arabic) { return .arabic }
      if has(.latin) { return .latin }
      return has(.digit) ? .number : .other
    }
  }

  /// Finds the words between ICU's boundaries; `addresses` are words whatever ICU says.
  func scan(
    _ text: UnsafeBufferPointer<UInt16>, boundaries: ArraySlice<Int32>, addresses: [TextSpan]
  ) {
    list.removeAll()
    var start = 0
    var address = 0
    for boundary in boundaries {
      let end = Int(boundary)
      // Every second piece is the blank between two words.
      if end != start + 1 || text[start] != 0x20 {
        add(text, start, end, addresses, &address, since: start)
      }
      start = end
    }
  }

  /// Finds the words in ICU's pieces without the silent ones, which is the same unless an address begins with a
  /// blank.
  func scan(
    _ text: UnsafeBufferPointer<UInt16>, pieces: UnsafeBufferPointer<warraq_break_piece>,
    addresses: [TextSpan]
  ) {
    list.removeAll()
    var address = 0
    var nextAddress = addresses.first?.start ?? .max
    var at = 0
    while at < pieces.count {
      // Most pieces are words of Arabic letters after a blank, with nothing to decide.
      let words = list.room(for: pieces.count - at)
      let first = at
      while at < pieces.count {
        let piece = pieces[at]
        guard piece.is_plain != 0, piece.end <= nextAddress, piece.start > 0,
          text[Int(piece.start) - 1] == 0x20
        else { break }
        words[at - first] = Word(start: piece.start, end: piece.end, kind: .arabic)
        at &+= 1
      }
      list.use(at - first)
      guard at < pieces.count else { break }
      let piece = pieces[at]
      at += 1
      if piece.end > nextAddress {
        // An address may begin where a silent piece was left out.
        let since = at > 1 ? Int(pieces[at - 2].end) : 0
        add(text, Int(piece.start), Int(piece.end), addresses, &address, since: since)
        nextAddress = address < addresses.count ? addresses[address].start : .max
      } else if piece.is_plain != 0 {
        append(text, Int(piece.start), Int(piece.end), .arabic)
      } else {
        add(text, Int(piece.start), Int(piece.end))
      }
    }
    let end = pieces.last?.end ?? 0
    for span in addresses[address...] where span.start >= end {
      list.append(Word(start: span.start, end: span.end, kind: .url))
    }
  }

  /// Adds the words of one piece that addresses may reach into, from the one at `address` on. Addresses that begin
  /// before `since` were added with an earlier piece.
  private func add(
    _ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int, _ addresses: [TextSpan],
    _ address: inout Int, since: Int
  ) {
    // Boundaries of an address need not be ICU's: what stands before it, itself, what follows.
    var from = start
    while address < addresses.count, Int(addresses[address].start) < end {
      let span = addresses[address]
      if from < Int(span.start) { add(text, from, Int(span.start)) }
      if Int(span.start) >= since { list.append(Word(start: span.start, end: span.end, kind: .url)) }
      from = max(from, Int(span.end))
      if Int(span.end) > end { break }
      address += 1
    }
    if from < end { add(text, from, end) }
  }

  /// Takes ICU's words as they are: the pieces whose rule status says that they hold letters or digits.
  func scan(_ text: UnsafeBufferPointer<UInt16>, pieces: [(boundary: Int32, status: Int32)]) {
    list.removeAll()
    var start: Int32 = 0
    for (end, status) in pieces {
      // Up to 99 is UBRK_WORD_NONE.
      if status >= 100 {
        let kind = content(text, Int(start), Int(end)).kind ?? .other
        list.append(Word(start: start, end: end, kind: kind))
      }
      start = end
    }
  }

  /// The classes of a stretch of text.
  @inline(__always)
  private func content(_ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) -> Content {
    var content = Content()
    var i = start
    // Mostly letters of the common blocks: their classes come from the table alone.
    while i < end, let bits = classes.bits(text[i]) {
      content.bits |= bits
      i += 1
    }
    while i < end {
      var c = classes[text[i]]
      if c == .surrogate {
        let (found, length) = classes.classAndLength(in: text, at: i)
        c = found
        i += length
      } else {
        i += 1
      }
      content.insert(c)
    }
    return content
  }

  /// Adds the words of one piece between two of ICU's boundaries.
  @inline(__always)
  private func add(_ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) {
    let content = content(text, start, end)
    guard let kind = content.kind else {
      if content.has(.other), Emoji.starts(text, at: start, end: end) {
        list.append(Word(start: Int32(start), end: Int32(end), kind: .other))
      }
      return
    }
    if content.bits & ~Content.plain == 0, !(kind == .mixed && content.has(.arabic)) {
      append(text, start, end, kind)
    } else {
      split(text, start, end)
    }
  }

  /// Cuts a piece that holds more than letters or digits at the places where Arabic has a word boundary.
  private func split(_ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) {
    let isAcronym = self.isAcronym(text, start, end)
    var from = start
    var content = Content()
    // Class of the last letter or digit; a mark does not change it.
    var previous = CharacterClass.other
    var i = start
    while i < end {
      let (c, length) = classes.classAndLength(in: text, at: i)
      switch c {
      case .arabic where previous == .digit || previous == .latin,
        .latin where previous == .arabic,
        .digit where previous == .arabic && isClitic(text, from, i):
        if let kind = content.kind { append(text, from, i, kind) }
        from = i
        content = Content()
        content.insert(c)
        previous = c
      case .arabic, .latin, .letter, .digit:
        content.insert(c)
        previous = c
      case .mark, .tatweel: break
      default:
        let next = nextWordClass(text, i + length, end)
        if joins(c, previous, next, isAcronym: isAcronym) {
          content.insert(c)
        } else {
          if let kind = content.kind { append(text, from, i, kind) }
          from = i + length
          content = Content()
        }
        previous = .other
      }
      i += length
    }
    if let kind = content.kind { append(text, from, end, kind) }
  }

  /// Whether Arabic letters right before digits are words of their own: و٢٠ is "and 20", الـ٢٠ and ال٢٠ "the
  /// 20"; other letters make names (ف16, ب12).
  private func isClitic(_ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) -> Bool {
    if text[end - 1] == 0x0640 { return true }
    if end - start == 1 { return text[start] == 0x0648 }
    return end - start == 2 && text[start] == 0x0627 && text[start + 1] == 0x0644
  }

  /// Whether a character inside one of ICU's words holds its neighbours together in Arabic text as well.
  private func joins(
    _ c: CharacterClass, _ before: CharacterClass, _ after: CharacterClass, isAcronym: Bool
  ) -> Bool {
    if before == .digit && after == .digit { return true }
    if c == .stop && isAcronym { return true }
    // Node.js, O'Neill; but كلمة.كلمة and هاشتاق_عربي are two words.
    return before != .arabic && after != .arabic && before != .other && after != .other
  }

  private func nextWordClass(
    _ text: UnsafeBufferPointer<UInt16>, _ index: Int, _ end: Int
  ) -> CharacterClass {
    index < end ? classes.classAndLength(in: text, at: index).0 : .other
  }

  /// Whether the piece is single letters with full stops between: ق.م, د.ب.أ, U.S.A.
  private func isAcronym(_ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) -> Bool {
    var letters = 0
    var i = start
    while i < end {
      let (c, length) = classes.classAndLength(in: text, at: i)
      switch c {
      case .arabic, .latin, .letter:
        letters += 1
        if letters > 1 { return false }
      case .mark, .tatweel: break
      case .stop:
        if letters != 1 { return false }
        letters = 0
      default: return false
      }
      i += length
    }
    return true
  }

  private func append(
    _ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int, _ kind: TokenKind
  ) {
    // After a blank there is nothing to join.
    if start > 0, text[start - 1] != 0x20, list.count > 0 {
      let last = list.base[list.count - 1]
      // A zero-width space inside an Arabic word is a leftover of typesetting, not a boundary.
      if start == Int(last.end) + 1, text[start - 1] == 0x200b, kind == .arabic, last.kind == .arabic {
        list.base[list.count - 1].end = Int32(end)
        return
      }
      if kind == .number, start == Int(last.end) + 1, mergeDate(text, start, end) { return }
    }
    list.append(Word(start: Int32(start), end: Int32(end), kind: kind))
  }

  /// Joins day, month and year written with strokes or hyphens when the third number arrives.
  private func mergeDate(_ text: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) -> Bool {
    guard list.count >= 2 else { return false }
    let first = list.base[list.count - 2]
    let second = list.base[list.count - 1]
    let separator = text[start - 1]
    guard separator == 0x2f || separator == 0x2d, first.kind == .number, second.kind == .number,
      first.end + 1 == second.start, text[Int(first.end)] == separator
    else { return false }
    let lengths = (first.end - first.start, second.end - second.start, Int32(end - start))
    guard lengths.1 <= 2,
      (lengths.0 <= 2 && (lengths.2 == 2 || lengths.2 == 4)) || (lengths.0 == 4 && lengths.2 <= 2)
    else { return false }
    list.removeLast()
    list.base[list.count - 1].end = Int32(end)
    return true
  }
}

/// Words under way. An array would be asked whether it is shared at every word.
private final class WordList {
  private(set) var base: UnsafeMutablePointer<WordScanner.Word>
  private(set) var count = 0
  private var capacity = 256

  init() { base = .allocate(capacity: capacity) }
  deinit { base.deallocate() }

  func removeAll() { count = 0 }
  func removeLast() { count -= 1 }

  @inline(__always)
  func append(_ word: WordScanner.Word) {
    if count == capacity { grow(to: capacity * 2) }
    (base + count).initialize(to: word)
    count += 1
  }

  /// Where the next words go, with room for so many; `use` says how many were written.
  func room(for more: Int) -> UnsafeMutablePointer<WordScanner.Word> {
    if count + more > capacity { grow(to: max(count + more, capacity * 2)) }
    return base + count
  }

  func use(_ more: Int) { count += more }

  private func grow(to newCapacity: Int) {
    let larger = UnsafeMutablePointer<WordScanner.Word>.allocate(capacity: newCapacity)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = newCapacity
  }
}

/// Recognizes emoji, which are words of their own.
enum Emoji {
  /// Whether the piece (a whole grapheme by ICU's word rules) is shown as an emoji.
  static func starts(_ text: UnsafeBufferPointer<UInt16>, at start: Int, end: Int) -> Bool {
    let value = CharacterClasses.pair(in: text, at: start) ?? UInt32(text[start])
    guard value > 0x2000, let scalar = Unicode.Scalar(value) else { return false }
    if scalar.properties.isEmojiPresentation || (0x1f1e6...0x1f1ff).contains(value) { return true }
    // Signs such as ☎ and ❤ are text unless a variation selector asks for the picture.
    return scalar.properties.isEmoji && text[start..<end].contains(0xfe0f)
  }
}
