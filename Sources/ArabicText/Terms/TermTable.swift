import Synchronization

/// A word form's number in a `TermTable`.
public typealias TermID = UInt32

/// What may be said of a word form, one bit each.
public struct FormTraits: OptionSet, Sendable {
  /// The bits.
  public let rawValue: UInt8
  /// Makes traits of their bits.
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A function word (with or without proclitics) or a word of the user's own stop list.
  @inlinable public static var stopWord: FormTraits { FormTraits(rawValue: 1) }
  /// A phrase may begin or end with it: letters, no stop word, a base of more than one letter.
  @inlinable public static var content: FormTraits { FormTraits(rawValue: 2) }
  /// It bears the article.
  @inlinable public static var definite: FormTraits { FormTraits(rawValue: 4) }
  /// A conjunction or preposition is written onto it.
  @inlinable public static var proclitic: FormTraits { FormTraits(rawValue: 8) }
  /// A pronoun is written onto its end.
  @inlinable public static var enclitic: FormTraits { FormTraits(rawValue: 16) }
}

/// What is known of one word form, worked out once however often it occurs: a function of the form alone.
///
/// 12 bytes: rows are read in no order, and what counts is how many fit the caches.
public struct Term: Sendable {
  /// Id in `TermTable.keys` of the folded form without proclitics and article (كتاب for والكتاب): variants of
  /// one word share it.
  public var base: UInt32
  /// Id in `TermTable.keys` of the Snowball stem of the base; content words of one family share it.
  public var stem: UInt32
  /// The kind of word.
  public var kind: TokenKind
  /// What may be said of it.
  public let traits: FormTraits
  /// UTF-16 units to leave out when a phrase begins with it.
  public let cut: UInt8

  /// Whether it is a function word or a word of the user's own stop list.
  @inlinable public var isStopWord: Bool { traits.contains(.stopWord) }
  /// Whether a phrase may begin or end with the word.
  @inlinable public var isContent: Bool { traits.contains(.content) }
  /// How the word looks at the beginning of a phrase.
  @inlinable public var opening: PhraseOpening {
    PhraseOpening(cut: cut, isDefinite: traits.contains(.definite))
  }

  /// Makes a term.
  public init(
    base: UInt32, stem: UInt32, kind: TokenKind, isStopWord: Bool, isContent: Bool, opening: PhraseOpening,
    hasEnclitic: Bool = false
  ) {
    self.base = base
    self.stem = stem
    self.kind = kind
    var traits: FormTraits = []
    if isStopWord { traits.insert(.stopWord) }
    if isContent { traits.insert(.content) }
    if opening.isDefinite { traits.insert(.definite) }
    if opening.cut > 0 { traits.insert(.proclitic) }
    if hasEnclitic { traits.insert(.enclitic) }
    self.traits = traits
    cut = opening.cut
  }
}

/// Boundaries inside a word: before and after proclitics, article and enclitic pronoun.
public struct CliticBoundaries: Sendable, Hashable {
  /// Bit `i` is set when a boundary stands before UTF-16 unit `i` (1...63) of the surface form.
  public var mask: UInt64
  /// Number of boundaries that come before the stem, the article's included; the others come after it.
  public var proclitics: UInt8
  /// Whether the last boundary before the stem is the one after the article.
  public var hasArticle: Bool

  /// No boundary.
  public static let none = CliticBoundaries(mask: 0, proclitics: 0)

  /// Makes a set of boundaries.
  public init(mask: UInt64, proclitics: UInt8, hasArticle: Bool = false) {
    self.mask = mask
    self.proclitics = proclitics
    self.hasArticle = hasArticle
  }

  /// The boundaries in ascending order, in UTF-16 units from the start of the word.
  public var positions: [Int] {
    Array(capacity: mask.nonzeroBitCount) { positions in
      var count = 0
      var rest = mask & ~1
      while rest != 0 {
        positions.initializeElement(at: count, to: rest.trailingZeroBitCount)
        rest &= rest - 1
        count += 1
      }
      return count
    }
  }
  /// Whether a pronoun is written onto the end.
  public var hasEnclitic: Bool { mask.nonzeroBitCount > Int(proclitics) }
  /// Where the stem starts, in UTF-16 units.
  public var stemStart: Int {
    guard proclitics > 0 else { return 0 }
    var rest = mask
    for _ in 1..<proclitics { rest &= rest - 1 }
    return rest.trailingZeroBitCount
  }
}

