import Foundation
import TestSupport

/// Texts of real articles, for tests that skip without them.
enum RealArticles {
  /// The `text` of every n-th line of a zstd-compressed JSON Lines file.
  static func texts(of name: String, every step: Int) throws -> [[UInt16]] {
    let data = try SharedData.unpacked(name)
    var texts: [[UInt16]] = []
    for (index, line) in data.split(separator: 0x0A).enumerated() where index % step == 0 {
      let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      if let text = object?["text"] as? String { texts.append(Array(text.utf16)) }
    }
    return texts
  }
}
