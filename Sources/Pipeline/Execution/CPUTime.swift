#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Processor time, in nanoseconds.
public enum CPUTime {
  /// Time used by the calling thread; differences count only where no suspension lies between.
  public static var thread: UInt64 { read(CLOCK_THREAD_CPUTIME_ID) }
  /// Time used by all threads of the process.
  public static var process: UInt64 { read(CLOCK_PROCESS_CPUTIME_ID) }

  private static func read(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
