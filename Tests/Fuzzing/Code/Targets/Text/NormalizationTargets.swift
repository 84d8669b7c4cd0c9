@testable import ArabicText

/// The normalizer, with the defaults, with nothing but NFC, and with options that the input chooses.
enum NormalizationTargets {
  static let all = [
    FuzzTarget("normalize", mutations: 100) {
      var defaults = try Normalizer()
      var plain = try Normalizer(.compositionOnly)
      var composer = plain
      var drawn: [UInt64: Normalizer] = [:]
      return { bytes in
        let source = FuzzInput.text(bytes)
        try check(&defaults, source, composer: &composer)
        try check(&plain, source, composer: &composer)
        // 64 mixtures of options are enough for many pairs of each two of them; making a normalizer is not cheap.
        let mixture = FuzzInput.hash(bytes) % 64
        var normalizer = try drawn[mixture] ?? Normalizer(options(mixture))
        try check(&normalizer, source, composer: &composer)
        drawn[mixture] = normalizer
      }
    }
  ]

  private static func check(
    _ normalizer: inout Normalizer, _ source: [UInt16], composer: inout Normalizer
  ) throws {
    let (text, edits) = normalizer.normalize(source)
    try EditMapCheck.check(edits, source: source, text: text)
    let again = normalizer.normalize(text)
    // Rounds are limited, for texts that need one more each time are contrived.
    if !again.edits.isIdentity, again.text != normalizer.normalize(again.text).text {
      try require(edits.layers.count > 8, "no end of changes: \(FuzzInput.hex(source))")
    } else {
      try require(
        again.text == text && again.edits.isIdentity || edits.layers.count > 8,
        "not stable: \(FuzzInput.hex(source)) | \(FuzzInput.hex(text)) | \(FuzzInput.hex(again.text)) | \(normalizer.options)"
      )
    }
    if again.edits.isIdentity {
      try require(composer.normalize(text).edits.isIdentity, "not NFC: \(FuzzInput.hex(source))")
    }
  }

  private static func options(_ seed: UInt64) -> NormalizationOptions {
    var choices = Choices(seed &* 0x9e37_79b9_7f4a_7c15)
    var options = NormalizationOptions()
    options.tatweel = choices.one(of: NormalizationOptions.Tatweel.self)
    options.diacritics = choices.one(of: NormalizationOptions.Diacritics.self)
    options.quranicMarks = choices.one(of: NormalizationOptions.QuranicMarks.self)
    options.presentationForms = choices.one(of: NormalizationOptions.PresentationForms.self)
    options.invisibles = choices.one(of: NormalizationOptions.Invisibles.self)
    options.lookalikes = choices.one(of: NormalizationOptions.Lookalikes.self)
    options.digits = choices.one(of: NormalizationOptions.Digits.self)
    options.punctuation = choices.one(of: NormalizationOptions.Punctuation.self)
    options.quotes = choices.one(of: NormalizationOptions.Quotes.self)
    options.htmlEntities = choices.one(of: NormalizationOptions.HTMLEntities.self)
    options.whitespace = choices.one(of: NormalizationOptions.Whitespace.self)
    options.elongation = choices.one(of: NormalizationOptions.Elongation.self)
    options.emails = choices.one(of: NormalizationOptions.Masking.self)
    options.urls = choices.one(of: NormalizationOptions.Masking.self)
    options.phones = choices.one(of: NormalizationOptions.Masking.self)
    return options
  }
}
