import ArabicText
import Testing

@testable import Summaries

/// Lines of an article on a dam, each a sentence that stands by itself.
private let lines = [
  "افتتحت البلدية سد الوادي الجديد بعد ثلاث سنوات من العمل في الجبال.",
  "يحفظ سد الوادي مياه الأمطار لسقي بساتين القرى القريبة من الوادي.",
  "بلغت كلفة السد عشرين مليونا دفعت البلدية نصفها من صندوق المياه.",
  "زار طلاب المدرسة الموقع وشاهدوا الآلات الكبيرة وهي تنقل الحجارة.",
  "تأمل القرى أن تكفي مياه السد بساتين التين والزيتون طوال الصيف.",
  "عزفت فرقة شعبية ألحانا قديمة أمام الضيوف حتى غروب الشمس.",
]

/// The texts of the chosen sentences.
private func summary(
  _ text: String, title: String = "", _ options: SummaryOptions = SummaryOptions()
) throws -> [String] {
  var article = try WrittenArticle()
  let document = article.document(text, title: title)
  var summarizer = Summarizer(options)
  return summarizer.summarize(document).map {
    String(decoding: document.text[document.sentences[$0.index].span.range], as: UTF16.self)
  }
}

@Suite struct WrittenArticleTests {
  @Test(arguments: [
    ("وصل الوفد إلى المدينة صباح اليوم.", SentenceForm.Tie.none),
    ("فاز الفريق بالكأس للمرة الثالثة.", .none),
    ("وزارة المياه تبني سدا جديدا.", .none),
    ("والتقى الوفد رئيس البلدية بعد الظهر.", .conjunction),
    ("وَالمدينة قديمة جدا.", .conjunction),
    ("كما زار الوفد السد.", .pointingBack),
    ("وأضافت أن العمل يبدأ غدا.", .pointingBack),
    ("مشيرًا إلى أن السد كبير.", .pointingBack),
    ("من جهةٍ أخرى بدأ العمل.", .pointingBack),
    ("من جانبها، وعدت البلدية بالمزيد.", .pointingBack),
    ("جاء الوفد إلى المدينة.", .none),
  ])
  func theFirstWordsTieASentenceToTheOneBefore(sentence: String, tie: SentenceForm.Tie) throws {
    var article = try WrittenArticle()
    let document = article.document(sentence)
    let form = SentenceForm(weights: SummaryWeights())
    #expect(form.tie(of: document.sentences[0], document) == tie)
  }

  /// The last line and the fourth have nothing in common with the others: as an opening they lose.
  @Test func theFirstSentenceIsGivenIfItIsOnTheSubject() throws {
    for start in lines.indices {
      let turned = lines[start...] + lines[..<start]
      let chosen = try summary(turned.joined(separator: " "), SummaryOptions(budget: .sentences(1)))
      #expect((chosen == [lines[start]]) == ![3, 5].contains(start))
    }
  }

  /// Where a text begins with a sentence that goes on, the order of the others makes no difference.
  @Test(arguments: ["والتقى المهندسون أهل القرى قبل ذلك بشهر.", "كما التقى المهندسون أهل القرى قبل شهر."])
  func placesSayNothingInMidFlow(opening: String) throws {
    let options = SummaryOptions(budget: .sentences(3))
    let chosen = try summary(([opening] + lines).joined(separator: " "), options)
    for start in lines.indices {
      let turned = [opening] + lines[start...] + lines[..<start]
      let other = try summary(turned.joined(separator: " "), options)
      #expect(Set(other) == Set(chosen), "beginning with \(lines[start])")
    }
    #expect(!chosen.contains(opening))
  }

  @Test func aSentenceThatTellsWhatSomethingIsComesForward() throws {
    let opening = "وبدأ العمل فيه قبل سنوات."
    let plain = "سد الوادي في الجبال يجمع مياه الأمطار للقرى القريبة من الوادي."
    let defining = "سد الوادي هو الذي يجمع مياه الأمطار للقرى البعيدة عن الوادي."
    for pair in [[plain, defining], [defining, plain]] {
      let text = ([opening] + pair + lines[3...]).joined(separator: " ")
      #expect(try summary(text, SummaryOptions(budget: .sentences(1))) == [defining])
    }
  }

