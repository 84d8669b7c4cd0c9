/// How signatures lie in a file: all of one size, in input order.
struct SignatureLayout {
  /// Numbers of 64 bits: the word count, then four MinHash values each. No values: all zero bits, no word count.
  let words: Int
  private let valueCount: Int
  /// Documents with fewer words have no values.
  private let minWords: Int

  init(_ options: DuplicateOptions) {
    valueCount = options.near ? options.minHash.valueCount : 0
    minWords = max(1, options.minWords)
    words = 1 + (valueCount + 3) / 4
  }

  var byteCount: Int { words * 8 }

  func write(_ signature: DocumentSignature, to file: ScratchFile) throws {
    try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words) { numbers in
      numbers.initialize(repeating: 0)
      numbers[0] = UInt64(signature.wordCount)
      signature.values.withUnsafeBytes { values in
        guard values.count == valueCount * 2, let from = values.baseAddress, let to = numbers.baseAddress
        else { return }
        UnsafeMutableRawPointer(to + 1).copyMemory(from: from, byteCount: values.count)
      }
      try file.append(UnsafeBufferPointer(numbers))
    }
  }

  func hasValues(_ numbers: UnsafePointer<UInt64>) -> Bool { valueCount > 0 && numbers[0] >= minWords }

  func value(_ index: Int, of numbers: UnsafePointer<UInt64>) -> UInt16 {
    UInt16(truncatingIfNeeded: numbers[1 + index / 4] >> (16 * UInt64(index % 4)))
  }

  /// Places where two signatures agree.
  func agreement(_ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>) -> Int {
    var count = 0
    for index in 1..<words {
      let difference = a[index] ^ b[index]
      // Four values at a time: the highest bit of a lane is set where the lane is not zero.
      let low: UInt64 = 0x7FFF_7FFF_7FFF_7FFF
      let isUnlike = (((difference & low) &+ low) | difference) & ~low
      count += 4 - isUnlike.nonzeroBitCount
    }
    // What fills the last number up agrees everywhere.
    return count - ((words - 1) * 4 - valueCount)
  }
}

/// Reads signatures at any place, the latest ones kept.
final class SignatureReader {
  private let layout: SignatureLayout
  private let reader: ScratchReader
  private let slots: Int
  private var ordinals: [Int]
  private let numbers: UnsafeMutablePointer<UInt64>

  init(_ layout: SignatureLayout, _ reader: ScratchReader, slots: Int) {
    self.layout = layout
    self.reader = reader
    self.slots = slots
    ordinals = Array(repeating: -1, count: slots)
    numbers = .allocate(capacity: slots * layout.words)
  }

  deinit { numbers.deallocate() }

  /// The signature of a document, valid until the next call.
  func signature(of ordinal: Int) throws -> UnsafePointer<UInt64> {
    let slot = ordinal % slots
    let place = numbers + slot * layout.words
    if ordinals[slot] != ordinal {
      ordinals[slot] = -1
      try reader.read(
        UnsafeMutableRawBufferPointer(start: place, count: layout.byteCount), at: ordinal * layout.byteCount)
      ordinals[slot] = ordinal
    }
    return UnsafePointer(place)
  }
}
