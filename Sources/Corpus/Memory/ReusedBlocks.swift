import Synchronization

/// Memory that batches or frames are done with.
///
/// A new block for each would be returned to the system and fetched, page by page and zeroed, again: the most part of
/// all page faults of a run. Arrays are handed on whether or not somebody still looks at them: who changes one that is
/// shared gets a copy. There are never more blocks than have been in use at a time, which is for the in-flight budget
/// to bound.
final class ReusedBlocks: Sendable {
  private let blocks = Mutex<[[UInt8]]>([])

  func give(_ block: [UInt8]) { blocks.withLock { $0.append(block) } }

  /// An empty array with room for so many bytes: of the blocks the one given first, for it is the likeliest to be
  /// looked at by nobody. One that a large article made much larger is let go.
  func take(capacity: Int) -> [UInt8] {
    var block = blocks.withLock { $0.isEmpty ? [] : $0.removeFirst() }
    if block.capacity > 2 * capacity { block = [] }
    block.removeAll(keepingCapacity: true)
    block.reserveCapacity(capacity)
    return block
  }
}
