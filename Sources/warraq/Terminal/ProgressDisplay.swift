import Pipeline

/// Shows how far a run is: a bar on a terminal, a plain line every few seconds elsewhere.
struct ProgressDisplay: Sendable {
  private let progress: RunProgress
  private let isInteractive: Bool
  private let start = ContinuousClock.now

  init(_ progress: RunProgress) {
    self.progress = progress
    isInteractive = Terminal.isInteractive(2)
  }

  /// Shows until the task is cancelled.
  func run() async {
    let interval: Duration = isInteractive ? .milliseconds(200) : .seconds(5)
    while !Task.isCancelled {
      try? await Task.sleep(for: interval)
      if Task.isCancelled { break }
      let snapshot = progress.snapshot
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      if isInteractive {
        Terminal.replaceLine(with: ProgressLine.bar(snapshot, seconds: seconds, width: Terminal.width))
      } else {
        Terminal.note(ProgressLine.plain(snapshot, seconds: seconds) + "\n")
      }
    }
  }

  /// Removes the bar from the terminal.
  func clear() {
    if isInteractive { Terminal.replaceLine(with: "") }
  }
}

/// Progress as text; pure, so that it can be tested.
enum ProgressLine {
  /// `[#####.....] 50%  12,345 articles  1,020/s  21.3 MB/s  3 rejected  0:42 left`
  static func bar(_ snapshot: RunProgress.Snapshot, seconds: Double, width: Int) -> String {
    let text = figures(snapshot, seconds: seconds)
    guard let share = share(snapshot) else { return text }
    let room = min(30, width - text.count - 10)
    guard room >= 5 else { return "\(Int(share * 100))%  \(text)" }
    let filled = Int(share * Double(room))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: room - filled)
    return "[\(bar)] \(Int(share * 100))%  \(text)"
  }

  /// One line for a log.
  static func plain(_ snapshot: RunProgress.Snapshot, seconds: Double) -> String {
    let text = figures(snapshot, seconds: seconds)
    guard let share = share(snapshot) else { return text }
    return "\(Int(share * 100))%  \(text)"
  }

  private static func share(_ snapshot: RunProgress.Snapshot) -> Double? {
    snapshot.totalBytes > 0
      ? min(1, Double(snapshot.readBytes) / Double(snapshot.totalBytes)) : nil
  }

  private static func figures(_ snapshot: RunProgress.Snapshot, seconds: Double) -> String {
    if let survey = snapshot.survey {
      if survey.isDeciding { return "deciding for \(survey.stage) about \(survey.articles) articles" }
      let megabytes = seconds > 0 ? Double(survey.textBytes) / 1e6 / seconds : 0
      return "surveying for \(survey.stage)  \(survey.articles) articles  \(fixed(megabytes, 1)) MB/s"
    }
    let rate = seconds > 0 ? Double(snapshot.records) / seconds : 0
    let megabytes = seconds > 0 ? Double(snapshot.textBytes) / 1e6 / seconds : 0
    var parts = [
      "\(snapshot.records) articles", "\(Int(rate))/s", "\(fixed(megabytes, 1)) MB/s",
      "\(snapshot.rejects) rejected",
    ]
    if let share = share(snapshot), share > 0.01, share < 1 {
      let left = Int(seconds / share * (1 - share))
      parts.append("\(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left")
    }
    return parts.joined(separator: "  ")
  }
}
