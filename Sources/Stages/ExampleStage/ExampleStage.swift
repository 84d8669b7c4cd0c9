import ArabicText
import Pipeline

// A complete stage, to copy from. CONTRIBUTING.md walks through it; tests run it.
//
// It counts an article's questions, sentences that end in a question mark, and writes the count to the record.

/// 1. What the stage finds out: one value for every article. The type is the key other stages read it by.
enum QuestionCount: Annotation {
  typealias Value = Int
  static let name = "questions"
}

/// 2. The stage: one instance a worker, so it may keep buffers. It sees a batch and returns a column.
struct ExampleStage: Stage {
  /// Its options: a default each, and one line in the table that drives reading, help and schema.
  struct Options: ConfigSection {
    var countLatinMark = true

    static let summary = "Counts an article's questions; the example for writing a stage."
    static var options: [ConfigOption<Options>] {
      [
        .flag(
          "countLatinMark", \.countLatinMark, "Count the Latin question mark (?) beside the Arabic one (؟).")
      ]
    }
  }

  private let marks: [UInt16]

  init(_ options: Options) { marks = options.countLatinMark ? [0x061F, 0x003F] : [0x061F] }

  mutating func process(_ batch: Batch) throws -> StageResult {
    let texts = batch[ArticleText.self]
    let sentences = batch[Sentences.self]
    return StageResult(QuestionCount.self, of: batch, items: { $0 }) { index in
      // Arrays of UTF-16 units, not Strings: this runs for every sentence of a dump.
      sentences[index].count { sentence in
        sentence.span.range.last.map { marks.contains(texts[index][$0]) } ?? false
      }
    }
  }
}

/// 3. The factory: name, what it reads and writes (the planner orders stages by that), and how to make one.
struct ExampleFactory: StageFactory {
  static let name = "example"
  static let itemName = "questions"
  static func reads(_ options: ExampleStage.Options) -> [String] { [ArticleText.name, Sentences.name] }
  static let writes = [QuestionCount.name]

  private let options: ExampleStage.Options

  init(_ options: ExampleStage.Options, context: StageContext) { self.options = options }
  func makeStage() throws -> any Stage { ExampleStage(options) }
  var fields: [any RecordField] { [QuestionsField()] }

  /// What `warraq preview` says of it; may be left out.
  func describe(_ index: Int, of batch: Batch) -> [String] {
    ["\(batch[QuestionCount.self][index]) questions"]
  }
}

/// 4. How it appears in the record.
private struct QuestionsField: RecordField {
  let name = "questions"

  func writer(of batch: Batch) -> Writer {
    let counts = batch[QuestionCount.self]
    return { index, record in record.json.int(counts[index]) }
  }
}

// 5. One line in StageRegistry.standard makes it known.
