import FoundationEssentials

/// Compares the output of a complete run with what was put in: every article exactly once, in the right place, with the
/// bytes that the run left alone gave it.
///
/// Independent of the program: decompresses with the zstd command line tool and reads lines with Foundation's decoder.
public struct OutputChecker {
  /// Inputs that were damaged: from some record on nothing need be there of them, if a reject with one of the reasons
  /// says so.
  public typealias Cut = [String: Set<String>]

  private let expected: [ExpectedArticle]
  private let order: [Place: Int]
  /// Lines of the run that was left alone; empty when there is none to compare with.
  private var reference: [Place: Data] = [:]
  private let scratch: String

  /// - Parameters:
  ///   - expected: The articles that were put in, in input order.
  ///   - scratch: A folder for temporary files.
  public init(expected: [ExpectedArticle], scratch: String) {
    self.expected = expected
    self.scratch = scratch
    order = Dictionary(
      expected.enumerated().map { ($1.place, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Takes the lines of a run that was left alone as those to compare with.
  ///
  /// - Throws: when its files cannot be read as what they are.
  public mutating func takeReference(_ files: [String: Data]) throws {
    var findings = Findings()
    for line in try lines(of: files, &findings) { reference[line.place] = line.bytes }
  }

  /// Compares an article no more with the run left alone: its bytes are not the same as there.
  public mutating func forget(_ place: Place) { reference[place] = nil }

  /// Checks a complete run's files.
  ///
  /// - Throws: when a temporary file cannot be written.
  public func check(_ files: [String: Data], cut: Cut = [:]) throws -> Findings {
    var findings = Findings()
    let lines = try lines(of: files, &findings)
    checkManifest(files, lines, &findings)
    var found: [Place: [OutputLine]] = [:]
    var last: [String: Int] = [:]
    for line in lines {
      found[line.place, default: []].append(line)
      guard let index = order[line.place] else {
        if !isWitness(line, cut) { findings.wrong.append("\(line.file): \(line.place) was not put in") }
        continue
      }
      // Shards of a series follow one another; a listing stands for itself.
      let series = OutputFiles.shard(line.file)?.series ?? line.file
      if index < last[series] ?? -1 { findings.wrong.append("\(line.file): \(line.place) is out of order") }
      last[series] = max(index, last[series] ?? -1)
    }
    let ends = witnessedEnds(lines, cut)
    for article in expected {
      let here = found[article.place] ?? []
      if let end = ends[article.place.input], article.place.record >= end {
        // Behind the damage nothing is owed; what is there must be right.
        for line in here where line.kind == .record { compare(line, article, &findings) }
        continue
      }
      guard let line = here.first else {
        findings.lost.append(article.place)
        continue
      }
      findings.duplicated += here.dropFirst().map(\.place)
      compare(line, article, &findings)
    }
    return findings
  }

  // MARK: Lines

  private func lines(of files: [String: Data], _ findings: inout Findings) throws -> [OutputLine] {
    var lines: [OutputLine] = []
    findings.wrong += OutputFiles.gaps(files)
    for name in OutputFiles.shards(files) {
      lines += try read(name, files, &findings) { try .record($0, file: name) }
    }
    for name in ["rejects.jsonl.zst", "duplicates.jsonl.zst"] where files[name] != nil {
      lines += try read(name, files, &findings) { try .leftOut($0, file: name) }
    }
    return lines
  }

  private func read(
    _ name: String, _ files: [String: Data], _ findings: inout Findings, _ parse: (Data) throws -> OutputLine
  ) throws -> [OutputLine] {
    let raw: [Data]
    do {
      raw = try OutputFiles.lines(files[name] ?? Data(), scratch: scratch)
    } catch let failure as Tool.Failure {
      findings.wrong.append("\(name): zstd cannot read it: \(failure.reason)")
      return []
    }
    return raw.enumerated().compactMap { number, bytes in
      do {
        return try parse(bytes)
      } catch {
        findings.wrong.append("\(name): line \(number + 1) is not what it should be")
        return nil
      }
    }
  }

  private func checkManifest(_ files: [String: Data], _ lines: [OutputLine], _ findings: inout Findings) {
    guard let bytes = files["manifest.json"],
      let manifest = try? JSONDecoder().decode(ManifestMembers.self, from: bytes)
    else {
      findings.wrong.append("there is no manifest.json that can be read")
      return
    }
    let counts = Dictionary(grouping: lines, by: \.file).mapValues(\.count)
    var rows = manifest.shards.map { ($0.name, $0.records, $0.bytes) }
    rows += [manifest.rejects, manifest.duplicates].compactMap { $0 }.map { ($0.name, $0.records, $0.bytes) }
    for (name, records, size) in rows where counts[name] ?? 0 != records || files[name]?.count != size {
      findings.wrong.append("\(name) is not as long as the manifest says")
    }
    let listed = Set(rows.map(\.0))
    for name in counts.keys.sorted() where !listed.contains(name) {
      findings.wrong.append("\(name) is not in the manifest")
    }
  }

  // MARK: Articles

  private func compare(_ line: OutputLine, _ article: ExpectedArticle, _ findings: inout Findings) {
    let isFate =
      switch (article.fate, line.kind) {
      case (.any, _), (.record, .record), (.recordOrReject, .record), (.recordOrReject, .reject): true
      case (.reject(let wanted), .reject(let reason)): wanted == reason
      case (.duplicate(let wanted), .duplicate(let other)): wanted == other
      default: false
      }
    if !isFate {
      findings.wrong.append("\(line.place) should be \(article.fate) and is \(line.kind) in \(line.file)")
    } else if let id = article.id, let found = line.id, id != found {
      findings.wrong.append("\(line.place) has another article's id")
    } else if line.kind == .record, let mark = article.mark, line.mark != mark {
      findings.wrong.append("\(line.place) is another article's record")
    } else if let other = reference[line.place], other != line.bytes {
      findings.wrong.append("\(line.place) in \(line.file) has other bytes than in the run left alone")
    }
  }

  private func isWitness(_ line: OutputLine, _ cut: Cut) -> Bool {
    guard case .reject(let reason) = line.kind else { return false }
    return cut[line.place.input]?.contains(reason) ?? false
  }

  /// The record of each damaged input that its reject names as the first that is not there.
  private func witnessedEnds(_ lines: [OutputLine], _ cut: Cut) -> [String: Int] {
    var ends: [String: Int] = [:]
    for line in lines where isWitness(line, cut) {
      ends[line.place.input] = min(line.place.record, ends[line.place.input] ?? .max)
    }
    return ends
  }
}
