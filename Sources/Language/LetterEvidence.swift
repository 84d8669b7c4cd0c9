/// What single characters say about the language, before words are looked at.
///
/// Nats are rounded log ratios of how often a letter is written in running text of one language and of the others;
/// letters of one alphabet only get 3 and no more, because names and loan words carry them abroad. Arabic typed on a
/// Persian keyboard (ی ک in every word) and Persian typed on an Arabic one (ي ك) are both common: these two letters
/// weigh little and the words decide.
enum LetterEvidence {
  static let rows: [(letters: String, evidence: String)] = [
    ("ة", "ar 2"),
    ("أإ", "ar 1.5"),
    ("ى", "ar 0.5"),
    ("ؤ", "ar 0.5"),
    ("ء", "ar 0.5"),
    ("ئ", "ckb 0.4, arab 0.2"),
    ("آ", "fa 0.6, ur 0.6"),
    ("ثذضظ", "ar 0.4"),
    ("حصطع", "ar 0.3"),
    ("ي", "ar 0.1"),
    ("ك", "ar 0.2"),
    ("ه", "ar 0.1, fa 0.1"),
    ("پ", "fa 2, ur 2, ps 2, ckb 2, arab 1.5"),
    ("چ", "fa 1.5, ur 1.5, ps 1.5, ckb 1.5, arab 1.2"),
    ("ژ", "fa 2, ckb 2.3, ps 2, ur 0.3, arab 0.5"),
    ("گ", "fa 2, ur 2, ckb 2, ps 0.7, arab 1.5"),
    ("ڤ", "ckb 1, ar 0.7"),
    ("ک", "fa 1, ur 1, ckb 1, ps 1"),
    ("ی", "fa 0.6, ur 0.6, ckb 0.6, ps 0.5"),
    ("ٹڈ", "ur 3"),
    ("ڑںے", "ur 3"),
    ("ۓۂۃ", "ur 2"),
    ("ہ", "ur 2"),
    ("ھ", "ur 1.5, ckb 0.7, arab 1"),
    ("۔", "ur 1.5"),
    ("ټډړږڼۍ", "ps 3"),
    ("ښځڅګ", "ps 3"),
    ("ې", "ps 2.5, arab 1.5"),
    ("ڵڕێ", "ckb 3"),
    ("ۆ", "ckb 2.5, arab 1.5"),
    ("ە", "ckb 2, arab 1.2"),
    ("ۇۈۋڭ", "arab 2.5"),
    ("ٻڀٺٿڃڇڌڊڏڙڪڳڱڻٽڦ", "arab 3"),
    ("َُِّْ", "ar 0.15"),
    ("ًٌٍ", "ar 0.4"),
    ("۰۱۲۳۴۵۶۷۸۹", "fa 0.3, ur 0.3, ps 0.3"),
    ("\u{200C}", "fa 1.5, ckb 0.3"),
  ]

  /// What beginnings and ends of words say. The ends of a word of at least three letters, written with a dash
  /// where the rest of the word stands.
  static let affixes: [(affixes: String, evidence: String)] = [
    ("ال-", "ar 1.8"),
    ("وال- بال- فال- كال- لل-", "ar 2"),
    ("ئە- ئه-", "ckb 2.5, arab 1"),
    ("-ون -ين", "ar 0.3"),
    ("-ات", "ar 0.2"),
    ("-تها -تهم -نها -كم -نا", "ar 0.5"),
    ("-هاي", "fa 1.2"),
    ("-تان", "fa 0.2, ur 0.2, ps 0.2"),
    ("مي-", "fa 0.3"),
    ("-گي -دند -ند", "fa 0.7"),
    ("-ته -ده", "fa 0.3"),
    ("-يون", "ar 0.5"),
    ("است- يست-", "ar 0.3"),
    ("-ونه -ونو", "ps 1"),
    ("-ەکە -ەوە -ەی", "ckb 1"),
    ("-يه", "ar 0.2"),
    ("سي- سن- يت- وي- وت- ول-", "ar 0.4"),
  ]
}
