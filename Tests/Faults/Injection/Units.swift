import FaultChecking
import FoundationEssentials
import Glibc

/// Inputs worked on one by one, by many processes on one folder.
extension Workshop {
  /// Two processes for each input at once, some of them killed, until each input is done; then `finish`.
  func killedUnits(count: Int) throws -> FaultRow {
    var row = FaultRow(
      "SIGKILL among many processes", how: "warraq shard twice an input at once, then finish")
    let inputs = Set(plain.expected.map(\.place.input)).filter { !$0.hasSuffix(".txt") }.count
    // By a pattern that keeps the folder in the names.
    let pattern = folder + "/dum[p]/*.jsonl*"
    func unit(_ number: Int, _ out: String) throws -> ChildProcess {
      try ChildProcess([
        program, "shard", plain.config, "--input", pattern, "--nth", "\(number)", "--output", out,
        "--workers", "1",
      ])
    }
    func finishUnits(_ out: String) throws -> [String: Data] {
      let process = try ChildProcess([program, "finish", out])
      let ending = process.wait(seconds: patience)
      row.runs += 1
      if ending != .exited(0) { row.misbehave("finish: \(ending), \(lastLine(process.errorText))") }
      if !(try isVerified(out)) { row.misbehave("verify finds the finished folder unsound") }
      return try OutputFiles.read(out)
    }
    func runAlone(_ number: Int, _ out: String) throws {
      let process = try unit(number, out)
      let ending = process.wait(seconds: patience)
      row.runs += 1
      if ending != .exited(0) { row.misbehave("unit \(number): \(ending), \(lastLine(process.errorText))") }
    }
    let alone = fresh("units")
    defer { remove(alone) }
    for number in 1...inputs { try runAlone(number, alone) }
    let reference = try finishUnits(alone)
    try checkUnits(reference, &row)
    while row.injected < count, row.runs < 20 * count + 50 {
      let out = fresh("units")
      defer { remove(out) }
      let processes = try (1...inputs).flatMap { [try unit($0, out), try unit($0, out)] }
      for process in processes {
        usleep(UInt32(random.nextUnit() * plain.seconds(workers: 1) * 0.2e6))
        if random.next(below: 2) == 0 { process.signal(SIGKILL) }
      }
      for process in processes {
        let ending = process.wait(seconds: patience)
        row.runs += 1
        switch ending {
        case .exited(0): break
        case .signalled(SIGKILL): row.injected += 1
        default: row.misbehave("\(ending): \(lastLine(process.errorText))")
        }
      }
      let early = try ChildProcess([program, "verify", out]).wait(seconds: patience)
      if early == .exited(0) { row.misbehave("verify finds a folder sound that is not finished") }
      for number in 1...inputs { try runAlone(number, out) }
      let files = try finishUnits(out)
      let differences = OutputFiles.differences(files, reference)
      row.wrong += differences.count
      if let first = differences.first { row.misbehave(first) }
    }
    return row
  }

  /// The records of the units together are those of the run over all inputs.
  private func checkUnits(_ files: [String: Data], _ row: inout FaultRow) throws {
    let expected = plain.expected.filter { !$0.place.input.hasSuffix(".txt") }
    var checker = OutputChecker(expected: expected, scratch: folder)
    try checker.takeReference(plain.reference)
    row.add(try checker.check(files))
  }
}
