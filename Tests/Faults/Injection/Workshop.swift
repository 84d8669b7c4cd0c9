import FaultChecking
import FoundationEssentials
import Glibc
import Randomness

/// What faults are injected into: a config over inputs, and what a run that is left alone makes of it.
struct Scenario {
  let name: String
  let config: String
  let inputs: [String]
  let expected: [ExpectedArticle]
  /// Files of the run that was left alone.
  var reference: [String: Data] = [:]
  /// Wall time of a run that is left alone, with one worker and with two.
  var seconds: [Int: Double] = [:]

  /// Time of an undisturbed run.
  func seconds(workers: Int) -> Double { seconds[workers] ?? 1 }
  var shardCount: Int { OutputFiles.shards(reference).count }
}

/// Where the faults are injected: the program, a folder of its own, and what all kinds of faults need.
final class Workshop {
  let program: String
  let folder: String
  let isLong: Bool
  /// Whether the inputs are the user's and not written here.
  let isGivenInput: Bool
  var random: SplitMix64
  private var outputs = 0
  private(set) var scenarios: [Scenario] = []
  /// The same with few articles, so that every step of a run can be tried; the given input where there is one.
  private(set) var smallScenarios: [Scenario] = []
  /// Seconds that no run should take.
  var patience: Double { 60 + 20 * (scenarios.compactMap { $0.seconds.values.max() }.max() ?? 60) }

  init(program: String, folder: String, seed: UInt64, isLong: Bool, isGivenInput: Bool) {
    self.program = program
    self.folder = folder
    self.isLong = isLong
    self.isGivenInput = isGivenInput
    random = SplitMix64(seed: seed)
  }

  /// The scenario without and the one with a pass over all input before.
  var plain: Scenario { scenarios[0] }
  func scenario(_ index: Int) -> Scenario { scenarios[index % scenarios.count] }

  /// How many faults of a kind: `few` in the short form, `many` in the long one; fewer of a large input.
  func count(_ few: Int, _ many: Int) -> Int {
    if isGivenInput { return max(1, (isLong ? many : few) / 10) }
    return isLong ? many : few
  }

  /// A path in the workshop that nothing has used.
  func fresh(_ name: String = "out") -> String {
    outputs += 1
    return "\(folder)/\(name)-\(outputs)"
  }

  func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  // MARK: Runs

  /// Starts a run; `prefix` is a program that sets a limit or a user and goes on as the run.
  func start(
    _ scenario: Scenario, _ out: String, workers: Int, inputs: [String]? = nil, prefix: [String] = [],
    environment: [String: String] = [:]
  ) throws -> ChildProcess {
    var command = prefix + [program, "run", scenario.config, "--output", out, "--workers", "\(workers)"]
    for input in inputs ?? scenario.inputs { command += ["--input", input] }
    return try ChildProcess(command, environment: environment)
  }

  /// Runs to the end.
  func run(
    _ scenario: Scenario, _ out: String, workers: Int, inputs: [String]? = nil, prefix: [String] = [],
    environment: [String: String] = [:]
  ) throws -> (ending: Ending, errors: String) {
    let process = try start(
      scenario, out, workers: workers, inputs: inputs, prefix: prefix, environment: environment)
    let ending = process.wait(seconds: patience)
    return (ending, process.errorText)
  }

  /// Whether the program itself finds the folder sound.
  func isVerified(_ out: String) throws -> Bool {
    try ChildProcess([program, "verify", out]).wait(seconds: patience) == .exited(0)
  }

  /// Runs a scenario undisturbed with one and two workers, checks the result against what was put in, and keeps it.
  func add(_ scenario: Scenario, isSmall: Bool = false, _ row: inout FaultRow) throws {
    var scenario = scenario
    for workers in [2, 1] {
      let out = fresh("whole")
      defer { remove(out) }
      // The first one warms the cache.
      let start = Moment.now
      let (ending, errors) = try run(scenario, out, workers: workers)
      scenario.seconds[workers] = Moment.now - start
      row.runs += 1
      guard ending == .exited(0) || ending == .exited(3) else {
        throw Tool.Failure(command: ["warraq", "run", scenario.config], reason: "\(ending): \(errors)")
      }
      let files = try OutputFiles.read(out)
      if scenario.reference.isEmpty {
        scenario.reference = files
        let checker = OutputChecker(expected: scenario.expected, scratch: folder)
        row.add(try checker.check(files))
      } else {
        compare(files, scenario, &row)
      }
      if !(try isVerified(out)) { row.misbehave("verify finds a run left alone unsound") }
    }
    if isSmall || isGivenInput { smallScenarios.append(scenario) }
    if !isSmall { scenarios.append(scenario) }
  }

