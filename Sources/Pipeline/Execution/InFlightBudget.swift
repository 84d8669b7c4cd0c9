import Synchronization

/// The one number that bounds memory: how many bytes of input may be between reader and writer.
///
/// The reader takes a batch's bytes before it hands the batch on; the writer gives them back when the batch
/// has left in order. A batch larger than the whole budget waits until nothing else is in flight.
///
/// A reader that has had to wait goes on when half of the budget is free, and so reads several batches in one go:
/// what it looks back at, a decompressor's window of up to 8 MB, is then called back to its core's caches once for all
/// of them, and the workers are interrupted less often.
public final class InFlightBudget: Sendable {
  private struct State {
    var available: Int
    var waiting: (amount: Int, continuation: CheckedContinuation<Void, Never>)?
    var isCancelled = false
  }

  private let capacity: Int
  private let state: Mutex<State>

  /// Makes a budget of so many bytes.
  public init(bytes: Int) {
    capacity = bytes
    state = Mutex(State(available: bytes))
  }

  /// What a batch of that size takes: never more than there is.
  public func charge(for bytes: Int) -> Int { min(max(bytes, 1), capacity) }

  /// Takes `amount`; when that is not free, waits until at least half of all is. One task at a time may wait.
  ///
  /// - Returns: false when the task was cancelled; nothing is taken then.
  public func acquire(_ amount: Int) async -> Bool {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let now = state.withLock { state -> Bool in
          if state.isCancelled { return true }
          if state.available >= amount {
            state.available -= amount
            return true
          }
          state.waiting = (amount, continuation)
          return false
        }
        if now { continuation.resume() }
      }
    } onCancel: {
      let continuation = state.withLock { state in
        state.isCancelled = true
        defer { state.waiting = nil }
        return state.waiting?.continuation
      }
      continuation?.resume()
    }
    return !Task.isCancelled
  }

  /// Gives `amount` back.
  public func release(_ amount: Int) {
    let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.available += amount
      guard let waiting = state.waiting, state.available >= max(waiting.amount, capacity / 2) else {
        return nil
      }
      state.available -= waiting.amount
      state.waiting = nil
      return waiting.continuation
    }
    continuation?.resume()
  }
}
