import ArabicText

/// One article as the ranking looks at it: what the indices hold, as plain memory that is valid while it is looked at.
struct IndexedArticle {
  let document: TokenizedDocument
  let tokens: UnsafeBufferPointer<WordIndex.WordToken>
  /// By token: the next token of the same word, or -1.
  let nextOfWord: UnsafeBufferPointer<Int32>
  /// By word number.
  let words: UnsafeBufferPointer<Vocabulary.Word>
  /// By word number.
  let facts: UnsafeBufferPointer<WordFacts>
  /// By stem number.
  let stemCounts: UnsafeBufferPointer<Int32>
  let phrases: PhraseIndex.View
  let logarithms: LogarithmTable.Values

  /// Calls `body` with a document whose indices are filled and whose words were looked up.
  static func with<R>(
    _ document: TokenizedDocument, _ words: WordIndex, _ phrases: PhraseIndex, _ facts: [WordFacts],
    _ logarithms: LogarithmTable, _ body: (IndexedArticle) -> R
  ) -> R {
    words.tokens.withUnsafeBufferPointer { tokens in
      words.nextOfWord.withUnsafeBufferPointer { nextOfWord in
        words.stemCounts.withUnsafeBufferPointer { stemCounts in
          document.vocabulary.words.withUnsafeBufferPointer { words in
            facts.withUnsafeBufferPointer { facts in
              phrases.withUnsafeView { phrases in
                logarithms.withUnsafeValues { logarithms in
                  body(
                    IndexedArticle(
                      document: document, tokens: tokens, nextOfWord: nextOfWord, words: words, facts: facts,
                      stemCounts: stemCounts, phrases: phrases, logarithms: logarithms))
                }
              }
            }
          }
        }
      }
    }
  }

  /// What is known of terms.
  var terms: SharedTerms { document.sharedTerms }

  /// Whether a token begins a sentence.
  func beginsSentence(_ i: Int) -> Bool { document.tokens[i].gap == .sentenceStart }

  /// Whether a pronoun is written onto a token.
  func hasEnclitic(_ i: Int) -> Bool {
    document.vocabulary.forms[Int(document.vocabulary.tokens[i])].traits.contains(.enclitic)
  }

  /// Id in `TermTable.keys` of the base of a token.
  @inline(__always)
  func base(ofToken i: Int) -> UInt32 { words[Int(tokens[i].word)].base }

  /// Facts of the word of a token.
  @inline(__always)
  func facts(ofToken i: Int) -> WordFacts { facts[Int(tokens[i].word)] }
}
