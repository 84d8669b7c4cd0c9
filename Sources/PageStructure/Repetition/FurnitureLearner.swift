/// Counts on how many pages of its site each line stands, in bounded memory.
///
/// Lossy counting (G. S. Manku, R. Motwani, Approximate Frequency Counts over Data Streams, VLDB 2002, 4.2): when the
/// table is full, the bound is raised until half of the room is free, and lines whose count and possible error do not
/// exceed it are dropped. A count is never too high, and too low by at most the bound. Names of sites beyond the limit
/// share no table: their pages are passed over and counted in ``passedOver``.
public struct FurnitureLearner: Sendable {
  /// What is kept.
  public struct Limits: Sendable, Equatable {
    /// Lines held while counting, of all sites together (about 60 bytes each).
    public var mostLines = 1_000_000
    /// Sites held.
    public var mostSites = 20_000
    /// Longest line counted, in UTF-16 units.
    public var longestLine = PageAnalyzer.longestRepeated
    /// Lines of fewer pages are left out of the table.
    public var minimumPages = 3

    /// The limits described at each of them.
    public init() {}
  }

  private struct Key: Hashable {
    var site: UInt32
    var hash: UInt64
  }

  fileprivate struct Count {
    var pages: UInt32
    var missing: UInt32
    var last: UInt64
  }

  private let limits: Limits
  private var sites: [String: UInt32] = [:]
  private var pagesOfSite: [Int] = []
  private var counts: [Key: Count] = [:]
  private var bound: UInt32 = 0
  private var lines: [PageLine] = []
  /// Pages counted.
  public private(set) var pages: UInt64 = 0
  /// Pages not counted, because their site was one too many or had no name.
  public private(set) var passedOver: UInt64 = 0
  /// By how much counts may be too low.
  public var error: Int { Int(bound) }

  /// Makes a learner that has seen nothing.
  public init(limits: Limits = Limits()) { self.limits = limits }

  /// Counts the lines of one page, each once.
  public mutating func add(_ text: UnsafeBufferPointer<UInt16>, site: String) {
    guard !site.isEmpty, let number = number(of: site) else {
      passedOver += 1
      return
    }
    pages += 1
    pagesOfSite[Int(number)] += 1
    LineScanner.scan(text, into: &lines)
    for line in lines where line.length <= limits.longestLine && line.letters > 0 {
      let key = Key(site: number, hash: LineWords.lineHash(text, line.start, line.end))
      counts[key, default: Count(pages: 0, missing: bound, last: 0)].note(page: pages)
    }
    if counts.count > limits.mostLines { dropRare() }
  }

  private mutating func number(of site: String) -> UInt32? {
    if let known = sites[site] { return known }
    guard sites.count < limits.mostSites else { return nil }
    let number = UInt32(pagesOfSite.count)
    sites[site] = number
    pagesOfSite.append(0)
    return number
  }

  private mutating func dropRare() {
    let totals = counts.values.map { $0.pages + $0.missing }.sorted()
    bound = max(bound + 1, totals[totals.count / 2])
    let bound = bound
    counts = counts.filter { $0.value.pages + $0.value.missing > bound }
  }

  /// The table of what was counted.
  public func table() -> FurnitureTable {
    var table = FurnitureTable()
    var names = Array(repeating: "", count: pagesOfSite.count)
    for (name, number) in sites { names[Int(number)] = name }
    for (number, name) in names.enumerated() {
      table.sites[name] = FurnitureTable.Lines()
      table.sites[name]?.pages = pagesOfSite[number]
    }
    for (key, count) in counts where Int(count.pages) >= limits.minimumPages {
      table.sites[names[Int(key.site)]]?.counts[key.hash] = count.pages
    }
    return table
  }
}

extension FurnitureLearner.Count {
  fileprivate mutating func note(page: UInt64) {
    guard last != page else { return }
    last = page
    pages &+= 1
  }
}
