import ArgumentParser
import CMemory
import Pipeline
import Stages

/// The command line.
@main
struct Warraq: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "warraq",
    abstract: "Turns dumps of Arabic articles into clean, enriched, compressed JSONL shards.",
    discussion: """
      Start with a ready config:

        warraq run Pipelines/news.yaml --input dump/ --output out/
        warraq preview Pipelines/news.yaml --input dump/ --count 2
        warraq plan Pipelines/news.yaml --input dump/

      Exit codes: 0 done; 1 failed; 2 wrong usage or config; 3 done, but more records were rejected than \
      rejects.limit allows; 130 interrupted (what is committed is whole; the same command goes on).

      Shell completion: warraq --generate-completion-script bash (zsh, fish).
      """,
    version: Release.version,
    subcommands: [
      Run.self, Shard.self, Finish.self, Bench.self, Plan.self, Preview.self, Schema.self, Cat.self,
      Verify.self, Repair.self, Replay.self, Learn.self, Evaluate.self,
    ])

  /// What an error says, whatever names of files and values are in it.
  private static func message(_ error: any Error) -> String {
    let lines = (error as? any SeveralLines)?.lines ?? ["\(error)"]
    return lines.map(Terminal.oneLine).joined(separator: "\n")
  }

  /// Maps errors to the documented exit codes.
  ///
  /// On the main thread to begin with: it must not wait for a thread of the pool before it knows that there will be one.
  @MainActor static func main() async {
    // Memory must not grow with the input, nor by holes in the heap.
    warraq_memory_return_blocks_of(128 << 10)
    do {
      try ResourceLimits.checkForAnyCommand()
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let code as ExitCode {
      exit(withError: code)
    } catch {
      let status = CommandExit.code(for: error)
      if status == .usageByParser {
        // ArgumentParser prints help, version and usage errors; only its exit code 64 is not ours.
        let code = exitCode(for: error)
        let text = fullMessage(for: error)
        if code.isSuccess { Terminal.show(text + "\n") } else { Terminal.note(text + "\n") }
        CommandExit.exit(code.isSuccess ? .done : .usage)
      }
      Terminal.note("warraq: \(message(error))\n")
      CommandExit.exit(status)
    }
  }
}
