import Foundation
import Testing

@testable import ArabicText

@Suite struct ReproducibleExponentialTests {
  @Test func itIsTheExponential() {
    for x in stride(from: -40.0, through: 40, by: 0.037) {
      #expect(abs(reproducibleExp(x) / exp(x) - 1) < 1e-13, "\(x)")
    }
    #expect(reproducibleExp(0) == 1)
    #expect(reproducibleExp(-800) == 0)
    #expect(reproducibleExp(800).isFinite)
  }

  @Test func itUndoesTheLogarithm() {
    for x in [0.001, 0.5, 1, 2, 12_345] { #expect(abs(reproducibleExp(reproducibleLog(x)) / x - 1) < 1e-13) }
  }
}
