import Synchronization

/// How long the parts of a worker pool waited for one another, in nanoseconds of wall time.
public struct PoolWaits: Sendable, Equatable {
  /// The reader, for room in the in-flight budget: it is ahead of the others. When the workers wait as well, it is
  /// the writer that holds both up.
  public var reader: UInt64
  /// All workers together, for a batch to work on.
  public var workers: UInt64
  /// The writer, for something to write.
  public var writer: UInt64

  /// Makes figures.
  public init(reader: UInt64 = 0, workers: UInt64 = 0, writer: UInt64 = 0) {
    self.reader = reader
    self.workers = workers
    self.writer = writer
  }
}

/// Adds waits up while a pool runs.
public final class PoolWaitMeter: Sendable {
  private let reader = Atomic<UInt64>(0)
  private let workers = Atomic<UInt64>(0)
  private let writer = Atomic<UInt64>(0)

  /// Nothing has waited yet.
  public init() {}

  /// What has been added up so far.
  public var waits: PoolWaits {
    PoolWaits(
      reader: reader.load(ordering: .relaxed), workers: workers.load(ordering: .relaxed),
      writer: writer.load(ordering: .relaxed))
  }

  /// Who waits.
  enum Party { case reader, workers, writer }

  func add(_ party: Party, since start: ContinuousClock.Instant) {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    let nanoseconds = UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
    switch party {
    case .reader: reader.add(nanoseconds, ordering: .relaxed)
    case .workers: workers.add(nanoseconds, ordering: .relaxed)
    case .writer: writer.add(nanoseconds, ordering: .relaxed)
    }
  }
}
