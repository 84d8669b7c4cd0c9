import ArgumentParser
import Corpus
import Pipeline
import Stages

/// `warraq plan`
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what a run would do: every option, the stages, memory, inputs and outputs.",
    discussion: """
      Examples:

        warraq plan Pipelines/news.yaml
        warraq plan Pipelines/news.yaml --input dump/ --set summarize.sentences=5
        warraq plan Pipelines/news.yaml --json
      """)

  @OptionGroup var config: ConfigArguments
  @OptionGroup var inputs: InputArguments

  @Flag(help: "Print the plan as JSON.")
  var json = false

  func run() throws {
    let loaded = try config.load()
    let listing = inputs.input.isEmpty ? nil : try InputLister.list(inputs.input)
    if json {
      Terminal.show(json: Array("\(document(loaded, listing).json())\n".utf8))
    } else {
      Terminal.show(text(loaded, listing))
    }
  }

  private func document(_ config: PipelineConfig, _ listing: InputListing?) -> DocumentValue {
    var document: DocumentValue = [
      "config": config.resolved,
      "groups": .list(
        config.plan.groups.map { group in
          .list(
            group.map { node in
              [
                "stage": .text(node.kind.name), "reads": .list(node.reads.map { .text($0) }),
                "writes": .list(node.kind.writes.map { .text($0) }),
              ]
            })
        }),
      "surveys": .list(config.plan.surveyContents.map { .text($0.stage) }),
      "workers": .integer(config.workerCount), "memoryBoundBytes": .integer(MemoryBound(config).bytes),
    ]
    if let listing {
      document.append(
        "inputs",
        .list(listing.files.map { ["name": .text($0.name), "bytes": .integer($0.byteCount ?? -1)] }))
      document.append("unreadable", .list(listing.rejects.map { .text($0.detail) }))
    }
    return document
  }

  private func text(_ config: PipelineConfig, _ listing: InputListing?) -> String {
    var text = "Config\n"
    text += ConfigText.lines(config.resolved, indent: 1)
    if !config.unusedSections.isEmpty {
      text +=
        "  (not listed in stages, so without effect: \(config.unusedSections.joined(separator: ", ")))\n"
    }
    text += "\nStages\n"
    text += "  read        input files -> \(PipelineConfig.sourceAnnotations.joined(separator: ", "))\n"
    for (number, group) in config.plan.groups.enumerated() {
      for (index, node) in group.enumerated() {
        let mark = group.count == 1 ? " " : index == 0 ? "┬" : index == group.count - 1 ? "└" : "├"
        text += "  \(number + 1) \(mark) \(node.kind.name): \(node.reads.joined(separator: ", "))"
        text += " -> \(node.kind.writes.joined(separator: ", "))\n"
      }
    }
    text += "  write       records -> shards\n"
    text += "  Stages joined by a line do not depend on one another: they run at once when a core is idle.\n"
    for survey in config.plan.surveyContents {
      text += "  \(survey.stage) reads all input before the run: \(survey.contents).\n"
    }
    let bound = MemoryBound(config)
    text += "\nMemory: at most \(bound.bytes >> 20) MiB with \(config.workerCount) workers\n"
    for part in bound.parts { text += "  \(part.bytes >> 20) MiB  \(part.name)\n" }
    if let listing { text += inputs(listing) }
    return text
  }

  private func inputs(_ listing: InputListing) -> String {
    var text =
      "\nWould read \(listing.files.count) inputs, \(fixed(Double(listing.byteCount) / 1e6, 1)) MB on disk\n"
    for file in listing.files.prefix(20) {
      text += "  \(Terminal.isolated(file.name))  \(file.byteCount.map { "\($0) bytes" } ?? "unknown size")\n"
    }
    if listing.files.count > 20 { text += "  and \(listing.files.count - 20) more\n" }
    for reject in listing.rejects { text += "  cannot read: \(Terminal.oneLine(reject.detail))\n" }
    text += "Would write \(OutputLayout.shardName(0)) and so on, \(OutputLayout.manifest), "
    text +=
      "\(OutputLayout.rejects) if anything is rejected, \(OutputLayout.duplicates) if duplicates are found, "
    text += "\(OutputLayout.runReport)\n"
    return text
  }
}

/// A resolved config as indented `key: value` lines.
enum ConfigText {
  static func lines(_ value: DocumentValue, indent: Int) -> String {
    guard case .object(let entries) = value else { return "" }
    let margin = String(repeating: "  ", count: indent)
    return entries.map { entry in
      if case .object(let inner) = entry.value, !inner.isEmpty {
        return "\(margin)\(entry.key):\n" + lines(entry.value, indent: indent + 1)
      }
      return "\(margin)\(entry.key): \(entry.value.json())\n"
    }.joined()
  }
}
