import Foundation
import Testing

@testable import Corpus

struct LockDecisionTests {
  private typealias Answer = LockDecision.Answer

  /// Every combination, written out: whoever changes a rule changes a line here.
  @Test(arguments: [
    (LockDecision.Answer.granted, OwnerLife.none, true), (.granted, .dead, true), (.granted, .unknown, true),
    (.granted, .alive, false), (.held, .none, false), (.held, .dead, false), (.held, .unknown, false),
    (.held, .alive, false), (.unsupported, .none, true), (.unsupported, .dead, true),
    (.unsupported, .unknown, false), (.unsupported, .alive, false),
  ])
  func aFolderIsTakenWhenNobodyHoldsIt(answer: LockDecision.Answer, owner: OwnerLife, isFree: Bool) {
    #expect(LockDecision(answer, owner: owner, isForced: false) == (isFree ? .take : .refuse))
    #expect(LockDecision(answer, owner: owner, isForced: true) == (isFree ? .take : .seize))
  }

  @Test func anOwnerIsAliveWhenThatVeryProcessRunsHere() {
    func life(_ host: String, _ started: Int?, _ state: ProcessState) -> OwnerLife {
      OwnerLife(
        FolderOwner(token: "t", process: 7, started: started, host: host, since: 0), here: "a", process: state
      )
    }
    let running = ProcessState(isRunning: true, started: 40)
    #expect(life("a", 40, running) == .alive)
    #expect(life("a", 39, running) == .dead, "the number went to another process")
    #expect(life("a", nil, running) == .alive)
    #expect(life("a", 40, ProcessState(isRunning: true)) == .alive)
    #expect(life("a", 40, ProcessState(isRunning: false)) == .dead)
    #expect(life("b", 40, running) == .unknown)
  }

  @Test func theStatusLineOfAProcessIsRead() {
    let rest = " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20 21"
    #expect(ProcessState(statusLine: "9 (warraq) S" + rest) == ProcessState(isRunning: true, started: 4711))
    #expect(ProcessState(statusLine: "9 (a) Z (b) R" + rest) == ProcessState(isRunning: true, started: 4711))
    #expect(ProcessState(statusLine: "9 (warraq) Z" + rest)?.isRunning == false)
    #expect(ProcessState(statusLine: "9 (warraq) S 1 2") == nil)
    #expect(ProcessState(statusLine: "") == nil)
  }

  @Test func processesAreFound() throws {
    let own = ProcessState.find(Int(getpid()))
    #expect(own.isRunning && own.started != nil)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sleep")
    process.arguments = ["60"]
    try process.run()
    #expect(ProcessState.find(Int(process.processIdentifier)).isRunning)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(!ProcessState.find(Int(process.processIdentifier)).isRunning)
    #expect(!ProcessState.find(0).isRunning && !ProcessState.find(-1).isRunning)
  }

  @Test func timesAreReadable() {
    #expect(TimeText.utc(seconds: 951_782_400) == "2000-02-29T00:00:00Z")
    #expect(
      TimeText.utc(nanoseconds: 951_782_400_000_000_007, exactly: true) == "2000-02-29T00:00:00.000000007Z")
    #expect(TimeText.utc(nanoseconds: -1, exactly: true) == "1969-12-31T23:59:59.999999999Z")
    let durations = [-5, 0, 119, 120, 7199, 7200, 11_100, 172_800].map(TimeText.duration)
    #expect(durations == ["0 s", "0 s", "119 s", "2 min", "119 min", "2 h 0 min", "3 h 5 min", "2 days"])
  }
}

struct FolderLockTests {
  private let folder: ScratchFolder

  init() throws {
    folder = ScratchFolder()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
  }

  /// A file system without locks.
  private static let unsupported: @Sendable (Int32, Int32) -> LockDecision.Answer = { _, _ in .unsupported }

  private static func system(hasFlock: Bool) -> (Int32, Int32) -> LockDecision.Answer {
    if hasFlock { return { FolderLock.askSystem($0, $1) } }
    return { _, _ in .unsupported }
  }

  private func write(process: Int, host: String = ProcessState.hostName) throws {
    let owner = FolderOwner(token: "other", process: process, started: nil, host: host, since: 0)
    try folder.write(owner.encoded, "_lock")
  }

  /// A process that has ended.
  private static let gone: Int = {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/true")
    guard (try? process.run()) != nil else { return 0 }
    process.waitUntilExit()
    return Int(process.processIdentifier)
  }()

  @Test(arguments: [true, false])
  func onlyOneAtATimeHoldsAFolder(hasFlock: Bool) throws {
    let ask = Self.system(hasFlock: hasFlock)
    let first = try FolderLock(folder.path, ask: ask)
    #expect(throws: ShardError.self) { try FolderLock(folder.path, ask: ask) }
    try first.confirm()
    first.release()
    #expect(folder.names() == [])
    let second = try FolderLock(folder.path, ask: ask)
    try second.confirm()
    #expect(folder.names() == ["_lock"])
  }

  @Test(arguments: [true, false])
  func whoeverIsGoneHoldsNothing(hasFlock: Bool) throws {
    try write(process: Self.gone)
    let lock = try FolderLock(folder.path, ask: Self.system(hasFlock: hasFlock))
    try lock.confirm()
    lock.release()
    #expect(folder.names() == [])
  }

  @Test func anotherHostsFileDecidesOnlyWhereThereIsNoFlock() throws {
    try write(process: 1, host: "elsewhere")
    let error = try #require(throws: ShardError.self) { try FolderLock(folder.path, ask: Self.unsupported) }
    #expect("\(error)".contains("process 1 on host elsewhere") && "\(error)".contains("1970-01-01T00:00:00Z"))
    try FolderLock(folder.path).confirm()
  }

  @Test func aDamagedFileIsNobodysWordWhereThereIsNoFlock() throws {
    try folder.write(Array("{".utf8), "_lock")
    #expect(throws: ShardError.self) { try FolderLock(folder.path, ask: Self.unsupported) }
    try FolderLock(folder.path, isForced: true, ask: Self.unsupported).confirm()
  }

  @Test(arguments: [true, false])
  func whoLosesTheFolderLearnsIt(hasFlock: Bool) throws {
    let ask = Self.system(hasFlock: hasFlock)
    let first = try FolderLock(folder.path, ask: ask)
    let second = try FolderLock(folder.path, isForced: true, ask: ask)
    try second.confirm()
    let error = try #require(throws: ShardError.self) { try first.confirm() }
    #expect("\(error)".contains("process \(getpid()) on host"))
    // A third one is refused, though the lock is free once the first has let go.
    first.release()
    #expect(throws: ShardError.self) { try FolderLock(folder.path, ask: ask) }
    try second.confirm()
    second.release()
    #expect(folder.names() == [])
    try FolderLock(folder.path, ask: ask).confirm()
  }

  @Test func whoFindsNoFileAnyMoreHasLostTheFolder() throws {
    let lock = try FolderLock(folder.path)
    try FileManager.default.removeItem(at: folder.url("_lock"))
    #expect(throws: ShardError.self) { try lock.confirm() }
  }

  @Test func severalShareAFolderAndNobodyHasItAloneMeanwhile() throws {
    let shared = [try FolderLock(folder.path, .shared), try FolderLock(folder.path, .shared)]
    #expect(folder.names() == [])
    #expect(throws: ShardError.self) { try FolderLock(folder.path) }
    for lock in shared {
      try lock.confirm()
      lock.release()
    }
    let alone = try FolderLock(folder.path)
    #expect(throws: ShardError.self) { try FolderLock(folder.path, .shared) }
    alone.release()
  }
}
