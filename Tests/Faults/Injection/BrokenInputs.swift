import FaultChecking
import FoundationEssentials
import Glibc

/// Inputs that go away, get shorter or cannot be read while a run is under way.
extension Workshop {
  /// Why an input, or the rest of it, is not there.
  private static let damage: Set<String> = ["unreadable", "truncatedStream", "corruptStream"]

  /// The inputs again, in a folder of their own that may be damaged.
  private func copiedInputs() throws -> (folder: String, inputs: [String]) {
    let place = fresh("inputs")
    try makeFolder(place)
    chmod(place, 0o755)
    var inputs: [String] = []
    for input in plain.inputs {
      try Tool.output(["cp", "-r", input, place])
      inputs.append(place + "/" + baseName(input))
    }
    return (place, inputs)
  }

  /// Files of the inputs with the names that records give them.
  private func files(_ place: String) -> [(path: String, name: String)] {
    Set(plain.expected.map(\.place.input)).sorted().map { (place + "/" + $0, $0) }
  }

  /// A file gets shorter while it is read.
  func cutInputs(count: Int) throws -> FaultRow {
    var row = FaultRow("an input cut while it is read", how: "truncated to a random size in mid-run")
    var checker = OutputChecker(expected: plain.expected, scratch: folder)
    try checker.takeReference(plain.reference)
    for _ in 0..<count {
      let (place, inputs) = try copiedInputs()
      let out = fresh()
      defer {
        remove(place)
        remove(out)
      }
      let all = files(place).filter { !$0.name.hasSuffix(".txt") }
      let target = all[random.next(below: all.count)]
      let process = try start(plain, out, workers: 1, inputs: inputs)
      waitForShard(process, plain, out)
      process.signal(SIGSTOP)
      let size = (try? FileManager.default.attributesOfItem(atPath: target.path)[.size] as? Int) ?? 1
      truncate(target.path, off_t(random.next(below: max(1, size))))
      let isRunning = process.endingNow() == nil
      process.signal(SIGCONT)
      let ending = process.wait(seconds: patience)
      row.runs += 1
      if isRunning { row.injected += 1 }
      try checkDamaged(ending, process.errorText, out, checker, [target.name: Self.damage], &row)
    }
    return row
  }

  private func checkDamaged(
    _ ending: Ending, _ errors: String, _ out: String, _ checker: OutputChecker, _ cut: OutputChecker.Cut,
    _ row: inout FaultRow
  ) throws {
    guard ending == .exited(0) || ending == .exited(3) else {
      row.misbehave("\(ending): \(lastLine(errors))")
      return
    }
    row.add(try checker.check(try OutputFiles.read(out), cut: cut))
    if !(try isVerified(out)) { row.misbehave("verify finds the run unsound") }
  }

  /// What happens to an input between being listed and being read.
  private enum Accident: CaseIterable {
    case removed, replacedByFolder, halved, emptied, forbidden

    func happen(to path: String) throws {
      switch self {
      case .removed: unlink(path)
      case .replacedByFolder:
        unlink(path)
        mkdir(path, 0o755)
      case .halved:
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 2
        truncate(path, off_t(size / 2))
      case .emptied: truncate(path, 0)
      case .forbidden: chmod(path, 0)
      }
    }
  }

  /// A pipe that comes first holds the run between listing and reading.
  func vanishingInputs(count: Int) throws -> FaultRow {
    var row = FaultRow(
      "an input gone before it is read", how: "removed, a folder in its place, cut, emptied, forbidden")
    let gate = ExpectedArticle(place: Place("gate.jsonl", 1), id: "gate", mark: "gate", fate: .record)
    var checker = OutputChecker(expected: [gate] + plain.expected, scratch: folder)
    try checker.takeReference(plain.reference)
    for attempt in 0..<count {
      let accident = Accident.allCases[attempt % Accident.allCases.count]
      let (place, inputs) = try copiedInputs()
      let out = fresh()
      defer {
        remove(place)
        remove(out)
      }
      let all = files(place)
      // One time in two a text file, which are many.
      let kind = all.filter { $0.name.hasSuffix(".txt") == (attempt % 2 == 0) }
      let target = kind[random.next(below: kind.count)]
      let pipe = place + "/gate.jsonl"
      mkfifo(pipe, 0o644)
      try makeFolder(out)
      chmod(out, 0o777)
      let process = try start(plain, out, workers: 2, inputs: [pipe] + inputs, prefix: Self.asNobody)
      guard let writer = openForWriting(pipe, while: process) else {
        row.misbehave("the pipe is not read: \(lastLine(process.errorText))")
        continue
      }
      try accident.happen(to: target.path)
      let line = Dump.line(
        id: "gate", title: "الباب", text: "فتح الباب في الصباح الباكر ودخل منه الناس.", mark: "gate")
      _ = write(writer, line, line.count)
      close(writer)
      let ending = process.wait(seconds: patience)
      row.runs += 1
      row.injected += 1
      try checkDamaged(ending, process.errorText, out, checker, [target.name: Self.damage], &row)
    }
    return row
  }