  @Test(arguments: [
    "افتتاح سد الوادي الجديد في الجبال\n%", "%\nرابط الخبر: افتتاح سد الوادي الجديد في الجبال",
  ])
  func theTitleIsNotRepeated(page: String) throws {
    let title = "افتتاح سد الوادي الجديد في الجبال"
    let text = page.split(separator: "%", omittingEmptySubsequences: false)
      .joined(separator: lines[..<2].joined(separator: " "))
    #expect(try summary(text, title: title) == Array(lines[..<2]))
  }

  @Test func titlesThatAreAllThereIsAreGiven() throws {
    #expect(try summary("سد الوادي الجديد", title: "سد الوادي الجديد") == ["سد الوادي الجديد"])
  }

  @Test(arguments: ["سالم العلي - صور", "مدينة الوادي 12 مارس 2019", "وسوم: سد الوادي، مياه، قرى"])
  func bylinesDatelinesAndTagsTakeNoPlace(line: String) throws {
    let text = lines.joined(separator: " ")
    let chosen = try summary(text)
    #expect(try summary("\(line)\n\(text)") == chosen)
    #expect(try summary("\(text)\n\(line)") == chosen)
  }

  @Test func anAddressOnTheWayIsNoFurniture() throws {
    let lead =
      "تبدأ البلدية يوم الأحد استقبال طلبات العمل في السد الجديد عبر موقعها www.example.com حتى نهاية الشهر."
    let text = ([lead] + lines[1...]).joined(separator: " ")
    #expect(try summary(text, SummaryOptions(budget: .sentences(1))) == [lead])
    let address = "المزيد على www.example.com."
    #expect(try !summary("\(address) \(text)", SummaryOptions(budget: .sentences(3))).contains(address))
  }

  @Test(arguments: SummaryAlgorithm.allCases)
  func twoMegabytesAreNoSquare(algorithm: SummaryAlgorithm) throws {
    var article = try WrittenArticle()
    let text = (0..<20_000).map { "\(lines[$0 % 6].dropLast()) رقم كلمة\($0 % 977)." }.joined(separator: " ")
    let document = article.document(text)
    #expect(document.sentences.count == 20_000 && text.utf8.count > 2_000_000)
    var summarizer = Summarizer(SummaryOptions(algorithm: algorithm, budget: .ratio(0.33)))
    let clock = ContinuousClock()
    let few = article.document(
      (0..<2_000).map { "\(lines[$0 % 6].dropLast()) رقم كلمة\($0 % 977)." }.joined(separator: " "))
    var fewest = Duration.seconds(60)
    for _ in 0..<3 { fewest = min(fewest, clock.measure { _ = summarizer.summarize(few) }) }
    var most = Duration.seconds(60)
    for _ in 0..<3 { most = min(most, clock.measure { _ = summarizer.summarize(document) }) }
    // Ten times the text; a square would take a hundred times as long.
    #expect(most < fewest * 40, "\(fewest) for 2,000 sentences, \(most) for 20,000")
  }
}

@Suite struct SentenceRecurrenceTests {
  /// Against the definition, looked up in sets.
  @Test func scoresAreAsDefined() throws {
    var article = try WrittenArticle()
    let document = article.document(lines.joined(separator: " "))
    var vectors = SentenceVectors()
    vectors.fill(from: document)
    var recurrence = SentenceRecurrence(opening: 4, topic: 3)
    // A longer article before leaves nothing behind.
    let longer = article.document((lines + lines + lines).joined(separator: " "))
    var others = SentenceVectors()
    others.fill(from: longer)
    recurrence.rank(others, longer)
    recurrence.rank(vectors, document)

    func stems(_ words: some Sequence<Int>) -> Set<Int32> {
      Set(
        words.compactMap { word in
          let form = document.vocabulary.forms[Int(document.vocabulary.tokens[word])]
          return form.isStopWord || document.tokens[word].kind != .arabic ? nil : form.stem
        })
    }
    let all = document.sentences.map { stems($0.tokens) }
    for (i, sentence) in document.sentences.enumerated() {
      let first = stems(sentence.tokens.prefix(4))
      var sum: Float = 0
      for stem in all[i] {
        let count = all.count { $0.contains(stem) }
        let weight = count == 1 ? SentenceVectors.soleStem : Float(reproducibleLog(Double(count)))
        sum += (first.contains(stem) ? 3 : 1) * weight
      }
      let expected = sum / Float(sentence.tokens.count).squareRoot()
      #expect(abs(recurrence.scores[i] - expected) < 1e-4)
    }
  }
}
