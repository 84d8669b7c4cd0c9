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

/// Turns what a user names into files: files, folders (deeply), patterns (`*`, `?`, `[...]`) and `-` for
/// standard input.
///
/// The files of one argument are sorted by the bytes of their names.
public enum InputLister {
  /// Lists the inputs in the order they are named.
  ///
  /// Inside folders, names beginning with a dot and folders named `_tmp` are passed over: they are not data.
  /// What exists but cannot be read, a link that leads back to a folder it lies in, and what is neither file nor
  /// folder become rejects.
  /// - Throws: `InputError.notFound`.
  public static func list(_ arguments: [String]) throws -> InputListing {
    var listing = InputListing()
    for argument in arguments {
      if argument == "-" {
        listing.files.append(InputFile(path: "-", name: "-", byteCount: nil))
        continue
      }
      var walk = FolderWalk()
      if FileStatus(argument) != nil {
        walk.add(argument, name: lastComponent(argument), isNamed: true)
      } else {
        let matches = glob(argument)
        guard !matches.isEmpty else { throw InputError.notFound(argument) }
        let parent = fixedParent(of: argument)
        for match in matches {
          walk.add(match, name: String(Substring(match.utf8.dropFirst(parent.utf8.count))), isNamed: true)
        }
      }
      listing.files += walk.files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      listing.rejects += walk.rejects.sorted {
        $0.origin.input.utf8.lexicographicallyPrecedes($1.origin.input.utf8)
      }
    }
    return listing
  }

  private static func glob(_ pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard Glibc.glob(pattern, 0, nil, &result) == 0 else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { result.gl_pathv[$0].map { String(cString: $0) } }
  }

  /// The folders of a pattern before its first wildcard, with the slash: names begin behind them, so that
  /// `dump/*/a.jsonl` gives each match a name of its own.
  private static func fixedParent(of pattern: String) -> Substring {
    let fixed = pattern.utf8.prefix { !"*?[\\".utf8.contains($0) }
    return Substring(fixed.lastIndex(of: UInt8(ascii: "/")).map { fixed[...$0] } ?? "".utf8[...])
  }

  /// The last name of a path; `.` and `..` are looked up, so that a name does not depend on the way it is given.
  private static func lastComponent(_ path: String) -> String {
    // By bytes: a name that begins with a vowel sign makes one `Character` with the slash before it.
    func last(_ path: String) -> String? {
      path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) }
    }
    let name = last(path) ?? ""
    guard name.isEmpty || name == "." || name == "..", let resolved = realpath(path, nil) else { return name }
    defer { free(resolved) }
    return last(String(cString: resolved)) ?? "root"
  }
}
