import Glibc

/// The hold of this process on an output folder.
///
/// `flock` on the folder decides where the file system has it, and goes with the process however that ends. The file
/// `_lock` says who it is; where there is no `flock`, making that file is what decides. Belongs to the task that writes.
final class FolderLock {
  /// Whether others may hold the folder at the same time.
  enum Mode: Sendable {
    /// Nobody else.
    case alone
    /// Others that share it.
    case shared
  }

  private let folder: String
  private let mode: Mode
  private let owner = FolderOwner.here()
  private var descriptor: Int32
  private let ask: (Int32, Int32) -> LockDecision.Answer
  private var answer: LockDecision.Answer
  /// Whether `_lock` names this hold.
  private var isNamed = false
  /// What `_lock` held when the folder began to be shared: the word of somebody who is gone.
  private var stale: [UInt8]?

  private var file: String { folder + "/" + OutputLayout.lock }

  /// Takes the folder.
  ///
  /// - Parameters:
  ///   - isForced: Takes it although somebody else seems to hold it; that one notices before its next commit.
  ///   - ask: Asks the system for a lock of a descriptor, `LOCK_EX` or `LOCK_SH`.
  /// - Throws: ``ShardError/inUse(path:holder:isForcible:)``, or an error of the file system.
  init(
    _ folder: String, _ mode: Mode = .alone, isForced: Bool = false,
    ask: @escaping (Int32, Int32) -> LockDecision.Answer = FolderLock.askSystem
  ) throws {
    self.folder = folder
    self.mode = mode
    self.ask = ask
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ShardFiles.error("open", folder) }
    answer = ask(descriptor, mode == .alone ? LOCK_EX : LOCK_SH)
    do {
      let (present, life) = Self.find(in: folder)
      switch LockDecision(answer, owner: life, isForced: isForced) {
      case .refuse: throw refusal(present, life)
      case _ where mode == .shared: stale = try? ShardFiles.read(file)
      case .take: try claim(replacing: answer == .granted || life != .none)
      case .seize: try claim(replacing: true)
      }
    } catch {
      close(descriptor)
      descriptor = -1
      throw error
    }
  }

  deinit { release() }

  /// Makes sure that nobody has taken the folder by force meanwhile.
  ///
  /// - Throws: ``ShardError/lostFolder(path:holder:)``.
  func confirm() throws {
    switch mode {
    case .shared:
      guard ShardFiles.size(of: file) != nil, try ShardFiles.read(file) != stale else { return }
    case .alone:
      guard isNamed else { return }
      // The one it was taken from may have let go of it by now.
      if answer == .held { answer = ask(descriptor, LOCK_EX) }
      if ShardFiles.size(of: file) != nil, try ShardFiles.read(file) == owner.encoded { return }
    }
    let (present, _) = Self.find(in: folder)
    throw ShardError.lostFolder(
      path: folder,
      holder: present.map {
        "process \($0.process) on host \($0.host) took it (\(TimeText.utc(seconds: $0.since)))"
      } ?? "its file _lock is gone, so somebody took it and has ended, or removed the file")
  }

  /// Lets go of the folder.
  func release() {
    guard descriptor >= 0 else { return }
    if isNamed, (try? ShardFiles.read(file)) == owner.encoded { unlink(file) }
    isNamed = false
    // Not by closing alone: a process being started from this one has the descriptor, too, for a moment.
    if answer == .granted { flock(descriptor, LOCK_UN) }
    close(descriptor)
    descriptor = -1
  }

  /// Asks without waiting.
  static func askSystem(_ descriptor: Int32, _ operation: Int32) -> LockDecision.Answer {
    if ShardFiles.retrying({ flock(descriptor, operation | LOCK_NB) }) == 0 { return .granted }
    return errno == EWOULDBLOCK ? .held : .unsupported
  }

  // MARK: The file

  /// Writes the file whole: by a rename over another one's, or by a link when there is none.
  private func claim(replacing: Bool) throws {
    let temporary = file + "." + owner.token
    do {
      let output = try OutputShardFile(creating: temporary)
      try output.write(owner.encoded)
      try output.finish(syncing: false)
    } catch {
      unlink(temporary)
      // A folder that cannot be written to can be looked into; `flock` says that nobody else writes to it.
      if answer == .granted, access(folder, W_OK) != 0 { return }
      throw error
    }
    defer { unlink(temporary) }
    if replacing {
      try ShardFiles.replace(file, by: temporary)
    } else if try !ShardFiles.linkExclusively(temporary, to: file) {
      let (present, life) = Self.find(in: folder)
      throw refusal(present, life)
    }
    isNamed = true
    // Two that found the same dead owner's file have both replaced it; the last one has the folder.
    try confirm()
  }

  private static func find(in folder: String) -> (FolderOwner?, OwnerLife) {
    let path = folder + "/" + OutputLayout.lock
    guard ShardFiles.size(of: path) != nil else { return (nil, .none) }
    guard let owner = try? JSONFile.decode(FolderOwner.self, path: path) else { return (nil, .unknown) }
    return (
      owner, OwnerLife(owner, here: ProcessState.hostName, process: .find(owner.process))
    )
  }

  private func refusal(_ owner: FolderOwner?, _ life: OwnerLife) -> ShardError {
    let holder =
      if let owner, life != .dead {
        owner.description(doing: "writing to \(folder)", now: time(nil))
      } else {
        // The file of a process that is gone names nobody, and those that share the folder have none.
        "another process is writing to \(folder)"
      }
    return .inUse(path: folder, holder: holder, isForcible: mode == .alone)
  }
}
