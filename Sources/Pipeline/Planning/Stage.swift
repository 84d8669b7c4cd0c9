/// One step of the pipeline, owned by one worker.
///
/// Not `Sendable` on purpose: a stage keeps ICU handles and buffers that it uses again for every batch. What
/// is shared between workers (options, word lists) belongs in its factory.
public protocol Stage {
  /// Works on every article of a batch and returns the columns it declared under `writes`.
  ///
  /// - Throws: only for what no input can cause (memory, a broken installation); a throw ends the run.
  mutating func process(_ batch: Batch) throws -> StageResult
}

/// What a stage made of one batch.
public struct StageResult: Sendable {
  /// The columns it writes.
  public var annotations: AnnotationColumns
  /// What it did, for the table at the end of a run.
  public var effect: StageEffect
  /// Other articles in place of the batch's own, if it is a stage that ``StageFactory/reshapes``; the columns are
  /// those of these articles.
  public var reselection: Reselection?
  /// Articles of the batch that are beyond a limit; they leave it once all stages that run at the same time are done.
  public var refused: [ArticleDrop] = []

  /// Makes a result.
  public init(annotations: AnnotationColumns = AnnotationColumns(), effect: StageEffect = StageEffect()) {
    self.annotations = annotations
    self.effect = effect
  }
}

extension StageResult {
  /// One column, worked out article by article; `items` says how many things a value stands for.
  public init<A: Annotation>(
    _ annotation: A.Type, of batch: Batch, items: (A.Value) -> Int, value: (Int) -> A.Value
  ) {
    var column: [A.Value] = []
    column.reserveCapacity(batch.articles.count)
    var effect = StageEffect()
    for index in batch.articles.indices {
      let found = value(index)
      effect.note(items: items(found))
      column.append(found)
    }
    self.init(effect: effect)
    annotations[annotation] = column
  }
}

/// What a stage did, in numbers that add up over batches.
public struct StageEffect: Sendable, Equatable {
  /// Articles it changed or found something in.
  public var articles: Int
  /// Things it produced: edits, tokens, keywords, summary sentences.
  public var items: Int

  /// Makes an effect.
  public init(articles: Int = 0, items: Int = 0) {
    self.articles = articles
    self.items = items
  }

  /// Notes one article in which `count` things were produced; none leaves the article unchanged.
  public mutating func note(items count: Int) {
    if count > 0 { articles += 1 }
    items += count
  }

  /// Adds up.
  public static func += (a: inout StageEffect, b: StageEffect) {
    a.articles += b.articles
    a.items += b.items
  }
}

/// What a config says about one stage: shared by all workers, makes one `Stage` for each.
public protocol StageFactory: Sendable {
  /// The stage's options.
  associatedtype Options: ConfigSection
  /// The name in `stages:` and of its config section.
  static var name: String { get }
  /// What its items are called in the table at the end of a run, such as `tokens`.
  static var itemName: String { get }
  /// Names of the annotations it needs, with these options.
  static func reads(_ options: Options) -> [String]
  /// Names of the annotations it makes.
  static var writes: [String] { get }

  /// Names of the annotations it takes into account when a stage of the config makes them, with these options.
  static func uses(_ options: Options) -> [String]
  /// Whether it may drop articles or add some: then it runs alone, after what is listed before it and before what is
  /// listed behind it.
  static var reshapes: Bool { get }

  /// Checks the options and loads what all workers share.
  ///
  /// - Throws: `ConfigIssue` or `ConfigError` for values that are wrong together, or files that can't be read.
  init(_ options: Options, context: StageContext) throws

  /// Makes the instance of one worker.
  func makeStage() throws -> any Stage

  /// Makes the instance of one worker, given the names of the annotations that anybody reads: what nobody
  /// reads need not be worked out.
  func makeStage(forReaders read: Set<String>) throws -> any Stage

  /// How its annotations appear in a record, in the order they are written.
  var fields: [any RecordField] { get }

  /// What makes it cheaper, naming options; `warraq bench` says it of the stage that takes most time.
  static var tuning: String { get }

  /// What the files hold that its options name, by option: text or a digest. A run goes on only with the same.
  var resources: [String: String] { get }

  /// Bytes it holds for each byte of input while a batch is in work, its part of the record included: an upper
  /// bound, for the memory bound that `plan` prints.
  var memoryFactor: Int { get }

  /// What it made of article `index`, in a few lines for people; `warraq preview` shows them.
  func describe(_ index: Int, of batch: Batch) -> [String]
}

extension StageFactory {
  /// Everything is worked out.
  public func makeStage(forReaders read: Set<String>) throws -> any Stage { try makeStage() }
  /// Nothing appears in the record.
  public var fields: [any RecordField] { [] }
  /// Nothing to tune.
  public static var tuning: String { "" }
  /// Nothing else.
  public static func uses(_ options: Options) -> [String] { [] }
  /// The articles stay what they are.
  public static var reshapes: Bool { false }
  /// No files.
  public var resources: [String: String] { [:] }
  /// Enough for a column of small values.
  public var memoryFactor: Int { 2 }
  /// Nothing to say beyond the figures.
  public func describe(_ index: Int, of batch: Batch) -> [String] { [] }
}

/// What a factory may need to know beside its own options.
public struct StageContext: Sendable {
  /// Folder that relative file names in the config start from.
  public var directory: String
  /// Where the stage's section stands, for errors.
  public var mark: ConfigMark
  /// The stage's name, for errors.
  public var path: String
  /// What no honest article meets.
  public var limits: LimitsSection

  /// Makes a context.
  public init(
    directory: String, mark: ConfigMark, path: String, limits: LimitsSection = LimitsSection()
  ) {
    self.directory = directory
    self.mark = mark
    self.path = path
    self.limits = limits
  }

  /// A file name from the config as a path to open.
  public func resolve(_ file: String) -> String {
    file.hasPrefix("/") || directory.isEmpty ? file : "\(directory)/\(file)"
  }

  /// An issue at one of the stage's keys.
  public func issue(_ key: String, _ message: String, suggestion: String? = nil) -> ConfigIssue {
    ConfigIssue(mark: mark, path: "\(path).\(key)", message: message, suggestion: suggestion)
  }
}
