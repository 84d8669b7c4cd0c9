import Corpus
import Evaluation
import Glibc
import Pipeline

/// How the program ends; documented in the README.
enum CommandExit: Int32 {
  /// Everything was done.
  case done = 0
  /// Something failed.
  case failed = 1
  /// Wrong usage or config.
  case usage = 2
  /// Done, with more rejects than the config allows.
  case tooManyRejects = 3
  /// Stopped by a signal.
  case interrupted = 130
  /// ArgumentParser's own errors; never a code of the process.
  case usageByParser = -1

  /// The exit for an error that reached the top.
  static func code(for error: any Error) -> CommandExit {
    switch error {
    case is ConfigError, is ConfigIssue, is InputError, is GoldError: .usage
    case SurveyError.inputReadOnce: .usage
    // One that cannot be read now may be read by the next attempt.
    case UnitError.unlisted: .failed
    case is UnitError: .usage
    case let error as any ExitCoded: error.exit
    case is ShardError: .failed
    default: String(reflecting: type(of: error)).hasPrefix("ArgumentParser.") ? .usageByParser : .failed
    }
  }

  /// Ends the process.
  static func exit(_ code: CommandExit) -> Never { Glibc.exit(code.rawValue) }
}

/// An error that knows how the program ends.
protocol ExitCoded: Error {
  /// The exit.
  var exit: CommandExit { get }
}

/// An error that says several things. A line end in any other error comes from a name in it, and is shown as ⏎.
protocol SeveralLines: Error {
  /// What it says, line by line.
  var lines: [String] { get }
}

extension ConfigError: SeveralLines {
  var lines: [String] { issues.map(\.description) }
}

extension GoldError: SeveralLines {}

extension ShardError: SeveralLines {
  /// What changed, or is amiss, stands in lines of its own, between a first and a last one.
  var lines: [String] {
    switch self {
    case .changedRun(let path, let isComplete, let isShared, let changes):
      ShardError.lines(
        of: .changedRun(path: path, isComplete: isComplete, isShared: isShared, changes: []), around: changes)
    case .unfinishedUnits(let path, let lines):
      ShardError.lines(of: .unfinishedUnits(path: path, lines: []), around: lines)
    default: [description]
    }
  }

  private static func lines(of frame: ShardError, around inner: [String]) -> [String] {
    let text = frame.description
    guard let end = text.lastIndex(of: "\n") else { return [text] }
    return [String(text[..<end])] + inner.map { "  \($0)" } + [String(text[text.index(after: end)...])]
  }
}

/// A mistake in how a command was called.
struct UsageError: ExitCoded, CustomStringConvertible {
  let description: String
  var exit: CommandExit { .usage }

  init(_ description: String) { self.description = description }
}
