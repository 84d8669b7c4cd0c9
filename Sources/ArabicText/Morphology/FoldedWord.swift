/// The letters of a folded word as the clitic rules look at them: six bits each, so that ten are compared as one
/// number.
///
/// A letter's code is its place after U+0620; all letters of the lexicon have one, other units share
/// `FoldedWord.foreign`. No code is 0, which stands where there is no letter.
struct FoldedWord {
  /// Bits of a code.
  static let bits = 6
  /// Letters that a number holds.
  static let most = 10
  /// The code of units that no word of the lexicon has.
  static let foreign: UInt8 = 0x3F

  /// The first ten letters and the next ten, the first lowest. Proclitics are cut from these.
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  /// The last letters, the last one lowest.
  private(set) var tail: UInt64 = 0
  private(set) var count = 0

  init() {}

  /// The code of a unit after folding; 0 when it vanishes.
  static func code(_ unit: UInt16, _ folding: KeyFolding) -> UInt8 {
    guard let letter = folding.fold(unit) else { return 0 }
    return 0x0621...0x065E ~= letter ? UInt8(letter - 0x0620) : foreign
  }

  /// Adds a letter's code.
  @inline(__always)
  mutating func append(_ code: UInt8) {
    let code = UInt64(code)
    if count < FoldedWord.most {
      low |= code &<< UInt64(count &* FoldedWord.bits)
    } else if count < 2 * FoldedWord.most {
      high |= code &<< UInt64((count &- FoldedWord.most) &* FoldedWord.bits)
    }
    tail = tail &<< UInt64(FoldedWord.bits) | code
    count &+= 1
  }

  /// Ten letters from `start`, which is below ten.
  @inline(__always)
  func letters(from start: Int) -> UInt64 {
    let shift = UInt64(start &* FoldedWord.bits)
    let all = low &>> shift | high &<< (UInt64(FoldedWord.most * FoldedWord.bits) &- shift)
    return FoldedWord.first(FoldedWord.most, of: all)
  }

  /// The first `count` letters, at most ten.
  @inline(__always)
  static func first(_ count: Int, of letters: UInt64) -> UInt64 {
    letters & (1 &<< UInt64(count &* bits) &- 1)
  }

  /// The code of letter `i` of ten.
  @inline(__always)
  static func letter(_ i: Int, of letters: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: letters &>> UInt64(i &* bits)) & foreign
  }
}

/// Codes of the letters that the rules name.
extension UInt8 {
  static let alef: UInt8 = 0x07
  static let beh: UInt8 = 0x08
  static let teh: UInt8 = 0x0A
  static let seen: UInt8 = 0x13
  static let feh: UInt8 = 0x21
  static let kaf: UInt8 = 0x23
  static let lam: UInt8 = 0x24
  static let meem: UInt8 = 0x25
  static let noon: UInt8 = 0x26
  static let heh: UInt8 = 0x27
  static let waw: UInt8 = 0x28
  static let yeh: UInt8 = 0x2A
}
