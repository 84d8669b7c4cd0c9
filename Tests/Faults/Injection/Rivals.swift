import FaultChecking
import Glibc

/// Several runs on one output folder.
extension Workshop {
  /// What a run says that finds another one at work.
  private static let refusal = "Wait for it to end"

  /// One comes while another is at work.
  func secondRuns(count: Int) throws -> FaultRow {
    var row = FaultRow("a second run on the folder", how: "started at random moments of the first")
    for attempt in 0..<count {
      let scenario = scenario(attempt % 4 == 3 ? 1 : 0)
      let out = fresh()
      defer { remove(out) }
      let first = try start(scenario, out, workers: 1)
      usleep(UInt32(random.nextUnit() * scenario.seconds(workers: 1) * 0.9e6))
      // It holds still, so that the second one meets it at this very moment.
      let isStopped = attempt % 2 == 0
      if isStopped { first.signal(SIGSTOP) }
      let holdsFolder = OutputWatch.list(out).contains { $0.hasPrefix("_") }
      let (ending, errors) = try run(scenario, out, workers: 1)
      if isStopped { first.signal(SIGCONT) }
      let ended = first.wait(seconds: patience)
      row.runs += 2
      let isRefused = ending == .exited(1) && errors.contains(Self.refusal)
      if isRefused {
        row.injected += 1
      } else if isStopped, holdsFolder, !OutputWatch.exists(out + "/manifest.json") {
        row.misbehave("the second run is not refused: \(ending), \(lastLine(errors))")
      } else if ending != .exited(0) {
        row.misbehave("the second run: \(ending), \(lastLine(errors))")
      } else {
        row.note("the first had not begun or had ended")
      }
      if ended != .exited(0), !first.errorText.contains(Self.refusal) {
        row.misbehave("the first run: \(ended), \(lastLine(first.errorText))")
      }
      compare(try OutputFiles.read(out), scenario, &row)
    }
    return row
  }

  /// Many at the same moment: one does it, the others are refused or find it done.
  func crowds(count: Int) throws -> FaultRow {
    var row = FaultRow("four runs at once on a folder", how: "started together")
    for attempt in 0..<count {
      let scenario = scenario(attempt % 3 == 2 ? 1 : 0)
      let out = fresh()
      defer { remove(out) }
      let processes = try (0..<4).map { _ in try start(scenario, out, workers: 1) }
      var done = 0
      for process in processes {
        let ending = process.wait(seconds: patience)
        row.runs += 1
        if ending == .exited(0) {
          done += 1
        } else if ending == .exited(1), process.errorText.contains(Self.refusal) {
          row.injected += 1
        } else {
          row.misbehave("\(ending): \(lastLine(process.errorText))")
        }
      }
      if done == 0 { row.misbehave("all four were refused") }
      compare(try OutputFiles.read(out), scenario, &row)
    }
    return row
  }
}
