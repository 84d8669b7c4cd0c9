/// The stages of a config in the order they run: groups one after another, the stages of a group at once.
public struct PipelinePlan: Sendable {
  /// One stage with its place in the graph.
  public struct Node: Sendable {
    /// What kind of stage it is.
    public var kind: StageKind
    /// Names of the annotations it needs, or takes into account when they are there.
    public var reads: [String]
    /// Its options with every default filled in.
    public var options: DocumentValue
    /// Of these, those that output bytes depend on.
    public var content: DocumentValue
    /// What makes its instances.
    public var factory: any StageFactory
  }

  /// Groups in order; stages of one group neither read nor write what another one of it writes.
  public var groups: [[Node]]

  /// Stages that have to see all input before the run, with what they keep of it, in the order they do so.
  public var surveyContents: [(stage: String, contents: String)] {
    surveys.map { (stage: $0.factory.stageName, contents: $0.factory.surveyContents) }
  }

  /// All stages in the order they run.
  public var nodes: [Node] { groups.flatMap { $0 } }

  /// A stage as the config lists it.
  public struct Request: Sendable {
    /// What kind of stage it is.
    public var kind: StageKind
    /// Names of the annotations it needs.
    public var reads: [String]
    /// Names of the annotations it takes into account when they are there.
    public var uses: [String]
    /// Where its name stands in `stages:`.
    public var mark: ConfigMark

    /// Makes a request.
    public init(kind: StageKind, reads: [String], uses: [String] = [], mark: ConfigMark) {
      self.kind = kind
      self.reads = reads
      self.uses = uses
      self.mark = mark
    }
  }

  /// Orders stages into groups by what they read and write.
  ///
  /// A stage goes into the first group after all producers of what it reads. Stages are listed in any order:
  /// a reader listed before its producer is an error only because it reads as if it ran first. A stage that may drop
  /// or add articles runs after all that are listed before it and before all others.
  ///
  /// - Parameter available: annotations that are there before the first stage.
  /// - Returns: indices into `requests`, group by group, in the order listed.
  public static func order(
    _ requests: [Request], available: [String], registry: StageRegistry, reader: inout ConfigReader
  ) -> [[Int]] {
    var producer: [String: Int] = [:]
    for (index, request) in requests.enumerated() {
      if let earlier = requests[..<index].firstIndex(where: { $0.kind.name == request.kind.name }) {
        reader.report(
          "\"\(request.kind.name)\" is listed twice (first as number \(earlier + 1))", at: request.mark,
          path: "stages[\(index)]", suggestion: "keep one of them")
        continue
      }
      for name in request.kind.writes {
        if let other = producer[name] {
          reader.report(
            "\"\(request.kind.name)\" and \"\(requests[other].kind.name)\" both write \"\(name)\"",
            at: request.mark, path: "stages[\(index)]", suggestion: "keep one of them")
        } else {
          producer[name] = index
        }
      }
    }
    var level: [Int] = []
    // A stage that changes which articles there are has a group of its own.
    var floor = 0
    for (index, request) in requests.enumerated() {
      var own = request.kind.reshapes ? (level.max() ?? -1) + 1 : floor
      for name in request.reads + request.uses.filter({ producer[$0] != nil })
      where !available.contains(name) {
        guard let source = producer[name] else {
          let makers = registry.kinds.filter { $0.writes.contains(name) }.map { "\"\($0.name)\"" }
          reader.report(
            "\"\(request.kind.name)\" reads \"\(name)\", which no listed stage writes", at: request.mark,
            path: "stages[\(index)]",
            suggestion: makers.isEmpty ? nil : "add \(makers.joined(separator: " or ")) before it")
          continue
        }
        if source >= index {
          reader.report(
            "\"\(request.kind.name)\" reads \"\(name)\", which \"\(requests[source].kind.name)\" writes only later",
            at: request.mark, path: "stages[\(index)]",
            suggestion: "list \"\(requests[source].kind.name)\" before \"\(request.kind.name)\"")
          continue
        }
        own = max(own, level[source] + 1)
      }
      level.append(own)
      if request.kind.reshapes { floor = own + 1 }
    }
    let depth = (level.max() ?? -1) + 1
    return (0..<depth).map { group in level.indices.filter { level[$0] == group } }
  }

  /// Makes a plan of ordered nodes.
  public init(groups: [[Node]]) { self.groups = groups }
}
