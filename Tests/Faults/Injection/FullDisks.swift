import FaultChecking
import FoundationEssentials
import Glibc

/// Disks that have no room left.
extension Workshop {
  /// No file may grow beyond a size: the system refuses the write as it does on a full disk, or ends the process.
  func fileSizeLimits(count: Int) throws -> FaultRow {
    var row = FaultRow("no room: files limited", how: "RLIMIT_FSIZE of 0 B to the largest file")
    for attempt in 0..<count {
      let scenario = scenario(attempt % 3 == 2 ? 1 : 0)
      let largest = scenario.reference.values.map(\.count).max() ?? 1
      // The smallest ones stop it at its first files; the others in the middle of a shard.
      let limit = attempt < 3 ? [0, 1, 100][attempt] : random.next(below: largest)
      let out = fresh()
      defer { remove(out) }
      let workers = 1 + random.next(below: 2)
      let (ending, errors) = try run(
        scenario, out, workers: workers, prefix: ["prlimit", "--fsize=\(limit)"])
      row.runs += 1
      if checkFailed(ending, errors, telling: ["File too large"], &row) { row.injected += 1 }
      try checkUnfinished(scenario, out, &row)
      try finish(scenario, out, workers: workers, &row)
    }
    return row
  }

  /// A file system of its own that is too small at first.
  func fullDisks(_ kind: SmallDisk.Kind, count: Int) throws -> FaultRow {
    var row = FaultRow("no room: \(kind.name)", how: "\(kind.name) of random size, then made larger")
    for attempt in 0..<count {
      let scenario = scenario(attempt % 3 == 2 ? 1 : 0)
      let whole = scenario.reference.values.reduce(0) { $0 + $1.count }
      let place = fresh("disk")
      try makeFolder(place)
      defer { remove(place) }
      let disk: SmallDisk
      do {
        disk = try SmallDisk(kind, at: place, room: max(16 << 10, random.next(below: whole)), whole: whole)
      } catch {
        row.impossible = "\(error)"
        return row
      }
      defer { disk.unmount() }
      let out = place + "/out"
      let workers = 1 + random.next(below: 2)
      let (ending, errors) = try run(scenario, out, workers: workers)
      row.runs += 1
      if checkFailed(ending, errors, telling: ["No space left on device"], &row) { row.injected += 1 }
      try checkUnfinished(scenario, out, &row)
      try disk.makeRoom()
      try finish(scenario, out, workers: workers, &row)
    }
    return row
  }
}

/// A mounted file system with little room.
final class SmallDisk {
  enum Kind {
    case tmpfs, ext4
    var name: String { self == .tmpfs ? "tmpfs" : "ext4 on a loop device" }
  }

  private let kind: Kind
  private let place: String
  private let image: String

  /// - Parameters:
  ///   - room: Bytes a run finds free at first, about.
  ///   - whole: Bytes it needs, about; far more than that are free once room is made.
  init(_ kind: Kind, at place: String, room: Int, whole: Int) throws {
    self.kind = kind
    self.place = place
    image = place + ".image"
    guard geteuid() == 0 else { throw Refusal("needs root to mount a file system") }
    switch kind {
    case .tmpfs:
      try Self.call(["mount", "-t", "tmpfs", "-o", "size=\(room)", "tmpfs", place])
    case .ext4:
      // Room enough for all, most of it taken by a file that goes when room is made.
      let size = 8 << 20 + 3 * whole
      try Self.call(["truncate", "-s", "\(size)", image])
      do {
        try Self.call(["mkfs.ext4", "-q", "-m", "0", "-F", image])
        try Self.call(["mount", "-o", "loop", image, place])
      } catch {
        unlink(image)
        throw error
      }
      var free = statvfs()
      statvfs(place, &free)
      let available = Int(free.f_bavail) * Int(free.f_bsize)
      try Self.call(["fallocate", "-l", "\(max(4096, available - room))", place + "/ballast"])
    }
  }

  func makeRoom() throws {
    switch kind {
    case .tmpfs: try Self.call(["mount", "-o", "remount,size=8G", place])
    case .ext4: unlink(place + "/ballast")
    }
  }

  func unmount() {
    _ = try? Tool.output(["umount", "-l", place])
    unlink(image)
  }

  private static func call(_ command: [String]) throws {
    do {
      try Tool.output(command, seconds: 60)
    } catch let failure as Tool.Failure {
      throw Refusal("\(command[0]): \(failure.reason.split(separator: "\n").first ?? "failed")")
    }
  }
}

/// Why this machine does not allow a fault.
struct Refusal: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
