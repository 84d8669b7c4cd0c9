import ArabicText

/// Gives every new form a row of its own and works nothing out.
struct FormOnlyTerms: TermInterning {
  var calls = 0

  mutating func analyze(
    _ forms: [NewForm], of text: UnsafeBufferPointer<UInt16>, in table: inout TermTable
  ) {
    for form in forms {
      calls += 1
      let key = table.keys.intern(UnsafeBufferPointer(rebasing: text[form.span.range])).id
      table.append(
        Term(
          base: key, stem: key, kind: form.kind, isStopWord: false, isContent: true,
          opening: PhraseOpening()))
    }
  }
}

/// One text and what the segmenter made of it.
struct SegmentationSample {
  var units: [UInt16]
  var tokens: [Token] = []
  var sentences: [Sentence] = []
  var table = TermTable()

  init(_ text: String, options: SegmentationOptions = SegmentationOptions()) throws {
    try self.init(units: Array(text.utf16), options: options)
  }

  init(units: [UInt16], options: SegmentationOptions = SegmentationOptions()) throws {
    var segmenter = try Segmenter(options, terms: FormOnlyTerms())
    self.init(units: units, segmenter: &segmenter)
  }

  init(units: [UInt16], segmenter: inout Segmenter) {
    self.units = units
    var (table, tokens, sentences) = (TermTable(), [Token](), [Sentence]())
    units.withUnsafeBufferPointer {
      segmenter.segment($0, table: &table, tokens: &tokens, sentences: &sentences)
    }
    (self.table, self.tokens, self.sentences) = (table, tokens, sentences)
  }

  func string(_ span: TextSpan) -> String { String(decoding: units[span.range], as: UTF16.self) }

  /// The sentences as text.
  var sentenceTexts: [String] { sentences.map { string($0.span) } }
  /// The tokens as text.
  var words: [String] { tokens.map { string($0.span) } }
}