  // MARK: Checks

  /// Runs the same command again, without a fault, and checks that all is as if there had been none.
  func finish(
    _ scenario: Scenario, _ out: String, workers: Int, _ row: inout FaultRow, inputs: [String]? = nil
  ) throws {
    let (ending, errors) = try run(scenario, out, workers: workers, inputs: inputs)
    row.runs += 1
    guard ending == .exited(0) || ending == .exited(3) else {
      row.misbehave("the run does not go on: \(ending), \(lastLine(errors))")
      row.lost += scenario.expected.count
      return
    }
    compare(try OutputFiles.read(out), scenario, &row)
    if !(try isVerified(out)) { row.misbehave("verify finds the resumed run unsound") }
  }

  /// Compares a complete run's files with those of the run left alone; what is in equal bytes has been checked there.
  func compare(_ files: [String: Data], _ scenario: Scenario, _ row: inout FaultRow) {
    let differences = OutputFiles.differences(files, scenario.reference)
    guard !differences.isEmpty else { return }
    row.misbehave(differences.prefix(3).joined(separator: "; "))
    do {
      var checker = OutputChecker(expected: scenario.expected, scratch: folder)
      try checker.takeReference(scenario.reference)
      let findings = try checker.check(files)
      row.add(findings)
      if findings.isSound { row.wrong += 1 }
    } catch {
      row.misbehave("the output cannot be checked: \(error)")
      row.wrong += 1
    }
  }

  /// Checks what a run that did not end left: it looks finished only if it is whole, and what it has committed is right.
  func checkUnfinished(_ scenario: Scenario, _ out: String, _ row: inout FaultRow) throws {
    let files = try OutputFiles.read(out)
    if files["manifest.json"] != nil {
      row.note("manifest was there")
      compare(files, scenario, &row)
      if !(try isVerified(out)) { row.misbehave("there is a manifest, and verify finds the folder unsound") }
      return
    }
    let faults = OutputFiles.faultsOfUnfinished(files, complete: scenario.reference)
    row.wrong += faults.count
    if let first = faults.first { row.misbehave("unfinished: \(first)") }
    if let state = try reportedState(out), state == "complete" {
      row.misbehave("run.json says complete, and there is no manifest")
    }
  }

  /// The state that `run.json` tells; nil when there is none, or nothing in it.
  func reportedState(_ out: String) throws -> String? {
    struct Report: Decodable { var state: String }
    guard let bytes = try? Data(contentsOf: URL(filePath: out + "/run.json")) else { return nil }
    return try? JSONDecoder().decode(Report.self, from: bytes).state
  }

  /// What a failed run says at its end.
  func lastLine(_ errors: String) -> String {
    let line = errors.split(separator: "\n").last.map(String.init) ?? "no word"
    // The same for all runs, so that they can be counted.
    return line.replacing(folder, with: "…")
  }

  /// Checks that a run ended in an error that tells one of these things, and nothing worse; true when it did not
  /// simply succeed.
  func checkFailed(
    _ ending: Ending, _ errors: String, telling words: [String], _ row: inout FaultRow
  ) -> Bool {
    switch ending {
    case .exited(0), .exited(3): return false
    case .exited(1):
      if !words.contains(where: { errors.contains($0) }) {
        row.misbehave("unclear error: \(lastLine(errors))")
      }
    case .exited(let code): row.misbehave("exit code \(code): \(lastLine(errors))")
    case .signalled, .hung: row.misbehave("\(ending): \(lastLine(errors))")
    }
    return true
  }
}
