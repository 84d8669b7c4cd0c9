import Glibc

/// Nothing was found where the user pointed.
public enum InputError: Error, Equatable, CustomStringConvertible {
  /// A path that does not exist, or a pattern without a match.
  case notFound(String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .notFound(let path): "no input at \(path): check the path; quote patterns such as 'dump/*.jsonl.zst'"
    }
  }
}

/// Turns what a user names into files: files, folders (deeply, sorted by the bytes of their names), patterns
/// (`*`, `?`, `[...]`) and `-` for standard input.
public enum InputLister {
  /// Lists the inputs in the order they are named.
  ///
  /// Names beginning with a dot or an underscore are passed over inside folders (`_tmp`, `.git`): they are not
  /// data by old custom. What exists but can't be read becomes a reject.
  /// - Throws: `InputError.notFound`.
  public static func list(_ arguments: [String]) throws -> InputListing {
    var listing = InputListing()
    for argument in arguments {
      if argument == "-" {
        listing.files.append(InputFile(path: "-", name: "-", byteCount: nil))
      } else if kind(of: argument) != nil {
        add(argument, name: lastComponent(argument), to: &listing)
      } else {
        let matches = glob(argument)
        guard !matches.isEmpty else { throw InputError.notFound(argument) }
        for match in matches { add(match, name: lastComponent(match), to: &listing) }
      }
    }
    return listing
  }

  private enum Kind { case file(Int), folder, stream }

  private static func kind(of path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file(Int(status.st_size))
    default: return .stream
    }
  }

  private static func add(_ path: String, name: String, to listing: inout InputListing) {
    switch kind(of: path) {
    case .folder: addFolder(path, name: name, to: &listing)
    case .file(let size):
      guard access(path, R_OK) == 0 else { return reject(path, name: name, to: &listing) }
      listing.files.append(InputFile(path: path, name: name, byteCount: size))
    case .stream: listing.files.append(InputFile(path: path, name: name, byteCount: nil))
    case nil: reject(path, name: name, to: &listing)
    }
  }

  private static func addFolder(_ path: String, name: String, to listing: inout InputListing) {
    guard let folder = opendir(path) else { return reject(path, name: name, to: &listing) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let child = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !child.hasPrefix("."), !child.hasPrefix("_") { names.append(child) }
    }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for child in names { add("\(path)/\(child)", name: "\(name)/\(child)", to: &listing) }
  }

  private static func reject(_ path: String, name: String, to listing: inout InputListing) {
    let reason = String(cString: strerror(errno))
    listing.rejects.append(
      Reject(
        origin: RecordOrigin(input: name, record: 0, byteOffset: 0), reason: .unreadable,
        detail: "\(name): \(reason)", raw: [], rawByteCount: 0))
  }

  private static func glob(_ pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard Glibc.glob(pattern, 0, nil, &result) == 0 else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { result.gl_pathv[$0].map { String(cString: $0) } }
  }

  private static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
