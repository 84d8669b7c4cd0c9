import Synchronization

/// How far a run is; read by whoever shows it, while the writer updates it.
public final class RunProgress: Sendable {
  /// One look at a run.
  public struct Snapshot: Sendable {
    /// Bytes of all inputs as they lie on disk, once for each time they are read; 0 when unknown (standard input).
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
    /// The survey that is going on before anything is written, if one is.
    public var survey: Survey?

    /// Nothing yet.
    public init() {}
  }

  /// How far a survey is.
  public struct Survey: Sendable {
    /// The stage it is for.
    public var stage: String
    /// Articles that have arrived there.
    public var articles = 0
    /// UTF-8 bytes of article text read for it.
    public var textBytes = 0
    /// Whether all has been read, and what follows from it is being worked out.
    public var isDeciding = false

    /// Makes a survey that has seen nothing.
    public init(stage: String) { self.stage = stage }
  }

  private let state = Mutex(Snapshot())

  /// Nothing yet.
  public init() {}

  /// How far the run is now.
  public var snapshot: Snapshot { state.withLock { $0 } }

  /// Changes the figures.
  public func update(_ change: (inout Snapshot) -> Void) { state.withLock { change(&$0) } }
}
