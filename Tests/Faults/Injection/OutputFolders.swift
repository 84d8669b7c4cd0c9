import FaultChecking
import FoundationEssentials
import Glibc

/// Output folders that cannot be written to, or are taken away.
extension Workshop {
  /// Another user's folder; a read-only mount.
  func readOnlyOutputs(count: Int) throws -> FaultRow {
    var row = FaultRow("output folder read-only", how: "another user's; mode 0555 in mid-run; mounted ro")
    for attempt in 0..<count {
      let scenario = scenario(attempt % 4 == 3 ? 1 : 0)
      let place = fresh("place")
      try makeFolder(place)
      let out = place + "/out"
      defer { remove(place) }
      switch attempt % 3 {
      case 0: try readOnlyFromTheStart(scenario, place, out, &row)
      case 1: try readOnlyInMidRun(scenario, place, out, &row)
      default: try readOnlyMount(scenario, place, out, &row)
      }
    }
    return row
  }

  private func readOnlyFromTheStart(
    _ scenario: Scenario, _ place: String, _ out: String, _ row: inout FaultRow
  ) throws {
    if random.next(below: 2) == 0 { try makeFolder(out) }
    for path in [out, place] where OutputWatch.exists(path) { chmod(path, 0o555) }
    let (ending, errors) = try run(scenario, out, workers: 2, prefix: Self.asNobody)
    row.runs += 1
    if checkFailed(ending, errors, telling: ["Permission denied"], &row) { row.injected += 1 }
    for path in [place, out] where OutputWatch.exists(path) { chmod(path, 0o777) }
    try checkUnfinished(scenario, out, &row)
    try finish(scenario, out, workers: 2, &row)
  }

  private func readOnlyInMidRun(
    _ scenario: Scenario, _ place: String, _ out: String, _ row: inout FaultRow
  ) throws {
    chmod(place, 0o777)
    let process = try start(scenario, out, workers: 2, prefix: Self.asNobody)
    waitForShard(process, scenario, out)
    let which = ["", "/_tmp", "/_markers"][random.next(below: 3)]
    chmod(out + which, 0o555)
    let ending = process.wait(seconds: patience)
    row.runs += 1
    if checkFailed(ending, process.errorText, telling: ["Permission denied"], &row) { row.injected += 1 }
    chmod(out + which, 0o777)
    try checkUnfinished(scenario, out, &row)
    try finish(scenario, out, workers: 2, &row)
  }

  private func readOnlyMount(
    _ scenario: Scenario, _ place: String, _ out: String, _ row: inout FaultRow
  ) throws {
    guard geteuid() == 0,
      (try? Tool.output(["mount", "-t", "tmpfs", "-o", "ro,size=1G", "tmpfs", place])) != nil
    else {
      row.note("read-only mounts not tested: not allowed here")
      return
    }
    defer { _ = try? Tool.output(["umount", "-l", place]) }
    let (ending, errors) = try run(scenario, out, workers: 2)
    row.runs += 1
    if checkFailed(ending, errors, telling: ["Read-only file system"], &row) { row.injected += 1 }
    try Tool.output(["mount", "-o", "remount,rw", place])
    try checkUnfinished(scenario, out, &row)
    try finish(scenario, out, workers: 2, &row)
  }

  /// The folder, or a part of it, removed while the run goes on.
  func removedOutputs(count: Int) throws -> FaultRow {
    var row = FaultRow("output folder removed", how: "rm -rf in mid-run: all of it, _tmp, _markers, a shard")
    let parts = ["", "/_tmp", "/_markers", "/part-00000.jsonl.zst", "/_run.json"]
    for attempt in 0..<count {
      let scenario = scenario(attempt % 7 == 6 ? 1 : 0)
      let part = parts[attempt % parts.count]
      let out = fresh()
      defer { remove(out) }
      let workers = 1 + random.next(below: 2)
      let process = try start(scenario, out, workers: workers)
      waitForShard(process, scenario, out)
      let isRunning = process.endingNow() == nil
      // What it makes while the removal goes on may stay; then some of the folder is there.
      _ = try? Tool.output(["rm", "-rf", out + part])
      let ending = process.wait(seconds: patience)
      row.runs += 1
      let words = ["No such file or directory", "is gone", "was removed"]
      let hasFailed = checkFailed(ending, process.errorText, telling: words, &row)
      if isRunning { row.injected += 1 }
      if hasFailed {
        if try OutputFiles.read(out)["manifest.json"] != nil { try checkUnfinished(scenario, out, &row) }
      } else if isRunning, OutputWatch.exists(out + "/manifest.json") {
        // It did not notice, or need not: then all must be there.
        let before = row.misbehaved
        compare(try OutputFiles.read(out), scenario, &row)
        if row.misbehaved != before { row.misbehave("done without a word after removing \(part)") }
      } else if isRunning {
        row.misbehave("done, and there is no manifest after removing \(part)")
      }
      // What a removal left half done, or without `_run.json`, is nobody's: it is refused, and goes.
      if hasFailed, try run(scenario, out, workers: 1).ending == .exited(1) {
        row.runs += 1
        row.note("refused after it, as nobody's folder")
        remove(out)
      }
      try finish(scenario, out, workers: workers, &row)
    }
    return row
  }

  /// Waits until a random shard is there, and then for part of the time a shard takes.
  func waitForShard(_ process: ChildProcess, _ scenario: Scenario, _ out: String) {
    let watch = OutputWatch(out)
    let step = OutputStep.shard(1 + random.next(below: max(1, scenario.shardCount - 2)))
    while process.endingNow() == nil, !watch.hasSeen(step) { usleep(100) }
    let gap = scenario.seconds(workers: 2) / Double(max(1, scenario.shardCount))
    usleep(UInt32(random.nextUnit() * gap * 0.5e6))
  }

  /// A user who owns nothing; root may do everything, so that permissions would not be tested.
  static var asNobody: [String] {
    geteuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
  }
}
