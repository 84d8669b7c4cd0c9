import CICU

/// Bytes that are no text.
public struct UndecodableText: Error, Sendable {
  /// Why, in words.
  public let detail: String

  /// An error with its words.
  public init(detail: String) { self.detail = detail }
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
    let windows = score(.windows1256, pairs)
    let iso = score(.iso88596, pairs)
    // By far the rarer one shows itself: hardly a word of it makes sense as windows-1256.
    var encoding = iso > windows + 0.25 ? SingleByteEncoding.iso88596 : .windows1256
    if max(windows, iso) < 0.2, abs(windows - iso) < 0.5 {
      // Too little Arabic for letter pairs to tell: ICU's detector, and else the commoner encoding.
      var confidence: Int32 = 0
      let name = warraq_charset_detect(sample.baseAddress, Int32(sample.count), &confidence)
      encoding = name.map { String(cString: $0) } == "ISO-8859-6" ? .iso88596 : .windows1256
    }
    let missing = encoding.decode(bytes, into: &out)
    return DecodedEncoding(name: encoding.rawValue, how: .detected, replacements: missing)
  }

  /// Letter pairs of the text an encoding gives, less what speaks against it: bytes it has no character for;
  /// Latin letters next to Arabic ones, which is how windows-1256 shows half of the letters of iso-8859-6; and
  /// control characters, which iso-8859-6 has where windows-1256 has letters and quotes.
  private func score(_ encoding: SingleByteEncoding, _ sample: UnsafeBufferPointer<UInt8>) -> Double {
    var units: [UInt16] = []
    var faults = encoding.decode(sample, into: &units)
    faults += units.count { $0 >= 0x80 && $0 < 0xA0 }
    for (unit, next) in zip(units, units.dropFirst()) {
      let isMixed =
        (unit.isLatin1Letter && LetterPairs.isLetter(next))
        || (LetterPairs.isLetter(unit) && next.isLatin1Letter)
      faults += isMixed ? 1 : 0
    }
    let share = units.withUnsafeBufferPointer { LetterPairs.score($0).share }
    // Markup around the text says nothing of it.
    let high = sample.count { $0 >= 0x80 }
    return share - 4 * Double(faults) / Double(max(1, high))
  }
}

extension UInt16 {
  /// Latin letters above ASCII, and the signs among them.
  fileprivate var isLatin1Letter: Bool { self >= 0xC0 && self <= 0xFF }
}
