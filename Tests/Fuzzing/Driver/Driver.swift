import FuzzTargets
import Glibc

/// What libFuzzer calls with each input it makes.
///
/// The target is named by WARRAQ_FUZZ_TARGET; `Scripts/fuzz` sets it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try Chosen.run(UnsafeBufferPointer(start: start, count: count))
  } catch {
    say("\n== \(Chosen.target.name): \(error)\n")
    abort()
  }
  return 0
}

private func say(_ text: String) {
  let bytes = Array(text.utf8)
  _ = write(2, bytes, bytes.count)
}

/// The target of this process, made at the first input; libFuzzer calls from one thread.
private enum Chosen {
  static let target: FuzzTarget = {
    let name = getenv("WARRAQ_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    if let target = FuzzTarget.all.first(where: { $0.name == name }) { return target }
    say("WARRAQ_FUZZ_TARGET names no target; there are:\n")
    for target in FuzzTarget.all { say("  \(target.name)\n") }
    exit(2)
  }()

  nonisolated(unsafe) static let run: FuzzTarget.Run = {
    do { return try target.make() } catch {
      say("\(target.name) cannot be set up: \(error)\n")
      exit(2)
    }
  }()
}
