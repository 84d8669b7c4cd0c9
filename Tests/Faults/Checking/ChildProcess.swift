import FoundationEssentials
import Glibc

/// How a process ended.
public enum Ending: Hashable, Sendable, CustomStringConvertible {
  /// With this exit code.
  case exited(Int32)
  /// Killed by this signal.
  case signalled(Int32)
  /// It did not end in time and was killed for that.
  case hung

  /// In words.
  public var description: String {
    switch self {
    case .exited(let code): "exit code \(code)"
    case .signalled(let signal): "signal \(signal)"
    case .hung: "no end in time"
    }
  }
}

/// A process of its own that can be signalled at any moment. Belongs to one task.
public final class ChildProcess {
  /// Its process id.
  public let pid: pid_t
  /// What it has written to standard error so far, as far as it has been drained.
  public private(set) var errors: [UInt8] = []
  /// What it has written to standard output so far, as far as it has been drained.
  public private(set) var output: [UInt8] = []
  private var pipes: [(descriptor: Int32, isErrors: Bool)] = []
  private var ending: Ending?

  /// Starts a program found in PATH, with the signals' default actions and nothing on standard input.
  ///
  /// - Throws: ``Tool/Failure`` when it cannot be started.
  public init(_ arguments: [String], environment: [String: String] = [:]) throws {
    var out: [Int32] = [0, 0]
    var err: [Int32] = [0, 0]
    guard pipe(&out) == 0, pipe(&err) == 0 else {
      throw Tool.Failure(command: arguments, reason: "no pipe")
    }
    for descriptor in out + err { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, out[1], 1)
    posix_spawn_file_actions_adddup2(&actions, err[1], 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    let own = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = own.map { strdup("\($0.key)=\($0.value)") } + [nil]
    var started: pid_t = 0
    let status = posix_spawnp(&started, arguments[0], &actions, &attributes, &words, &variables)
    for word in words + variables { free(word) }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    close(out[1])
    close(err[1])
    pid = started
    for (descriptor, isErrors) in [(out[0], false), (err[0], true)] {
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
      pipes.append((descriptor, isErrors))
    }
    guard status == 0 else {
      throw Tool.Failure(command: arguments, reason: String(cString: strerror(status)))
    }
  }

  deinit {
    if ending == nil, pid > 0 {
      kill(pid, SIGKILL)
      var status: Int32 = 0
      waitpid(pid, &status, 0)
    }
    for pipe in pipes { close(pipe.descriptor) }
  }

  /// Sends a signal, unless it has ended.
  public func signal(_ number: Int32) {
    if endingNow() == nil { kill(pid, number) }
  }

  /// How it ended, or nil while it runs.
  public func endingNow() -> Ending? {
    if let ending { return ending }
    drain()
    var status: Int32 = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
    drain()
    let signal = status & 0x7F
    ending = signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
    return ending
  }

  /// Waits for the end; kills it after so many seconds.
  public func wait(seconds: Double) -> Ending {
    let limit = Moment.now + seconds
    while endingNow() == nil {
      if Moment.now > limit {
        kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        drain()
        ending = .hung
        break
      }
      // Wakes up early when it writes or ends, for then its pipes change.
      var polled = pipes.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
      poll(&polled, nfds_t(polled.count), 2)
      if polled.contains(where: { $0.revents & Int16(POLLHUP) != 0 }) { usleep(200) }
    }
    return ending ?? .hung
  }

  /// Standard error as text.
  public var errorText: String {
    drain()
    return String(decoding: errors, as: UTF8.self)
  }

  private func drain() {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    for pipe in pipes {
      while true {
        let got = read(pipe.descriptor, &buffer, buffer.count)
        guard got > 0 else { break }
        if pipe.isErrors { errors += buffer[..<got] } else { output += buffer[..<got] }
      }
    }
  }
}

/// Seconds on a clock that only goes forward.
public enum Moment {
  /// Now.
  public static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Programs that are asked for something and are expected to succeed.
public enum Tool {
  /// A program that could not be run, or failed.
  public struct Failure: Error, CustomStringConvertible {
    /// It and its arguments.
    public let command: [String]
    /// What it said.
    public let reason: String
    /// Makes a failure.
    public init(command: [String], reason: String) {
      self.command = command
      self.reason = reason
    }
    /// Both.
    public var description: String { "\(command.joined(separator: " ")): \(reason)" }
  }

  /// What it prints.
  ///
  /// - Throws: ``Failure`` when it cannot be run or exits with another code than 0.
  @discardableResult
  public static func output(_ command: [String], seconds: Double = 600) throws -> Data {
    let process = try ChildProcess(command)
    let ending = process.wait(seconds: seconds)
    guard ending == .exited(0) else {
      throw Failure(command: command, reason: "\(ending): \(process.errorText)")
    }
    return Data(process.output)
  }
}
