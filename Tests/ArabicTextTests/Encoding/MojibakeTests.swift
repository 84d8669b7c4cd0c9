import Testing

@testable import ArabicText

@Suite struct MojibakeTests {
  private static let prose =
    "أعلنت الجامعة أمس عن افتتاح مركز جديد للبحوث (الأول من نوعه)، وقال رئيسها: «العمل يبدأ خلال شهر»."

  private func damage(_ text: String, _ kind: Mojibake.Kind) -> [UInt16] {
    let windows = SingleByteEncoding.windows1256.table
    switch kind {
    case .windows1256AsLatin1:
      return text.utf16.map { $0 < 0x80 ? $0 : UInt16(windows.firstIndex(of: $0) ?? 0x3F) }
    case .utf8AsWindows1256: return text.utf8.map { windows[Int($0)] }
    case .utf8AsLatin1: return text.utf8.map { UInt16($0) }
    }
  }

  @Test(arguments: Mojibake.Kind.allCases)
  func damageIsRecognisedAndUndone(kind: Mojibake.Kind) {
    let damaged = damage(Self.prose, kind)
    #expect(damaged.withUnsafeBufferPointer { Mojibake.detect($0) } == kind)
    var out: [UInt16] = []
    var edits: [TextEdit] = []
    damaged.withUnsafeBufferPointer { Mojibake.repair($0, kind, into: &out, edits: &edits) }
    #expect(String(decoding: out, as: UTF16.self) == Self.prose)
    // Between edits both texts are equal, and every character leads back to where it came from.
    var source = 0
    var output = 0
    for edit in edits {
      #expect(damaged[source..<Int(edit.source.start)] == out[output..<Int(edit.output.start)])
      source = Int(edit.source.end)
      output = Int(edit.output.end)
    }
    #expect(damaged[source...] == out[output...])
    var map = EditMap()
    map.append(layer: edits)
    for index in out.indices {
      let back = map.source(of: TextSpan(index, index + 1))
      let piece = Array(damaged[back.range])
      var again: [UInt16] = []
      var ignored: [TextEdit] = []
      piece.withUnsafeBufferPointer { Mojibake.repair($0, kind, into: &again, edits: &ignored) }
      #expect(again == [out[index]])
    }
  }

  @Test func theWellKnownLooksAreTheOnesMeant() {
    #expect(String(decoding: damage("الأخر", .windows1256AsLatin1), as: UTF16.self) == "ÇáÃÎÑ")
    #expect(String(decoding: damage("ال", .utf8AsWindows1256), as: UTF16.self) == "ط§ظ„")
    #expect(String(decoding: damage("ا", .utf8AsLatin1), as: UTF16.self) == "Ø§")
  }

  @Test func healthyTextIsLeftAlone() {
    for text in [
      Self.prose, "", "ط ظ ط ظ ط ظ", "Déjà vu à l'été, où l'élève préféré fêtait Noël à Orléans.",
      "ظل الطالب ينتظر طوال الظهيرة في ظل الطريق", "ÀÉÎÕÜ ÇÁÃÎÑ", "این یک متن فارسی است که نباید تغییر کند",
    ] {
      let units = Array(text.utf16)
      #expect(units.withUnsafeBufferPointer { Mojibake.detect($0) } == nil, "\(text)")
    }
  }

  @Test func repairKeepsWhatCannotBeDamage() {
    let mixed = Array("ab ".utf16) + damage("نص", .utf8AsWindows1256) + Array("ط😀ط".utf16)
    var out: [UInt16] = []
    var edits: [TextEdit] = []
    mixed.withUnsafeBufferPointer { Mojibake.repair($0, .utf8AsWindows1256, into: &out, edits: &edits) }
    #expect(String(decoding: out, as: UTF16.self) == "ab نصط😀ط")
    #expect(edits.count == 2)
  }
}
