/// One file that articles are read from.
public struct InputFile: Sendable, Hashable {
  /// The path to open; `-` is standard input.
  public var path: String
  /// The name records carry: the path from the folder that holds what the user named, so that it does not
  /// depend on where the run was started.
  public var name: String
  /// Size on disk; nil when unknown (standard input, a pipe).
  public var byteCount: Int?
  /// When it was last changed, in nanoseconds since 1970; nil when unknown.
  public var modified: Int?

  /// Makes an input.
  public init(path: String, name: String, byteCount: Int?, modified: Int? = nil) {
    self.path = path
    self.name = name
    self.byteCount = byteCount
    self.modified = modified
  }
}

/// The files of a run in the order they are read, and what could not be listed.
public struct InputListing: Sendable {
  /// Files in reading order.
  public var files: [InputFile]
  /// Files and folders that could not be read; they end in the rejects.
  public var rejects: [Reject]

  /// Bytes on disk of all files whose size is known.
  public var byteCount: Int { files.reduce(0) { $0 + ($1.byteCount ?? 0) } }

  /// Makes a listing.
  public init(files: [InputFile] = [], rejects: [Reject] = []) {
    self.files = files
    self.rejects = rejects
  }
}
