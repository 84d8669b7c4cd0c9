import FaultChecking
import Glibc

/// Limits of the system that are too tight.
extension Workshop {
  /// So few open files that a run may not even start.
  func openFileLimits() throws -> FaultRow {
    var row = FaultRow("too few open files", how: "RLIMIT_NOFILE from 3 upward")
    let limits =
      isGivenInput
      ? [6, 10, 16] : isLong ? Array(3...24) + [28, 32, 48, 64] : [3, 5, 6, 7, 8, 9, 10, 12, 16, 24, 32]
    for (index, scenario) in scenarios.enumerated() {
      for limit in limits where isLong || index == 0 || limit % 4 == 0 {
        let out = fresh()
        defer { remove(out) }
        let (ending, errors) = try run(scenario, out, workers: 2, prefix: ["prlimit", "--nofile=\(limit)"])
        row.runs += 1
        let before = row.misbehaved
        // With so few the loader of shared libraries says it, and exits with a code of its own.
        if ending == .exited(127), errors.contains("shared librar") {
          row.injected += 1
          row.note("stopped by the system's loader")
        } else if checkFailed(ending, errors, telling: ["Too many open files", "files may be open"], &row) {
          row.injected += 1
        } else {
          // It ran to its end: then all of it must be right, not be listed as unreadable.
          compare(try OutputFiles.read(out), scenario, &row)
        }
        if row.misbehaved != before { row.misbehave("with a limit of \(limit)") }
        try checkUnfinished(scenario, out, &row)
        try finish(scenario, out, workers: 2, &row)
      }
    }
    return row
  }

  /// Too little memory. Swift ends a process that gets none by a trap, and so does the system's loader: that is no failure
  /// of the data.
  func memoryLimits(count: Int) throws -> FaultRow {
    var row = FaultRow("too little memory", how: "RLIMIT_AS of 24 MiB upward, by factors")
    for (index, scenario) in scenarios.enumerated() {
      var limit = 24 << 20
      for _ in 0..<(index == 0 ? count : max(1, count / 2)) {
        let out = fresh()
        defer { remove(out) }
        let (ending, errors) = try run(scenario, out, workers: 2, prefix: ["prlimit", "--as=\(limit)"])
        row.runs += 1
        switch ending {
        case .exited(0), .exited(3): compare(try OutputFiles.read(out), scenario, &row)
        case .signalled(let signal) where [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS].contains(signal):
          row.injected += 1
          row.note("ended by signal \(signal) at \(limit >> 20) MiB")
        case .exited(127) where errors.contains("shared librar"):
          row.injected += 1
          row.note("stopped by the system's loader")
        case .exited(let code):
          row.injected += 1
          row.note("exit code \(code), and it says what is missing")
          let words = ["emory", "address space", "annot allocate"]
          if !words.contains(where: { errors.contains($0) }) {
            row.misbehave("unclear error: \(lastLine(errors))")
          }
        default: row.misbehave("\(ending) at \(limit >> 20) MiB: \(lastLine(errors))")
        }
        try checkUnfinished(scenario, out, &row)
        try finish(scenario, out, workers: 2, &row)
        let part = isLong ? 4 : 2
        limit += limit / part + random.next(below: limit / part)
        if limit > 4 << 30 { break }
      }
    }
    return row
  }
}

extension Workshop {
  /// Fewer threads than a run takes, for a user who is not root.
  func threadLimits(count: Int) throws -> FaultRow {
    var row = FaultRow("too few threads", how: "RLIMIT_NPROC of 1 upward, for another user")
    guard geteuid() == 0 else {
      row.impossible = "needs root to run as a user who has no other processes"
      return row
    }
    for limit in 1...count {
      let place = fresh("place")
      try makeFolder(place)
      chmod(place, 0o777)
      let out = place + "/out"
      defer { remove(place) }
      let (ending, errors) = try run(
        plain, out, workers: 2,
        prefix: Self.asNobody + ["prlimit", "--nproc=\(limit)"])
      row.runs += 1
      let words = ["threads run", "temporarily unavailable", "thread"]
      if checkFailed(ending, errors, telling: words, &row) {
        row.injected += 1
      } else {
        compare(try OutputFiles.read(out), plain, &row)
      }
      try checkUnfinished(plain, out, &row)
      try finish(plain, out, workers: 2, &row)
    }
    return row
  }
}
