/// One thing in which two runs differ.
public enum RunChange: Sendable, Hashable, CustomStringConvertible {
  /// One was a run over all inputs, the other works input by input.
  case kind(old: RunIdentity.Kind, new: RunIdentity.Kind)
  /// The program is another release.
  case version(old: String, new: String)
  /// An option has another value, as JSON; nil where the config has no such option.
  case option(String, old: String?, new: String?)
  /// What the file holds that an option names.
  case resource(String)
  /// An input that was not there before.
  case inputAdded(String)
  /// An input that is not there any more.
  case inputRemoved(String)
  /// An input of another size; nil where it is unknown.
  case inputResized(String, old: Int?, new: Int?)
  /// An input that was written to; nanoseconds since 1970.
  case inputModified(String, old: Int, new: Int)
  /// An input that has other bytes, as its hash says.
  case inputContent(String)
  /// An input that could be listed and now cannot, or the reverse; the reasons.
  case inputProblem(String, old: String?, new: String?)
  /// The same inputs in another order.
  case inputOrder

  var isOfInputs: Bool {
    switch self {
    case .kind, .version, .option, .resource: false
    default: true
    }
  }

  /// What changed, old before new.
  public var description: String {
    switch self {
    case .kind(_, .run): "the folder is filled by warraq shard, input by input; this is warraq run"
    case .kind(_, .shards): "the folder is filled by warraq run; this is warraq shard"
    case .version(let old, let new): "version: \(old) -> \(new)"
    case .option(let key, let old, let new): "\(key): \(old ?? "not set") -> \(new ?? "not set")"
    case .resource(let key): "\(key): the file it names holds something else"
    case .inputAdded(let name): "input added: \(name)"
    case .inputRemoved(let name): "input removed: \(name)"
    case .inputResized(let name, let old, let new):
      "input changed: \(name): \(RunChange.bytes(old)) -> \(RunChange.bytes(new))"
    case .inputModified(let name, let old, let new):
      "input changed: \(name): modified \(RunChange.times(old, new))"
    case .inputContent(let name): "input changed: \(name): other bytes, as its SHA-256 says"
    case .inputProblem(let name, let old, let new):
      "input changed: \(name): \(old ?? "could be listed") -> \(new ?? "can be listed")"
    case .inputOrder: "inputs: the same, in another order"
    }
  }

  private static func bytes(_ count: Int?) -> String { count.map { "\($0) bytes" } ?? "unknown size" }

  private static func times(_ old: Int, _ new: Int) -> String {
    let isClose =
      TimeText.utc(nanoseconds: old, exactly: false) == TimeText.utc(nanoseconds: new, exactly: false)
    return "\(TimeText.utc(nanoseconds: old, exactly: isClose)) -> "
      + TimeText.utc(nanoseconds: new, exactly: isClose)
  }
}

extension RunIdentity {
  /// Most lines that tell of inputs.
  static let shownInputChanges = 10

  /// In what this run differs from an earlier one.
  ///
  /// An input whose time of change is another is the same when its recorded hash is.
  ///
  /// - Parameter hash: Works out the SHA-256 of an input of this run; nil when it cannot.
  public func changes(since old: RunIdentity, hash: (Input) -> String?) -> [RunChange] {
    var changes: [RunChange] = []
    if kind != old.kind { changes.append(.kind(old: old.kind, new: kind)) }
    if version != old.version { changes.append(.version(old: old.version, new: version)) }
    changes += optionChanges(since: old)
    for key in Set(resources.keys).intersection(old.resources.keys).sorted()
    where resources[key] != old.resources[key] {
      changes.append(.resource(key))
    }
    return changes + inputChanges(since: old, hash: hash)
  }

  /// The changes as lines for people; of many inputs the first.
  static func lines(_ changes: [RunChange]) -> [String] {
    let inputs = changes.filter(\.isOfInputs)
    var lines = (changes.filter { !$0.isOfInputs } + inputs.prefix(shownInputChanges)).map(\.description)
    if inputs.count > shownInputChanges {
      lines.append("and \(inputs.count - shownInputChanges) more inputs")
    }
    return lines
  }

  private func optionChanges(since old: RunIdentity) -> [RunChange] {
    let before = Dictionary(old.config, uniquingKeysWith: { $1 })
    let now = Dictionary(config, uniquingKeysWith: { $1 })
    func sections(_ keys: some Sequence<String>) -> Set<Substring> {
      Set(keys.map { $0.prefix { $0 != "." } })
    }
    // The options of a stage that was added or removed say no more than the list of stages does.
    let both = sections(before.keys).intersection(sections(now.keys))
    let gone = before.keys.filter { now[$0] == nil }.sorted()
    return (config.map(\.key) + gone).filter { key in
      before[key] != now[key] && both.contains(key.prefix { $0 != "." })
    }.map { .option($0, old: before[$0], new: now[$0]) }
  }

  private func inputChanges(since old: RunIdentity, hash: (Input) -> String?) -> [RunChange] {
    // One file may be named twice: then the first is compared with the first.
    var before = Dictionary(grouping: old.inputs.indices) { old.inputs[$0].name }
    var changes: [RunChange] = []
    var places: [Int] = []
    for input in inputs {
      guard let place = before[input.name]?.first else {
        changes.append(.inputAdded(input.name))
        continue
      }
      before[input.name]?.removeFirst()
      places.append(place)
      if let change = input.change(since: old.inputs[place], hash: hash) { changes.append(change) }
    }
    changes += before.values.joined().sorted().map { .inputRemoved(old.inputs[$0].name) }
    // Where inputs came or went, their order says nothing more.
    if changes.isEmpty, places != places.sorted() { changes.append(.inputOrder) }
    return changes
  }
}

extension RunIdentity.Input {
  /// In what this input differs from the one of that name before.
  func change(since old: RunIdentity.Input, hash: (RunIdentity.Input) -> String?) -> RunChange? {
    if problem != old.problem { return .inputProblem(name, old: old.problem, new: problem) }
    if bytes != old.bytes { return .inputResized(name, old: old.bytes, new: bytes) }
    if let recorded = old.sha256 {
      if let now = sha256, now != recorded { return .inputContent(name) }
      if sha256 != nil || modified == old.modified { return nil }
      guard let now = hash(self) else { return .inputContent(name) }
      return now == recorded ? nil : .inputContent(name)
    }
    guard let before = old.modified, let modified, before != modified else { return nil }
    return .inputModified(name, old: before, new: modified)
  }
}
