import CHash
import CShingling
import Randomness

/// Works out signatures, one document after another, in buffers that are used again. Belongs to one task.
public final class DocumentSigner {
  private let options: MinHashOptions
  private let minWords: Int
  private let isNear: Bool
  private let multipliers: [UInt32]
  private let offsets: [UInt32]
  private var minima: [UInt32]
  private var folded: [UInt16] = []
  private var words: [UInt64] = []
  private let hasher: OpaquePointer

  /// Makes a signer.
  ///
  /// - Parameters:
  ///   - options: shingles and bands; every survey of the same options has the same permutations.
  ///   - minWords: documents with fewer words get no MinHash values.
  ///   - isNear: whether MinHash values are worked out at all.
  public init(_ options: MinHashOptions, minWords: Int = 1, isNear: Bool = true) {
    self.options = options
    self.minWords = max(1, minWords)
    self.isNear = isNear
    // Whole vectors of eight; what is beyond the signature is left unread.
    let functions = (options.valueCount + 7) / 8 * 8
    // The same permutations on every run, so that signatures can be compared.
    var random = SplitMix64(seed: 0x5741_5252_4151)
    multipliers = (0..<functions).map { _ in UInt32(truncatingIfNeeded: random.next()) | 1 }
    offsets = (0..<functions).map { _ in UInt32(truncatingIfNeeded: random.next()) }
    minima = Array(repeating: 0, count: functions)
    // It fails only when memory is out, where every Swift allocation ends the program too.
    guard let hasher = warraq_sha256_create() else { fatalError("no memory for a checksum") }
    self.hasher = hasher
  }

  deinit { warraq_sha256_free(hasher) }

  /// The signature of a body in UTF-16.
  public func sign(_ body: [UInt16]) -> DocumentSignature {
    body.withUnsafeBufferPointer { sign($0) }
  }

  /// The signature of a body in UTF-16.
  public func sign(_ body: UnsafeBufferPointer<UInt16>) -> DocumentSignature {
    reserve(body.count)
    var unitCount = 0
    let wordCount = warraq_fold_words(
      body.baseAddress, body.count, WordFolding.table, &folded, &unitCount, &words)
    let key = digest(unitCount)
    guard isNear, wordCount >= minWords else {
      return DocumentSignature(exactKey: key, wordCount: wordCount, values: [])
    }
    warraq_min_hash(words, wordCount, options.shingleWords, multipliers, offsets, minima.count, &minima)
    let values = [UInt16](unsafeUninitializedCapacity: options.valueCount) { values, count in
      for index in 0..<options.valueCount { values[index] = Self.sixteenBits(of: minima[index]) }
      count = options.valueCount
    }
    return DocumentSignature(exactKey: key, wordCount: wordCount, values: values)
  }

  /// Minima are small numbers: their upper bits say little. Spreads them all over the lower ones (the finalizer of
  /// MurmurHash3, Appleby).
  private static func sixteenBits(of minimum: UInt32) -> UInt16 {
    var value = minimum
    value = (value ^ (value >> 16)) &* 0x85EB_CA6B
    value = (value ^ (value >> 13)) &* 0xC2B2_AE35
    return UInt16(truncatingIfNeeded: value ^ (value >> 16))
  }

  private func reserve(_ units: Int) {
    guard folded.count < units + 1 else { return }
    // With room to spare, so that a run of longer and longer articles makes few new buffers.
    let capacity = units + units / 2 + 256
    folded = Array(repeating: 0, count: capacity)
    words = Array(repeating: 0, count: capacity / 2 + 1)
  }

  private func digest(_ units: Int) -> (high: UInt64, low: UInt64) {
    var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    let isDone = folded.withUnsafeBytes { bytes in
      withUnsafeMutableBytes(of: &digest) { digest in
        warraq_sha256_update(hasher, bytes.bindMemory(to: UInt8.self).baseAddress, units * 2) == 1
          && warraq_sha256_finish(hasher, digest.bindMemory(to: UInt8.self).baseAddress) == 1
      }
    }
    // As above: out of memory.
    guard isDone else { fatalError("no memory for a checksum") }
    return (UInt64(littleEndian: digest.0), UInt64(littleEndian: digest.1))
  }
}
