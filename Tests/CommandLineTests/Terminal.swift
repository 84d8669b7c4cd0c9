import Foundation

#if canImport(Glibc)
  import Glibc
#endif

@testable import warraq

extension Command {
  /// Runs the program with a terminal (a pty) for standard output and standard error; returns what was printed, with
  /// line ends as the program wrote them.
  static func runOnTerminal(_ arguments: [String]) throws -> (status: Int32, printed: String) {
    // What posix_openpt, unlockpt and ptsname do; the C library's module does not show them to Swift.
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    guard master >= 0 else { throw POSIXError(.ENODEV) }
    defer { close(master) }
    var (lock, number): (Int32, Int32) = (0, 0)
    let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)  // TIOCSPTLCK, TIOCGPTN
    guard ioctl(master, setLock, &lock) == 0, ioctl(master, getNumber, &number) == 0 else {
      throw POSIXError(.ENODEV)
    }
    let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    guard slave >= 0 else { throw POSIXError(.ENODEV) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["TERM": "xterm"]) { $1 }
    let terminal = FileHandle(fileDescriptor: slave, closeOnDealloc: false)
    process.standardOutput = terminal
    process.standardError = terminal
    process.standardInput = FileHandle.nullDevice
    try process.run()
    close(slave)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    // Reading fails when the process has closed the other side.
    while case let count = read(master, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
    process.waitUntilExit()
    let printed = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    return (process.terminationStatus, printed)
  }

  /// Code points of what steers a terminal and is none of the program's own styles and isolates.
  static func steering(_ printed: String) -> [String] {
    var text = printed
    for own in Terminal.Style.allCases.map({ "\u{1B}[\($0.rawValue)m" }) + ["\u{1B}[0m", "\r\u{1B}[2K"] {
      text = text.replacing(own, with: "")
    }
    return text.unicodeScalars.filter {
      Terminal.steers($0) && !["\n", "\t", "\u{2068}", "\u{2069}"].contains($0)
    }.map { String($0.value, radix: 16) }
  }
}
