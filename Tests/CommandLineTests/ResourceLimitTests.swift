import Foundation
import Testing

@testable import warraq

@Suite struct ResourceLimitTests {
  /// `Scripts/test --sanitize` sets one of these; what it builds needs terabytes of address space by itself.
  private static let isSanitized = ["TSAN_OPTIONS", "LSAN_OPTIONS"].contains {
    ProcessInfo.processInfo.environment[$0] != nil
  }

  @Test func tooFewOpenFilesAreNamedWithWhatToDo() {
    #expect(ResourceLimits(openFiles: 1024, addressSpace: .max).shortage == nil)
    let words = ResourceLimits(openFiles: 12, addressSpace: .max).shortage
    #expect(words?.contains("12") ?? false)
    #expect(words?.contains("ulimit -n") ?? false)
  }

  @Test func theAddressSpaceMustHoldTheBoundAndTheThreads() {
    let bound = 300 << 20
    let needed = UInt(bound) + UInt(ResourceLimits.threads(workers: 2)) * ResourceLimits.threadSpace
    func shortage(_ space: UInt) -> String? {
      ResourceLimits(openFiles: 1024, addressSpace: space).shortageOfMemory(bound: bound, workers: 2)
    }
    #expect(shortage(.max) == nil)
    #expect(shortage(needed) == nil)
    #expect(shortage(needed - 1)?.contains("ulimit -v") ?? false)
  }

  @Test(.disabled(if: isSanitized, "a sanitizer needs all the address space"))
  func aRunUnderTightLimitsSaysWhatIsMissing() throws {
    let folder = try Command.scratch("limits")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (shell, words) in [
      ("ulimit -n 10", "files may be open"), ("ulimit -v 300000", "address space"),
      ("ulimit -v 600000", "this run may need"),
    ] {
      let arguments = [
        Command.program.path, "run", Command.news, "--input", Command.sample, "--output", folder.path,
      ]
      let run = try Command.shell("\(shell); exec \"$@\"", arguments)
      #expect(run.status == 1)
      #expect(run.errors.contains(words), "\(run.errors)")
    }
  }
}
