import CMemory
import Glibc
import Pipeline

/// Limits of the system under which a run would crash, or wait for ever for a thread, instead of saying what is missing.
struct ResourceLimits: Sendable, Hashable {
  /// Files that may be open at a time.
  var openFiles: UInt
  /// Bytes of address space.
  var addressSpace: UInt

  /// Files of a run: signals and timers of the system libraries, the output folder, an input, what is being written.
  static let neededFiles: UInt = 32
  /// Address space of any command: program, libraries, ICU's data, and some threads.
  static let neededSpace: UInt = 512 << 20
  /// Address space of a thread beside what it works on: its stack, and the heap that the C library sets aside for it.
  static let threadSpace: UInt = 72 << 20

  /// Those of this process.
  static var current: ResourceLimits {
    func limit(_ resource: __rlimit_resource) -> UInt {
      var limit = rlimit()
      return getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 ? UInt(limit.rlim_cur) : .max
    }
    return ResourceLimits(openFiles: limit(RLIMIT_NOFILE), addressSpace: limit(RLIMIT_AS))
  }

  /// Threads of a run with so many workers, those of the system libraries among them.
  static func threads(workers: Int) -> Int { workers + 6 }

  /// What is too tight for any command, and what to do; nil when nothing is.
  var shortage: String? {
    if openFiles < Self.neededFiles {
      return
        "only \(openFiles) files may be open at a time, and \(Self.neededFiles) are needed: ulimit -n 1024"
    }
    if addressSpace < Self.neededSpace {
      return
        "the address space is limited to \(addressSpace >> 20) MiB, and \(Self.neededSpace >> 20) are needed: "
        + "raise the limit (ulimit -v)"
    }
    return nil
  }

  /// What is too tight for a run of this memory bound; nil when nothing is.
  func shortageOfMemory(bound: Int, workers: Int) -> String? {
    let needed = UInt(max(0, bound)) + UInt(Self.threads(workers: workers)) * Self.threadSpace
    guard addressSpace < needed else { return nil }
    return
      "the address space is limited to \(addressSpace >> 20) MiB, and this run may need \(needed >> 20): "
      + "raise the limit (ulimit -v) or take fewer workers (--workers) or smaller articles and batches (input.maxArticleBytes, input.batchBytes)"
  }

  /// Says no when a limit is too tight for a run of the config.
  ///
  /// - Throws: `LimitError`.
  static func check(_ config: PipelineConfig) throws {
    let workers = config.workerCount
    if let shortage = current.shortageOfMemory(bound: MemoryBound(config).bytes, workers: workers) {
      throw LimitError(description: shortage)
    }
    try checkThreads(threads(workers: workers))
  }

  /// Says no when a limit is too tight for any command. Needs no other thread.
  ///
  /// - Throws: `LimitError`.
  static func checkForAnyCommand() throws {
    if let shortage = current.shortage { throw LimitError(description: shortage) }
    try checkThreads(3)
  }

  private static func checkThreads(_ count: Int) throws {
    let refused = warraq_threads_refused(Int32(count))
    guard refused != 0 else { return }
    throw LimitError(
      description: "the system does not let \(count) threads run (\(String(cString: strerror(refused)))): "
        + "raise the limit of processes (ulimit -u, or the container's) or take fewer workers (--workers)")
  }
}

/// A limit of the system that is too tight.
struct LimitError: Error, CustomStringConvertible {
  let description: String
}
