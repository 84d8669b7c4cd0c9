import CICU

/// Repairs a text for readers: a chain of passes, each of which rewrites the whole text or leaves it alone.
///
/// One for each worker: it owns scratch buffers and is deliberately not Sendable. One look over the text
/// finds the classes of characters in it, and passes with nothing to do are skipped. The result is in NFC and
/// stable: normalizing it again changes nothing.
public struct Normalizer {
  /// A rewriting that goes before all others, e.g. a repair of wrong decoding: reads the text and, if it
  /// changes anything, appends the whole new text and the edits (sorted, not overlapping, touching ones
  /// merged, offsets in UTF-16 units). Leaves both empty otherwise.
  public typealias Rewriting = (
    _ text: UnsafeBufferPointer<UInt16>, _ output: inout [UInt16], _ edits: inout [TextEdit]
  ) -> Void

  /// Texts of more UTF-16 units are returned as they are, since ICU and `TextSpan` count in 32 bits.
  public static let lengthLimit = 1 << 29

  /// Rounds after which a text is taken as it is. Two are enough for all but contrived texts.
  static let roundLimit = 8

  /// Most combining marks in a row; a text with more, in whatever way they came together, is given up. 0 for any number.
  public var markLimit = 0

  /// How many marks in a row were too many in the last text, which was given back as it came to that; nil when none were.
  public private(set) var excessMarks: Int?

  /// The options it was made with.
  public let options: NormalizationOptions

  private let classes: [UInt32]
  private let firstPass: Rewriting?
  private var passes: [any NormalizationPass]
  private var writer: TextRewriter

  /// Makes a normalizer; `firstPass` runs once on every text, before the passes of the options.
  ///
  /// Throws `NormalizationError` if ICU has no data or if a placeholder would be rewritten by the options.
  public init(_ options: NormalizationOptions = NormalizationOptions(), firstPass: Rewriting? = nil) throws {
    self.options = options
    self.firstPass = firstPass
    classes = RewriteClasses.table
    writer = TextRewriter(classes: classes)
    passes = try Self.passes(for: options)
    try checkPlaceholders()
  }

  /// Normalizes one text of UTF-16 units. Lone surrogates stay as they are.
  ///
  /// Returns the text (the same array, not copied, if nothing changed) and the way back to the source.
  public mutating func normalize(_ source: [UInt16]) -> (text: [UInt16], edits: EditMap) {
    excessMarks = nil
    guard !source.isEmpty, source.count <= Self.lengthLimit else { return (source, EditMap()) }
    var text = source
    var edits = EditMap()
    if let firstPass { run(firstPass, &text, &edits) }
    var rounds = 0
    while rounds < Self.roundLimit, runRound(&text, &edits) { rounds += 1 }
    return (text, edits)
  }

  /// Runs every pass that has something to do; returns whether another round may find more.
  private mutating func runRound(_ text: inout [UInt16], _ edits: inout EditMap) -> Bool {
    text.withUnsafeBufferPointer { writer.look(over: $0) }
    var lastChange = -1
    for i in passes.indices where passes[i].isNeeded(writer.scan) {
      if passes[i].ordersMarks, let count = MarkRun.length(in: text, above: markLimit) {
        excessMarks = count
        return false
      }
      writer.begin()
      text.withUnsafeBufferPointer { units in
        classes.withUnsafeBufferPointer {
          passes[i].rewrite(units, classes: $0.baseAddress!, into: &writer)
        }
        writer.finish(units)
      }
      guard !writer.edits.isEmpty else { continue }
      edits.append(layer: writer.edits)
      swap(&text, &writer.output)
      lastChange = i
    }
    guard lastChange >= 0 else { return false }
    let scan = writer.scan
    return passes.prefix(lastChange + 1).enumerated().contains { index, pass in
      (index < lastChange || pass.feedsItself) && pass.mayAct(afterLaterPasses: scan)
    }
  }

  private func run(_ rewriting: Rewriting, _ text: inout [UInt16], _ map: inout EditMap) {
    var output: [UInt16] = []
    var edits: [TextEdit] = []
    text.withUnsafeBufferPointer { rewriting($0, &output, &edits) }
    guard !edits.isEmpty else { return }
    map.append(layer: edits)
    text = output
  }

  /// The chain. The order matters: what decodes comes first, marks are stripped only after composing, words
  /// are looked at when their letters are settled, and composing again closes what stripping opened.
  private static func passes(for options: NormalizationOptions) throws -> [any NormalizationPass] {
    var status: Int32 = 0
    guard let nfc = warraq_normalize_open(&status) else {
      throw NormalizationError.unicodeDataUnavailable(code: status)
    }
    var passes: [any NormalizationPass] = []
    if options.htmlEntities == .decode { passes.append(HTMLEntityPass()) }
    if options.invisibles != .keep {
      passes.append(InvisiblesPass(keepsDisplay: options.invisibles == .display))
    }
    if options.presentationForms == .map { passes.append(PresentationFormsPass()) }
    if options.tatweel == .remove { passes.append(TatweelPass()) }
    passes.append(CompositionPass(nfc: nfc, isLast: false))
    let marks = MarksPass(diacritics: options.diacritics, quranicMarks: options.quranicMarks)
    if !marks.isIdle { passes.append(marks) }
    if options.whitespace == .collapse { passes.append(WhitespacePass()) }
    if options.emails == .mask { passes.append(EmailPass(placeholder: options.emailPlaceholder)) }
    if options.urls == .mask { passes.append(URLPass(placeholder: options.urlPlaceholder)) }
    if options.phones == .mask { passes.append(PhonePass(placeholder: options.phonePlaceholder)) }
    if options.lookalikes == .map { passes.append(LookalikesPass()) }
    switch options.digits {
    case .keep: break
    case .ascii: passes.append(ASCIIDigitsPass())
    case .arabicIndic: passes.append(ArabicIndicDigitsPass())
    }
    if options.punctuation == .arabic { passes.append(PunctuationPass()) }
    switch options.quotes {
    case .keep: break
    case .straight: passes.append(StraightQuotesPass())
    case .guillemets: passes.append(GuillemetsPass())
    }
    if options.elongation == .shorten { passes.append(ElongationPass()) }
    passes.append(CompositionPass(nfc: nfc, isLast: true))
    return passes
  }

  private mutating func checkPlaceholders() throws {
    let placeholders = [
      ("emailPlaceholder", options.emailPlaceholder, options.emails),
      ("urlPlaceholder", options.urlPlaceholder, options.urls),
      ("phonePlaceholder", options.phonePlaceholder, options.phones),
    ]
    for (option, placeholder, masking) in placeholders where masking == .mask {
      // Set between words, as it will stand in a text.
      let sample = Array("(\(placeholder))".utf16)
      if !normalize(sample).edits.isIdentity { throw NormalizationError.unstablePlaceholder(option: option) }
    }
  }
}