  /// Opens a pipe as soon as the run reads it.
  private func openForWriting(_ pipe: String, while process: ChildProcess) -> Int32? {
    while process.endingNow() == nil {
      let writer = open(pipe, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      if writer >= 0 { return writer }
      usleep(200)
    }
    return nil
  }

  /// A pipe whose writer dies before it has written everything.
  func dyingWriters(count: Int) throws -> FaultRow {
    var row = FaultRow(
      "a pipe whose writer dies", how: "after a random number of bytes; plain, gzip, bzip2, zstd")
    let sources = files(folder).filter { !$0.name.hasSuffix(".txt") }
    for attempt in 0..<count {
      let source = sources[attempt % sources.count]
      let place = fresh("pipes")
      let out = fresh()
      defer {
        remove(place)
        remove(out)
      }
      try makeFolder(place + "/dump")
      let pipe = place + "/" + source.name
      mkfifo(pipe, 0o644)
      let bytes = try Data(contentsOf: URL(filePath: source.path))
      let written = random.next(below: bytes.count)
      // By a pattern, so that the input has the name of the file.
      let process = try start(plain, out, workers: 2, inputs: [place + "/dum[p]/" + baseName(pipe)])
      let writer = try ChildProcess([
        "sh", "-c", #"exec head -c "$1" "$2" > "$3""#, "sh", "\(written)", source.path, pipe,
      ])
      let ending = process.wait(seconds: patience)
      _ = writer.wait(seconds: 10)
      row.runs += 1
      row.injected += 1
      var expected = plain.expected.filter { $0.place.input == source.name }
      var cut: OutputChecker.Cut = [:]
      if source.name.hasSuffix(".jsonl") {
        // Nobody can know that there was more; the cut line is seen, and the ones before it are owed.
        expected = Self.expected(expected, in: bytes.prefix(written))
      } else {
        cut[source.name] = Self.damage
      }
      var checker = OutputChecker(expected: expected, scratch: folder)
      try checker.takeReference(plain.reference)
      if let last = expected.last, last.fate == .recordOrReject { checker.forget(last.place) }
      try checkDamaged(ending, process.errorText, out, checker, cut, &row)
    }
    return row
  }

  /// The articles of whole lines, and the last one that is cut as what cannot be foretold.
  private static func expected(_ articles: [ExpectedArticle], in bytes: Data) -> [ExpectedArticle] {
    func isArticle(_ line: Data) -> Bool { line.contains { $0 != 0x20 } }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let whole = lines.dropLast().count { isArticle($0) }
    var expected = Array(articles.prefix(whole))
    if let last = lines.last, isArticle(last), whole < articles.count {
      expected.append(ExpectedArticle(place: articles[whole].place, fate: .recordOrReject))
    }
    return expected
  }

  /// What cannot be read is found when inputs are listed, or at the first read.
  func unreadableInputs(count: Int) throws -> FaultRow {
    var row = FaultRow(
      "inputs that cannot be read", how: "mode 0, dead link, link to itself, pipe, device, EIO")
    for _ in 0..<count {
      let (place, inputs) = try copiedInputs()
      let out = fresh()
      defer {
        remove(place)
        remove(out)
      }
      let dump = place + "/dump"
      try makeFolder(dump + "/9-closed")
      chmod(dump + "/9-closed", 0)
      symlink("/nowhere/at/all", dump + "/9-dead.jsonl")
      symlink("/proc/self/mem", dump + "/9-error.jsonl")
      symlink(".", dump + "/9-loop")
      mkfifo(dump + "/9-pipe", 0o644)
      symlink("/dev/zero", dump + "/9-zeros")
      let all = files(place)
      let target = all[random.next(below: all.count)]
      chmod(target.path, 0)
      func lost(_ name: String, _ record: Int = 0) -> ExpectedArticle {
        ExpectedArticle(place: Place(name, record), fate: .reject(reason: "unreadable"))
      }
      // What cannot be listed comes first; the read error where its input stands.
      let unlisted = [target.name] + ["closed", "dead.jsonl", "loop", "pipe", "zeros"].map { "dump/9-\($0)" }
      var expected = unlisted.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { lost($0) }
      let rest = plain.expected.filter { $0.place.input != target.name }
      expected += rest.filter { !$0.place.input.hasPrefix("dump/texts") } + [lost("dump/9-error.jsonl", 1)]
      expected += rest.filter { $0.place.input.hasPrefix("dump/texts") }
      try makeFolder(out)
      chmod(out, 0o777)
      let (ending, errors) = try run(plain, out, workers: 2, inputs: inputs, prefix: Self.asNobody)
      row.runs += 1
      row.injected += unlisted.count + 1
      var checker = OutputChecker(expected: expected, scratch: folder)
      try checker.takeReference(plain.reference)
      try checkDamaged(ending, errors, out, checker, [:], &row)
      chmod(dump + "/9-closed", 0o755)
    }
    return row
  }
}
