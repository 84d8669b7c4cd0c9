import Dispatch

/// A thread of its own for tasks that block in system calls, so that they never hold up a worker's thread.
public final class BlockingExecutor: TaskExecutor {
  private let queue: DispatchQueue

  /// Makes an executor; the label shows in debuggers.
  public init(label: String) { queue = DispatchQueue(label: label) }

  /// Runs the job on the queue's thread, after those before it.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
