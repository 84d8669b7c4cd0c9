import Glibc

/// Who writes to an output folder, as `_lock` in it says.
public struct FolderOwner: Sendable, Hashable, Decodable {
  /// Tells this hold on the folder from all others.
  var token: String
  /// Number of the process.
  public var process: Int
  /// When that process started, in clock ticks since its host did: a later process of the same number is another one.
  /// Nil where the system does not say.
  public var started: Int?
  /// Name of its host.
  public var host: String
  /// When it took the folder, in seconds since 1970.
  public var since: Int

  /// This process, from now on.
  static func here() -> FolderOwner {
    FolderOwner(
      token: String(UInt64.random(in: .min ... .max), radix: 36), process: Int(getpid()),
      started: ProcessState.find(Int(getpid())).started, host: ProcessState.hostName, since: time(nil))
  }

  /// The bytes of `_lock`.
  var encoded: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("token")
    json.string(token)
    json.key("process")
    json.int(process)
    if let started {
      json.key("started")
      json.int(started)
    }
    json.key("host")
    json.string(host)
    json.key("since")
    json.int(since)
    json.endObject()
    json.newline()
    return json.bytes
  }

  /// Who it is and for how long, in words.
  ///
  /// - Parameters:
  ///   - deed: What it has been doing, such as `writing to out/`.
  ///   - now: Seconds since 1970.
  func description(doing deed: String, now: Int) -> String {
    // The file may be damaged: any time may stand in it.
    let age = now.subtractingReportingOverflow(since).partialValue
    return "process \(process) on host \(host) has been \(deed) for \(TimeText.duration(age)) "
      + "(since \(TimeText.utc(seconds: since)))"
  }
}

/// Whether the owner that `_lock` names is still at work, as far as this host can tell.
enum OwnerLife: Sendable, Hashable {
  /// There is no `_lock`.
  case none
  /// Its process runs on this host.
  case alive
  /// It ran on this host and is gone.
  case dead
  /// It is on another host, or `_lock` cannot be read: nobody here can tell.
  case unknown

  /// Decides from what is known of the process of that number on this host.
  init(_ owner: FolderOwner, here host: String, process: ProcessState) {
    guard owner.host == host else {
      self = .unknown
      return
    }
    let isAnother = owner.started != nil && process.started != nil && owner.started != process.started
    self = process.isRunning && !isAnother ? .alive : .dead
  }
}

/// What becomes of an attempt to hold a folder alone, as a pure value.
///
/// `flock` is the authority where the file system has it; where it has not, the file `_lock` is.
enum LockDecision: Sendable, Hashable {
  /// What `flock` said.
  enum Answer: Sendable, Hashable {
    /// Nobody else has it, or nobody has it alone.
    case granted
    /// Somebody else has it.
    case held
    /// The file system knows no locks.
    case unsupported
  }

  /// Nobody else holds the folder.
  case take
  /// Somebody seems to, and the user said to take it nevertheless.
  case seize
  /// Somebody does.
  case refuse

  /// Decides.
  init(_ answer: Answer, owner: OwnerLife, isForced: Bool) {
    let isFree =
      switch (answer, owner) {
      case (.held, _): false
      // Who took the folder by force may not have the lock, and is at work all the same.
      case (_, .alive): false
      case (.granted, _): true
      case (.unsupported, .none), (.unsupported, .dead): true
      case (.unsupported, .unknown): false
      }
    self = isFree ? .take : isForced ? .seize : .refuse
  }
}

/// What this host knows of a process.
struct ProcessState: Sendable, Hashable {
  /// Whether there is such a process that has not ended.
  var isRunning: Bool
  /// When it started, in clock ticks since the host did; nil where the system does not say.
  var started: Int?

  /// Name of this host.
  static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Asks the system.
  static func find(_ process: Int) -> ProcessState {
    guard process > 0, let number = pid_t(exactly: process) else { return ProcessState(isRunning: false) }
    if let line = statusLine("/proc/\(number)/stat"), let state = ProcessState(statusLine: line) {
      return state
    }
    return ProcessState(isRunning: kill(number, 0) == 0 || errno == EPERM)
  }

  init(isRunning: Bool, started: Int? = nil) {
    self.isRunning = isRunning
    self.started = started
  }

  /// Reads a line of `/proc/PID/stat` (proc(5)): the name stands in parentheses and may hold anything; the state
  /// follows it, and the start is 19 fields further on. A process that ended and was not asked for is a zombie.
  init?(statusLine line: String) {
    guard let close = line.utf8.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = line.utf8[line.utf8.index(after: close)...].split(separator: UInt8(ascii: " "))
    guard fields.count > 19, let state = fields[0].first else { return nil }
    isRunning = !"ZXx".utf8.contains(state)
    started = Int(Substring(fields[19]))
  }

  private static func statusLine(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = ShardFiles.retrying { read(descriptor, &bytes, bytes.count) }
    return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
  }
}

/// Times as messages show them.
enum TimeText {
  /// `2026-03-01T07:05:00Z`.
  static func utc(seconds: Int) -> String {
    var clock = time_t(seconds)
    var parts = tm()
    guard gmtime_r(&clock, &parts) != nil else { return "\(seconds) s after 1970" }
    func digits(_ value: some BinaryInteger, _ count: Int = 2) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
    return "\(digits(Int(parts.tm_year) + 1900, 4))-\(digits(parts.tm_mon + 1))-\(digits(parts.tm_mday))"
      + "T\(digits(parts.tm_hour)):\(digits(parts.tm_min)):\(digits(parts.tm_sec))Z"
  }

  /// The same from nanoseconds, to the nanosecond when asked for.
  static func utc(nanoseconds: Int, exactly: Bool) -> String {
    let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    let text = utc(seconds: rest < 0 ? seconds - 1 : seconds)
    guard exactly else { return text }
    let digits = String(rest < 0 ? rest + 1_000_000_000 : rest)
    return "\(text.dropLast()).\(String(repeating: "0", count: 9 - digits.utf8.count))\(digits)Z"
  }

  /// `12 s`, `12 min`, `3 h 5 min`, `2 days`; clocks of two hosts may differ, so never less than nothing.
  static func duration(_ seconds: Int) -> String {
    let minutes = max(0, seconds) / 60
    if minutes < 2 { return "\(max(0, seconds)) s" }
    if minutes < 120 { return "\(minutes) min" }
    if minutes < 48 * 60 { return "\(minutes / 60) h \(minutes % 60) min" }
    return "\(minutes / (24 * 60)) days"
  }
}