/// Word forms met so far and what is known of each; owned by one worker, passed along inside a batch.
///
/// A value: tasks that work on one batch at the same time read their own copy (nothing is copied, since
/// nobody writes), and the worker takes it back when the batch is written.
public struct TermTable: Sendable {
  /// Surface forms; an id here is a `TermID`.
  public var forms: Interner
  /// Bases and stems share one set of ids.
  public var keys: Interner
  /// Row `id` describes form `id`.
  public private(set) var terms: [Term]
  /// Seldom asked for, so kept out of the rows; nil when nobody will ask.
  private var clitics: [CliticBoundaries]?

  private var identity = Identity()
  /// How many keys there were when the core was complete.
  private var coreKeys = 0

  /// Terms that `removeRare` keeps.
  public static let coreCount = 1 << 16

  /// Makes an empty table; what is reserved for about `minimumCapacity` terms takes no memory before it is used, and
  /// spares copying the table as it grows.
  ///
  /// - Parameter keepsClitics: Whether `clitics(of:)` will be asked: they take as much as a quarter of all the rest.
  public init(minimumCapacity: Int = 1 << 10, keepsClitics: Bool = true) {
    forms = Interner(minimumCapacity: minimumCapacity)
    keys = Interner(minimumCapacity: minimumCapacity / 2)
    terms = []
    terms.reserveCapacity(minimumCapacity)
    if keepsClitics {
      clitics = []
      clitics?.reserveCapacity(minimumCapacity)
    }
  }

  /// A number that two tables share only when they hold the same terms as far as the shorter one goes, so
  /// that what was worked out for an id of one holds for the other.
  public var lineage: Int { identity.number }

  /// Adds the row of the form interned last.
  public mutating func append(_ term: Term, clitics: CliticBoundaries = .none) {
    // From here on a copy may add other terms under the same ids.
    if !isKnownUniquelyReferenced(&identity) { identity = Identity() }
    terms.append(term)
    self.clitics?.append(clitics)
    if terms.count == TermTable.coreCount { coreKeys = keys.count }
  }

  /// What is known of a term.
  @inlinable public subscript(id: TermID) -> Term { terms[Int(id)] }
  /// Where clitics meet the stem in a form, as positions in the form; none when they are not kept.
  public func clitics(of id: TermID) -> CliticBoundaries { clitics?[Int(id)] ?? .none }
  /// Number of distinct forms.
  @inlinable public var count: Int { terms.count }
  /// Memory that the terms take, in bytes, not counting what is reserved for more.
  public var byteCount: Int {
    forms.byteCount + keys.byteCount + terms.count * MemoryLayout<Term>.stride
      + (clitics?.count ?? 0) * MemoryLayout<CliticBoundaries>.stride
  }

  /// Forgets everything and keeps the memory.
  public mutating func removeAll() {
    identity = Identity()
    forms.removeAll()
    keys.removeAll()
    terms.removeAll(keepingCapacity: true)
    clitics?.removeAll(keepingCapacity: true)
  }

  /// Forgets all but the first `coreCount` terms and keeps the memory. Words met early are, nearly all, the
  /// frequent ones, so most tokens of the next articles are still known.
  public mutating func removeRare() {
    guard terms.count > TermTable.coreCount else { return removeAll() }
    identity = Identity()
    forms.removeAll(after: TermTable.coreCount)
    keys.removeAll(after: coreKeys)
    let rare = terms.count - TermTable.coreCount
    terms.removeLast(rare)
    clitics?.removeLast(rare)
  }

  /// Shared by the copies of a table until one of them grows.
  private final class Identity: Sendable {
    private static let count = Atomic<Int>(0)
    let number = Identity.count.add(1, ordering: .relaxed).newValue
  }
}
