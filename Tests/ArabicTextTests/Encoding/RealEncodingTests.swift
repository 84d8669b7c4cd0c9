import TestSupport
import Foundation
import Testing

@testable import ArabicText

/// Real files in old encodings, where they are at hand.
@Suite(.enabled(if: SharedData.exists("data/encodings"), "no real data here")) struct RealEncodingTests {
  private func decoded(_ name: String) throws -> (text: [UInt16], encoding: DecodedEncoding) {
    let bytes = Array(try Data(contentsOf: URL(filePath: SharedData.path("data/encodings/\(name)"))))
    var units: [UInt16] = []
    let encoding = try bytes.withUnsafeBufferPointer {
      try TextDecoder().decode($0, as: .unknown, into: &units)
    }
    return (units, encoding)
  }

  @Test func oldArticlesAreWindows1256() throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: SharedData.path("data/encodings/easc-windows-1256")
    )
    .filter { $0.lowercased().hasSuffix(".txt") }
    #expect(names.count == 78)
    for name in names {
      let (text, encoding) = try decoded("easc-windows-1256/\(name)")
      #expect(encoding == DecodedEncoding(name: "windows-1256", how: .detected), "\(name)")
      #expect(text.withUnsafeBufferPointer { LetterPairs.score($0).share } > 0.3, "\(name)")
    }
  }

  @Test(arguments: ["chromium-", "uchardet-"])
  func shortSamplesOfBothEncodingsAreTold(prefix: String) throws {
    let suffix = prefix == "chromium-" ? ".html" : ".txt"
    for encoding in SingleByteEncoding.allCases {
      #expect(try decoded("\(prefix)\(encoding.rawValue)\(suffix)").encoding.name == encoding.rawValue)
    }
  }
}
