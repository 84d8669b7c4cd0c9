import CICU

/// Bytes that are no text.
public struct UndecodableText: Error, Sendable {
  /// Why, in words.
  public let detail: String
}

/// Turns bytes of known or unknown encoding into UTF-16.
public struct TextDecoder: Sendable {
  /// What is known of the encoding beforehand.
  public enum Declaration: Sendable, Hashable {
    /// Nothing: UTF-8 is validated first, then letter statistics decide.
    case unknown
    /// UTF-8.
    case utf8
    /// A single-byte encoding.
    case singleByte(SingleByteEncoding)
    /// UTF-16 or UTF-32; whether it was declared or seen in the bytes.
    case wide(width: Int, isBigEndian: Bool, how: DecodedEncoding.Decision)
  }

  /// Whether malformed bytes make `decode` throw instead of being replaced.
  public var isStrict: Bool

  /// Makes a decoder.
  public init(isStrict: Bool = false) { self.isStrict = isStrict }

  /// Appends the text of some bytes; a byte order mark is not part of it.
  ///
  /// - Throws: `UndecodableText` for binary data, and for any malformed byte when `isStrict`.
  public func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, as declaration: Declaration, into out: inout [UInt16]
  ) throws(UndecodableText) -> DecodedEncoding {
    var result: DecodedEncoding
    switch declaration {
    case .wide(let width, let isBigEndian, let how):
      result = WideText.decode(bytes, width: width, isBigEndian: isBigEndian, how: how, into: &out)
    case .singleByte(let encoding):
      let missing = encoding.decode(bytes, into: &out)
      result = DecodedEncoding(name: encoding.rawValue, how: .declared, replacements: missing)
    case .utf8, .unknown:
      let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
      let content = isMarked ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
      if UTF8Text.append(content, to: &out) {
        let how: DecodedEncoding.Decision = isMarked ? .mark : declaration == .utf8 ? .declared : .validated
        result = DecodedEncoding(name: "utf-8", how: how)
      } else if declaration == .utf8 || isMarked {
        let replaced = repair(content, into: &out)
        result = DecodedEncoding(name: "utf-8", how: isMarked ? .mark : .declared, replacements: replaced)
      } else {
        result = try detect(content, into: &out)
      }
    }
    if isStrict, result.replacements > 0 {
      throw UndecodableText(detail: "\(result.replacements) malformed sequences as \(result.name)")
    }
    return result
  }

  private func repair(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout [UInt16]) -> Int {
    var replaced: Int32 = 0
    let start = out.count
    out.append(contentsOf: repeatElement(0, count: bytes.count + 2))
    let length = out.withUnsafeMutableBufferPointer {
      warraq_charset_utf8_repaired(
        bytes.baseAddress, Int32(bytes.count), $0.baseAddress! + start, Int32(bytes.count + 2), &replaced)
    }
    out.removeLast(out.count - start - Int(max(0, length)))
    return Int(replaced)
  }

  /// Not UTF-8: damaged UTF-8, or one of the single-byte encodings.
  private func detect(
    _ bytes: UnsafeBufferPointer<UInt8>, into out: inout [UInt16]
  ) throws(UndecodableText) -> DecodedEncoding {
    let beginning = bytes.prefix(4096)
    let controls = beginning.reduce(into: 0) { $0 &+= $1 < 0x09 || ($1 > 0x0D && $1 < 0x20) ? 1 : 0 }
    if controls * 20 > beginning.count {
      throw UndecodableText(detail: "too many control bytes for text in any encoding")
    }
    // Before the first byte above ASCII all encodings agree; a few hundred words behind it are plenty.
    let start = bytes.firstIndex { $0 >= 0x80 } ?? 0
    let sample = UnsafeBufferPointer(rebasing: bytes[start...].prefix(4096))
    if UTF8Text.validShare(sample) > 0.6 {
      return DecodedEncoding(name: "utf-8", how: .detected, replacements: repair(bytes, into: &out))
    }
    let pairs = UnsafeBufferPointer(rebasing: sample.prefix(1024))
    let best = SingleByteEncoding.allCases.map { ($0, score($0, pairs)) }.max { $0.1 < $1.1 }
    var encoding = best?.0 ?? .windows1256
    if let best, best.1 < 0.2 {
      // Too little Arabic for letter pairs to tell: ICU's detector, and else the commoner encoding.
      var confidence: Int32 = 0
      let name = warraq_charset_detect(sample.baseAddress, Int32(sample.count), &confidence)
      encoding = name.map { String(cString: $0) } == "ISO-8859-6" ? .iso88596 : .windows1256
    }
    let missing = encoding.decode(bytes, into: &out)
    return DecodedEncoding(name: encoding.rawValue, how: .detected, replacements: missing)
  }

  /// Letter pairs of the text an encoding gives, less the bytes it has no character for.
  private func score(_ encoding: SingleByteEncoding, _ sample: UnsafeBufferPointer<UInt8>) -> Double {
    var units: [UInt16] = []
    let missing = encoding.decode(sample, into: &units)
    let share = units.withUnsafeBufferPointer { LetterPairs.score($0).share }
    return share - 4 * Double(missing) / Double(max(1, sample.count))
  }
}
