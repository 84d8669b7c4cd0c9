import Synchronization

/// How far a run is; read by whoever shows it, while the writer updates it.
public final class RunProgress: Sendable {
  /// One look at a run.
  public struct Snapshot: Sendable {
    /// Bytes of all inputs as they lie on disk; 0 when unknown (standard input).
    public var totalBytes = 0
    /// Of these, bytes read.
    public var readBytes = 0
    /// Records written.
    public var records = 0
    /// UTF-8 bytes of article text in them.
    public var textBytes = 0
    /// Records rejected.
    public var rejects = 0
    /// Shards committed.
    public var shards = 0

    /// Nothing yet.
    public init() {}
  }

  private let state = Mutex(Snapshot())

  /// Nothing yet.
  public init() {}

  /// How far the run is now.
  public var snapshot: Snapshot { state.withLock { $0 } }

  /// Changes the figures.
  public func update(_ change: (inout Snapshot) -> Void) { state.withLock { change(&$0) } }
}
