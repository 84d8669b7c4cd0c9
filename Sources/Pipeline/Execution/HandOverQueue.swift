import Synchronization

/// Elements on their way from tasks that make them to tasks that wait for them, first in, first out.
///
/// It has no bound of its own: whoever puts an element in has taken its bytes from an ``InFlightBudget`` before. So
/// putting never waits, and what one side makes in one go lies ready for the other.
public final class HandOverQueue<Element: Sendable>: Sendable {
  private struct State {
    var elements: [Element] = []
    var waiting: [CheckedContinuation<Element?, Never>] = []
    var isFinished = false
  }

  private let state = Mutex(State())

  /// Makes an empty queue.
  public init() {}

  /// Puts an element in; it is dropped when the queue is finished.
  public func put(_ element: Element) {
    let waiting = state.withLock { state -> CheckedContinuation<Element?, Never>? in
      guard !state.isFinished else { return nil }
      if !state.waiting.isEmpty { return state.waiting.removeFirst() }
      state.elements.append(element)
      return nil
    }
    waiting?.resume(returning: element)
  }

  /// No more will be put in; what is there can still be taken.
  public func finish() { end { _ in } }

  /// Waits for the next element; nil at the end.
  ///
  /// A task that is cancelled ends the queue for all: they are parts of one run.
  public func next() async -> Element? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let (isThere, element) = state.withLock { state -> (Bool, Element?) in
          if !state.elements.isEmpty { return (true, state.elements.removeFirst()) }
          if state.isFinished { return (true, nil) }
          state.waiting.append(continuation)
          return (false, nil)
        }
        if isThere { continuation.resume(returning: element) }
      }
    } onCancel: {
      end { $0.elements = [] }
    }
  }

  private func end(_ change: (inout State) -> Void) {
    let waiting = state.withLock { state in
      state.isFinished = true
      change(&state)
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume(returning: nil) }
  }
}
