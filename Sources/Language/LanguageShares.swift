import ArabicText

/// What is expected of a chunk before its evidence, in nats for each lane.
struct LanguagePrior {
  var nats: SIMD16<Double>

  /// Of an article nothing is known of: Arabic is what these dumps hold, and names and headings without a function word
  /// are Arabic more often than anything else.
  static let uninformed = LanguagePrior(
    nats: {
      var nats = SIMD16<Double>()
      nats[Lane.arabic] = 1
      nats[Lane.otherArabicScript] = -2
      nats[Lane.centralKurdish] = -0.5
      nats[Lane.pashto] = -0.5
      return nats
    }())

  private init(nats: SIMD16<Double>) { self.nats = nats }

  /// Of a chunk in an article with these shares; a language that the article does not have at all is less likely by
  /// 3 nats, no more.
  init(_ shares: LanguageShares) {
    var nats = SIMD16<Double>()
    for group in [0..<6, 6..<9] {
      var sum = 0.0
      for lane in group { sum += shares.masses[lane] }
      for lane in group {
        let share = sum > 0 ? shares.masses[lane] / sum : 1 / Double(group.count)
        nats[lane] = reproducibleLog(share * 0.95 + 0.05)
      }
    }
    nats[Lane.otherArabicScript] -= 1
    self.nats = nats
  }
}

/// How many letters, or which share of them, are in each language.
struct LanguageShares {
  /// By lane, of the lanes of languages; the last one is other scripts.
  var masses = SIMD16<Double>()
  /// How many letters were added.
  var letters = 0.0

  /// Lane of letters neither Arabic nor Latin.
  private static let otherScript = 15
  /// How much of a nat of evidence counts: letters and words of a chunk are not independent of each other.
  private static let trust = 0.6
  /// A posterior from which a chunk is settled.
  private static let certain = 0.8

  init() {}

  /// The shares of one chunk.
  init(of chunk: EvidenceChunk, prior: LanguagePrior) {
    let letters = Double(chunk.letters)
    if chunk.arabic > 0 {
      addPosterior(of: chunk.evidence, 0..<6, prior, weight: Double(chunk.arabic) / letters)
    }
    if chunk.latin > 0 {
      var evidence = chunk.evidence
      // A word in no list speaks for a language that has no list; names are in none either.
      evidence[Lane.otherLatin] &+= min(chunk.latinWords, 24) &* 4
      addPosterior(of: evidence, 6..<9, prior, weight: Double(chunk.latin) / letters)
    }
    masses[LanguageShares.otherScript] = Double(chunk.other) / letters
    self.letters = 1
  }

  private mutating func addPosterior(
    of evidence: Evidence, _ lanes: Range<Int>, _ prior: LanguagePrior, weight: Double
  ) {
    var nats = SIMD16<Double>()
    var best = -Double.infinity
    for lane in lanes {
      nats[lane] = Double(evidence[lane]) / 16 * LanguageShares.trust + prior.nats[lane]
      best = max(best, nats[lane])
    }
    var sum = 0.0
    for lane in lanes {
      nats[lane] = reproducibleExp(nats[lane] - best)
      sum += nats[lane]
    }
    for lane in lanes { masses[lane] += nats[lane] / sum * weight }
  }

  /// Adds a chunk.
  mutating func add(_ share: LanguageShares, letters count: Int32) {
    masses += share.masses * Double(count)
    letters += Double(count)
  }

  /// Only what is sure: a share of a script where one language has most of it.
  var settled: LanguageShares {
    var result = LanguageShares()
    for group in [0..<6, 6..<9] {
      var sum = 0.0
      for lane in group { sum += masses[lane] }
      for lane in group where masses[lane] >= LanguageShares.certain * sum {
        result.masses[lane] = masses[lane]
      }
    }
    result.masses[LanguageShares.otherScript] = masses[LanguageShares.otherScript]
    return result
  }

  /// Shares by language. Arabizi counts as another Latin-script language.
  private func byLanguage(of letters: Double) -> [(code: LanguageCode, share: Double)] {
    var list = Lane.arabicScript.map { (code: $0.code, share: masses[$0.lane] / letters) }
    list.append((code: .english, share: masses[Lane.english] / letters))
    list.append(
      (code: .otherLatinScript, share: (masses[Lane.otherLatin] + masses[Lane.arabizi]) / letters))
    list.append((code: .otherScript, share: masses[LanguageShares.otherScript] / letters))
    return list
  }

  /// The largest language and its share; of two that are equal the first by lane.
  var largest: (code: LanguageCode, share: Double) {
    let list = byLanguage(of: letters)
    return list.dropFirst().reduce(list[0]) { $1.share > $0.share ? $1 : $0 }
  }

  /// What the article is said to be.
  func result(settled: LanguageShares, evidence: Evidence, mixedShare: Double) -> IdentifiedLanguage {
    let (main, share) = largest
    var result = IdentifiedLanguage(code: main, confidence: min(1, share))
    // Mixed: two languages, both in parts of the text that are sure.
    let sure = settled.byLanguage(of: letters).sorted { $0.share > $1.share }
    if sure[1].share >= mixedShare, sure[1].share > 0 {
      result.code = .mixed
      result.main = sure[0].code
      result.confidence = min(1, sure[0].share + sure[1].share)
    }
    let latin = masses[Lane.english] + masses[Lane.otherLatin] + masses[Lane.arabizi]
    result.isArabizi = masses[Lane.arabizi] * 2 > latin && masses[Lane.arabizi] >= mixedShare * letters
    if result.main == .arabic {
      result.dialect = LanguageShares.dialect(evidence, letters: masses[Lane.arabic])
    }
    return result
  }

  /// A dialect has two marks (3 nats) and one in every hundred words or so, more than the next dialect, and no fewer
  /// than standard Arabic: an article that quotes a sentence of dialect is standard Arabic.
  private static func dialect(_ evidence: Evidence, letters: Double) -> Dialect? {
    let list = Lane.dialects.sorted { (-evidence[$0.lane], $0.lane) < (-evidence[$1.lane], $1.lane) }
    let best = evidence[list[0].lane]
    guard Double(best) >= 24 + letters / 20, best > evidence[list[1].lane], best >= evidence[Lane.standard]
    else {
      return nil
    }
    return list[0].dialect
  }
}
