import FaultChecking
import FoundationEssentials
import Glibc

/// Faults at each step: a library loaded into the run counts its calls on files, and one of them goes wrong.
///
/// Signals from outside hit some steps often and others never; here none is left out.
extension Workshop {
  /// Compiles the library; nil when there is no compiler, with the reason in the row.
  private func stepLibrary(_ row: inout FaultRow) -> String? {
    let library = folder + "/step_faults.so"
    if OutputWatch.exists(library) { return library }
    let source = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    var reason = ""
    for compiler in ["clang", "cc"] {
      do {
        try Tool.output([
          compiler, "-shared", "-fPIC", "-O1", "-D_LARGEFILE64_SOURCE", "-o", library,
          "/" + source + "/Steps/step_faults.c", "-ldl",
        ])
        return library
      } catch {
        reason = "\(error)"
      }
    }
    row.impossible = "no C compiler: \(reason.split(separator: "\n").first ?? "")"
    return nil
  }

  private struct Step {
    var library: String
    var under: String
    var number = 0
    var kind = "kill"
    var calls: String?
    var log: String

    var environment: [String: String] {
      var variables = [
        "LD_PRELOAD": library, "FAULT_UNDER": under, "FAULT_STEP": "\(number)", "FAULT_KIND": kind,
        "FAULT_LOG": log,
      ]
      variables["FAULT_CALLS"] = calls
      return variables
    }

    /// Calls counted so far, and the path at which one went wrong.
    func outcome() -> (calls: Int, hit: String?) {
      let lines = ((try? String(contentsOf: URL(filePath: log), encoding: .utf8)) ?? "").split(
        separator: "\n")
      let hit = lines.first { $0.hasPrefix("hit ") }?.split(separator: " ", maxSplits: 2).last.map(
        String.init)
      return (lines.count, hit)
    }
  }

  /// The steps of one undisturbed run, to choose from: all of them, or as many as wanted.
  private func steps(_ all: Int, wanted: Int) -> [Int] {
    wanted >= all ? Array(1...max(1, all)) : random.sample(wanted, of: all).map { $0 + 1 }.sorted()
  }

  private func countedCalls(_ step: Step, _ scenario: Scenario, _ out: String, _ row: inout FaultRow) throws
    -> Int
  {
    var step = step
    step.number = 0
    step.log = fresh("log")
    let (ending, errors) = try run(scenario, out, workers: 2, environment: step.environment)
    row.runs += 1
    if ending != .exited(0) { row.misbehave("with calls counted: \(ending), \(lastLine(errors))") }
    compare(try OutputFiles.read(out), scenario, &row)
    return step.outcome().calls
  }

  /// Dies before a call on the output folder, or in the middle of it.
  func killsAtCalls(count: Int) throws -> FaultRow {
    var row = FaultRow(
      "SIGKILL at each call", how: "before or within the n-th write, fsync, link, rename, ...")
    guard let library = stepLibrary(&row) else { return row }
    for (index, scenario) in smallScenarios.enumerated() {
      let counting = fresh()
      let first = Step(library: library, under: counting, log: "")
      let all = try countedCalls(first, scenario, counting, &row)
      remove(counting)
      row.note("\(scenario.name): \(all) calls in a run")
      for number in steps(all, wanted: index == 0 ? count : count / 3) {
        let out = fresh()
        defer { remove(out) }
        let kind = number % 2 == 0 ? "kill" : "half"
        let step = Step(library: library, under: out, number: number, kind: kind, log: fresh("log"))
        let (ending, errors) = try run(scenario, out, workers: 2, environment: step.environment)
        row.runs += 1
        switch ending {
        case .signalled(SIGKILL): row.injected += 1
        case .exited(0): row.note("ended before its call")
        default: row.misbehave("\(ending): \(lastLine(errors))")
        }
        try checkUnfinished(scenario, out, &row)
        try finish(scenario, out, workers: 2, &row)
        remove(step.log)
      }
    }
    return row
  }

  /// A call on the output folder fails, once, as it would on a full or broken disk.
  func errorsAtCalls(count: Int) throws -> FaultRow {
    var row = FaultRow(
      "an error at each call", how: "n-th call fails: ENOSPC, EIO, EDQUOT, EROFS, EMFILE, EINTR")
    guard let library = stepLibrary(&row) else { return row }
    let errors = [ENOSPC, EIO, EDQUOT, EROFS, EMFILE, EINTR]
    for (index, scenario) in smallScenarios.enumerated() {
      let counting = fresh()
      let all = try countedCalls(
        Step(library: library, under: counting, log: ""), scenario, counting, &row)
      remove(counting)
      for number in steps(all, wanted: index == 0 ? count : count / 3) {
        let out = fresh()
        defer { remove(out) }
        let error = errors[random.next(below: errors.count)]
        let step = Step(
          library: library, under: out, number: number, kind: "\(error)", log: fresh("log"))
        let (ending, text) = try run(scenario, out, workers: 2, environment: step.environment)
        row.runs += 1
        let outcome = step.outcome()
        if outcome.hit != nil { row.injected += 1 }
        let words = [String(cString: strerror(error)), "annot"]
        if checkFailed(ending, text, telling: words, &row) {
          try checkUnfinished(scenario, out, &row)
        } else {
          row.note("done in spite of it")
          compare(try OutputFiles.read(out), scenario, &row)
        }
        try finish(scenario, out, workers: 2, &row)
        remove(step.log)
      }
    }
    return row
  }

  /// A read of an input fails: what was read before stays, the rest of this input is a reject, the others are whole.
  func errorsAtReads(count: Int) throws -> FaultRow {
    var row = FaultRow("I/O error on read", how: "EIO at the n-th read of an input; /proc/self/mem")
    guard let library = stepLibrary(&row) else { return row }
    let under =
      isGivenInput ? String(plain.inputs[0].dropLast(baseName(plain.inputs[0]).count + 1)) : folder + "/dump"
    var checker = OutputChecker(expected: plain.expected, scratch: folder)
    try checker.takeReference(plain.reference)
    let counting = fresh()
    var first = Step(library: library, under: under, calls: "open,read", log: "")
    let all = try countedCalls(first, plain, counting, &row)
    remove(counting)
    for number in steps(all, wanted: count) {
      let out = fresh()
      defer { remove(out) }
      first.number = number
      first.kind = "\(EIO)"
      first.log = fresh("log")
      let (ending, text) = try run(plain, out, workers: 2, environment: first.environment)
      row.runs += 1
      guard let path = first.outcome().hit else {
        row.misbehave("no call was hit")
        continue
      }
      row.injected += 1
      if ending != .exited(0), ending != .exited(3) { row.misbehave("\(ending): \(lastLine(text))") }
      let name = isGivenInput ? baseName(path) : "dump" + path.dropFirst(under.count)
      let files = try OutputFiles.read(out)
      row.add(try checker.check(files, cut: [name: ["unreadable"]]))
      if files["rejects.jsonl.zst"] == plain.reference["rejects.jsonl.zst"] {
        row.misbehave("no reject tells the error")
      }
      if !(try isVerified(out)) { row.misbehave("verify finds the run unsound") }
      remove(first.log)
    }
    return row
  }

  func baseName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
