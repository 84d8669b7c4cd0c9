import Corpus

extension PipelineRun {
  /// What the run is: the config without what changes no byte, the files it names, the release, and the inputs.
  ///
  /// With `run.hashInputs` reads all inputs for their hashes.
  public func identity(_ kind: RunIdentity.Kind = .run) throws -> RunIdentity {
    var resources: [String: String] = [:]
    for node in config.plan.nodes {
      for (option, content) in node.factory.resources {
        resources["\(node.kind.name).\(option)"] = try SHA256Hasher.hash(Array(content.utf8))
      }
    }
    let unlisted = inputs.rejects.map {
      RunIdentity.Input(name: $0.origin.input, bytes: nil, problem: $0.detail)
    }
    return RunIdentity(
      kind: kind, version: Release.version, config: config.contentDocument.settings, resources: resources,
      inputs: unlisted + inputs.files.map(identity(of:)))
  }

  /// What is known of an input; a pipe has no hash, and what cannot be read ends in the rejects when its turn comes.
  private func identity(of file: InputFile) -> RunIdentity.Input {
    let isFile = file.byteCount != nil
    return RunIdentity.Input(
      name: file.name, bytes: file.byteCount, modified: file.modified,
      sha256: config.run.hashInputs && isFile ? try? SHA256Hasher.hash(ofFile: file.path) : nil,
      path: isFile ? file.path : nil)
  }
}

extension RunSummary {
  /// The text of `run.json`: what the run did on this machine, and what it was.
  func report(of identity: RunIdentity) -> String {
    var report = document
    report.append("identity", .verbatim(String(decoding: identity.encoded, as: UTF8.self)))
    return report.json() + "\n"
  }
}
