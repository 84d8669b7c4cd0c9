import ArabicText
import Testing

@testable import Summaries

/// Which sentences go on inside a quotation, by number.
private func goingOn(_ text: String) throws -> [Int] {
  var article = try WrittenArticle()
  let document = article.document(text)
  var quotes = RunningQuotes()
  quotes.find(document)
  return document.sentences.indices.filter { quotes.goesOn[$0] }
}

@Suite struct RunningQuotesTests {
  @Test(arguments: [
    ("قال المدير: «بدأ العمل أمس. سينتهي البناء غدا. الجسر متين». عاد الوفد مساء.", [1, 2]),
    ("قال المدير \"بدأ العمل أمس. سينتهي البناء غدا.\" عاد الوفد مساء.", [1]),
    ("قال المدير “بدأ العمل أمس. سينتهي البناء غدا”. عاد الوفد مساء.", [1]),
    ("قال المدير ”بدأ العمل أمس. سينتهي البناء غدا“. عاد الوفد مساء.", [1]),
    ("«بدأ العمل أمس. سينتهي البناء غدا» كما قال المدير. عاد الوفد مساء.", [1]),
    ("«بدأ العمل أمس». «سينتهي البناء غدا». عاد الوفد مساء.", []),
    ("زار الوفد مسرح \"المدينة\" أمس. زار بعده متحف \"القلعة\" القديم. عاد الوفد مساء.", []),
    ("زار الوفد «المدينة» أمس. قال المدير: «الجسر متين. سينتهي البناء غدا».", [2]),
    ("قال المدير: «بدأ العمل أمس. سينتهي البناء غدا. عاد الوفد مساء.", []),
    ("قال المدير بدأ العمل أمس. سينتهي البناء غدا». عاد الوفد مساء.", []),
    ("قال المدير: «بدأ العمل أمس.\nسينتهي البناء غدا». عاد الوفد مساء.", []),
    ("قال المدير: «بدأ العمل. عاد الوفد. افتتح «الجسر» أمس. نام الناس.", []),
    ("", []), ("«", []), ("»«\"", []), ("بدأ العمل. \"", []),
  ])
  func quotationsRunOverSentencesOfAParagraph(text: String, goesOn: [Int]) throws {
    #expect(try goingOn(text) == goesOn)
  }

  /// Between two sentences that say the same, the one with the speaker is chosen, or the one outside.
  @Test func sentencesInsideStepBack() throws {
    let same = "ينتهي بناء جسر المدينة الجديد فوق النهر في الصيف"
    var weights = SummaryWeights()
    weights.position = 0
    for (text, chosen) in [
      ("قال المدير أمس: «لا نعرف شيئا آخر بعد. \(same)». \(same).", 2),
      ("نعرف هذا منذ أمس ولا شيء غيره. \(same). \(same).", 1),
    ] {
      var article = try WrittenArticle()
      var summarizer = Summarizer(SummaryOptions(budget: .sentences(1), weights: weights))
      #expect(summarizer.summarize(article.document(text)).map(\.index) == [chosen])
    }
  }
}
