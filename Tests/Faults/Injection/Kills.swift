import FaultChecking
import FoundationEssentials
import Glibc
import Randomness

/// Processes ended from outside, several times in a row, then left to finish.
extension Workshop {
  /// A signal at moments drawn uniformly over the time a run takes.
  func killsAtRandom(_ signal: Int32, _ name: String, count: Int) throws -> FaultRow {
    var row = FaultRow("\(name) at random moments", how: "drawn uniformly over the run")
    try kills(signal, count: count, &row) { process, scenario, workers, _ in
      let moment = Moment.now + random.nextUnit() * scenario.seconds(workers: workers) * 1.05
      while Moment.now < moment, process.endingNow() == nil { usleep(100) }
    }
    return row
  }

  /// A signal as soon as something appears in the output folder, or a little later.
  func killsAtSteps(_ signal: Int32, _ name: String, count: Int) throws -> FaultRow {
    var row = FaultRow(
      "\(name) when a file appears", how: "in the folder, _tmp, _markers; manifest, listings")
    try kills(signal, count: count, &row) { process, scenario, _, out in
      let step = OutputStep.any(&random, shards: scenario.shardCount)
      let watch = OutputWatch(out)
      while process.endingNow() == nil, !watch.hasSeen(step) {}
      if random.next(below: 2) == 0 { usleep(UInt32(random.next(below: 2000))) }
    }
    return row
  }

  private func kills(
    _ signal: Int32, count: Int, _ row: inout FaultRow,
    _ waitForMoment: (ChildProcess, Scenario, _ workers: Int, _ out: String) -> Void
  ) throws {
    var sequence = 0
    // A run that ends too early for a kill costs time and proves nothing; it must not go on for ever.
    while row.injected < count, row.runs < 4 * count + 20 {
      sequence += 1
      // Three of four without the survey: there more is written.
      let scenario = scenario(sequence % 4 == 0 ? 1 : 0)
      let workers = 1 + sequence % 2
      let out = fresh()
      defer { remove(out) }
      for _ in 0..<min(1 + random.next(below: 4), count - row.injected) {
        let process = try start(scenario, out, workers: workers)
        waitForMoment(process, scenario, workers, out)
        process.signal(signal)
        let ending = process.wait(seconds: patience)
        row.runs += 1
        if judge(ending, of: signal, process.errorText, out, &row) {
          row.injected += 1
          try checkUnfinished(scenario, out, &row)
        } else {
          break
        }
      }
      try finish(scenario, out, workers: 1 + random.next(below: 2), &row)
    }
  }

  /// Whether the signal hit; an ending that is neither that nor success is noted as bad.
  private func judge(
    _ ending: Ending, of signal: Int32, _ errors: String, _ out: String, _ row: inout FaultRow
  ) -> Bool {
    switch ending {
    case .exited(0): return false
    case .signalled(signal):
      if signal != SIGKILL { row.note("before the program listened for it") }
      return true
    case .exited(130) where signal != SIGKILL:
      let state = try? reportedState(out)
      if state != "interrupted" { row.misbehave("exit code 130, and run.json says \(state ?? "nothing")") }
      if !errors.contains("same command again") { row.misbehave("interrupted without a word on going on") }
      return true
    default:
      row.misbehave("\(ending): \(lastLine(errors))")
      return true
    }
  }
}

/// Something that appears in, or goes from, an output folder.
enum OutputStep {
  case temporary(Int)
  case marker(Int)
  case shard(Int)
  case listing
  case manifest
  case state
  case swept

  static func any(_ random: inout SplitMix64, shards: Int) -> OutputStep {
    let number = 1 + random.next(below: max(1, shards))
    return switch random.next(below: 10) {
    case 0...2: .temporary(number)
    case 3, 4: .marker(number)
    case 5, 6: .shard(number)
    case 7: .listing
    case 8: .manifest
    default: random.next(below: 2) == 0 ? .state : .swept
    }
  }
}

/// Looks into an output folder again and again, counting what appears.
final class OutputWatch {
  private let out: String
  private var temporaries: Set<String> = []
  private var hadTemporaries = false

  init(_ out: String) { self.out = out }

  func hasSeen(_ step: OutputStep) -> Bool {
    switch step {
    case .temporary(let number):
      for name in Self.list(out + "/_tmp") { temporaries.insert(name) }
      return temporaries.count >= number
    case .marker(let number):
      return Self.list(out + "/_markers").count { $0.hasSuffix(".json") } >= number
    case .shard(let number): return Self.exists(out + "/" + shard(number - 1))
    case .listing:
      return ["rejects", "duplicates", "ledger"].contains { Self.exists("\(out)/\($0).jsonl.zst") }
    case .manifest: return Self.exists(out + "/manifest.json")
    case .state: return Self.list(out).contains { $0.hasPrefix("_") }
    case .swept:
      if Self.exists(out + "/_tmp") { hadTemporaries = true }
      return hadTemporaries && !Self.exists(out + "/_tmp")
    }
  }

  private func shard(_ index: Int) -> String {
    let digits = "\(index)"
    return "part-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".jsonl.zst"
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func list(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
