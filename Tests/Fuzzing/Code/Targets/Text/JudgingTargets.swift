import ArabicText

@testable import Language
@testable import Quality

/// What decides whether an article is wanted.
enum JudgingTargets {
  static let all = [
    FuzzTarget("language", mutations: 100) {
      var kept = LanguageIdentifier()
      var small = LanguageIdentifier.Options()
      small.sample = 64
      small.mixedShare = 0.5
      var sampled = LanguageIdentifier(small)
      return { bytes in
        let text = FuzzInput.text(bytes)
        let found = kept.identify(text)
        try require((0...1).contains(found.confidence), "a confidence of \(found.confidence)")
        try require(!found.code.rawValue.isEmpty, "a language without a code")
        var fresh = LanguageIdentifier()
        try require(fresh.identify(text) == found, "the text before makes a difference")
        let quick = sampled.identify(text)
        try require((0...1).contains(quick.confidence), "a confidence of \(quick.confidence) for a sample")
        let blocks = text.withUnsafeBufferPointer { kept.identifyBlocks($0).blocks }
        var end = 0
        for block in blocks {
          try require(Int(block.span.start) == end && !block.span.isEmpty, "blocks with a gap, or empty")
          try require(
            (0...1.000001).contains(block.confidence), "a block with confidence \(block.confidence)")
          end = Int(block.span.end)
        }
        try require(blocks.isEmpty || end == text.count, "blocks up to \(end) of \(text.count)")
      }
    },
    FuzzTarget("quality", mutations: 100) {
      var kept = QualityMeter()
      return { bytes in
        let text = FuzzInput.text(bytes)
        let measures = kept.measure(text)
        var fresh = QualityMeter()
        try require(fresh.measure(text) == measures, "the text before makes a difference")
        let quick = kept.measure(text, skippingGrams: true)
        for measure in QualityMeasure.allCases {
          let value = measures[measure]
          try require(value.isFinite && value >= 0, "\(measure.name) is \(value)")
          if !QualityMeasure.ofGrams.contains(measure) {
            try require(
              quick[measure] == value, "\(measure.name) is \(quick[measure]) when n-grams are skipped")
          }
          // Shares of one and the same thing.
          switch measure {
          case .digitRatio, .alphabeticWords, .arabicLetters, .stopWordShare, .bulletLines, .ellipsisLines,
            .shortLines,
            .linePunctuation, .duplicateLines, .duplicateParagraphs, .repeatedCharacters:
            try require(value <= 1.000001, "\(measure.name) is \(value): \(FuzzInput.hex(text))")
          default: break
          }
        }
      }
    },
  ]
}
