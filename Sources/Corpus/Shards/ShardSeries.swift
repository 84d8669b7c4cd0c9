/// Which shards of a folder follow one another: all of a run, or those of one unit of work.
///
/// A unit is one input; its key is taken from the input's name, so that all who work on it use the same names, and those
/// who work on others never do.
struct ShardSeries: Sendable, Hashable {
  /// Sixteen hexadecimal digits; nil for a run.
  let key: String?

  /// The shards of a run over all inputs.
  static let run = ShardSeries()

  private init() { key = nil }

  /// The shards of the unit with this key; nil when it is no key.
  init?(key: some StringProtocol) {
    guard key.utf8.count == 16, key.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }) else {
      return nil
    }
    self.key = String(key)
  }

  /// The shards of the unit that is an input of this name: its key is the beginning of the name's SHA-256.
  init(unit name: String) throws {
    key = String(try SHA256Hasher.hash(Array(name.utf8)).prefix(16))
  }

  /// `part-00000.jsonl.zst`, or `part-KEY-00000.jsonl.zst`.
  func shardName(_ index: Int) -> String {
    let stem = OutputLayout.stem(index)
    guard let key else { return stem + OutputLayout.shardSuffix }
    return "part-\(key)-\(stem.dropFirst(5))" + OutputLayout.shardSuffix
  }

  /// Number of the shard of this series with this name; nil when it is not one's name.
  func index(of name: String) -> Int? {
    let prefix = key.map { "part-\($0)-" } ?? "part-"
    guard name.hasPrefix(prefix), name.hasSuffix(OutputLayout.shardSuffix) else { return nil }
    let digits = name.dropFirst(prefix.utf8.count).dropLast(OutputLayout.shardSuffix.utf8.count)
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let index = Int(digits),
      shardName(index) == name
    else { return nil }
    return index
  }

  /// Series and number of the shard with this name; nil when it is not one's name.
  static func of(_ name: String) -> (series: ShardSeries, index: Int)? {
    if let index = run.index(of: name) { return (run, index) }
    guard name.hasPrefix("part-"), let series = ShardSeries(key: name.dropFirst(5).prefix(16)),
      let index = series.index(of: name)
    else { return nil }
    return (series, index)
  }

  /// The folder of its markers.
  func markersPath(in folder: String) -> String {
    let markers = folder + "/" + OutputLayout.markers
    return key.map { markers + "/" + $0 } ?? markers
  }

  /// The shards among some names, series by series in the order of their keys, each by its numbers.
  static func shards(among names: [String]) -> [String] {
    names.compactMap { name in of(name).map { (name: name, place: $0) } }
      .sorted { ($0.place.series.key ?? "", $0.place.index) < ($1.place.series.key ?? "", $1.place.index) }
      .map(\.name)
  }

  /// The name that the shard after one of this name must have, when it belongs to a series or begins one.
  ///
  /// - Parameter previous: The shard before it; nil for the first.
  static func isNext(_ name: String, after previous: String?) -> Bool {
    guard let place = of(name) else { return false }
    guard let previous = previous.flatMap(of), previous.series == place.series else {
      return place.index == 0
    }
    return place.index == previous.index + 1
  }
}
