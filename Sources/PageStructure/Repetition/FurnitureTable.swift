/// Lines that recur on the pages of a site, counted beforehand: what stands on many pages is furniture.
///
/// The file is text with tabs: a line of version, then for each site `site`, its name and the pages counted, followed by
/// its lines as hash (16 hexadecimal digits) and count. It holds no text of the pages.
public struct FurnitureTable: Sendable, Equatable {
  /// First line of a file.
  static let magic = "warraq-furniture\t1"

  /// The lines of one site.
  public struct Lines: Sendable, Equatable {
    /// Pages counted.
    public internal(set) var pages = 0
    var counts: [UInt64: UInt32] = [:]

    /// Whether a line stands on so many pages and on such a share of them.
    func recurs(_ hash: UInt64, pages least: Int, share: Double) -> Bool {
      guard let count = counts[hash] else { return false }
      return Int(count) >= least && Double(count) >= share * Double(pages)
    }
  }

  /// By name of the site.
  public internal(set) var sites: [String: Lines] = [:]

  /// An empty table.
  public init() {}

  /// What is known of a site; nil when it was not counted.
  public func lines(of site: String) -> Lines? { sites[site] }

  /// Reads a file.
  ///
  /// - Throws: ``PatternError`` with the number of the line that is wrong.
  public init(parsing file: String) throws(PatternError) {
    var number = 0
    var name: String?
    for line in file.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      if number == 1 {
        guard line == Self.magic else {
          throw PatternError(line: 1, problem: "this is no furniture table of this version")
        }
        continue
      }
      guard !line.isEmpty else { continue }
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      if columns.count == 3, columns[0] == "site", let pages = Int(columns[2]), pages >= 0 {
        name = String(columns[1])
        sites[String(columns[1]), default: Lines()].pages = pages
      } else if columns.count == 2, let name, let hash = UInt64(columns[0], radix: 16),
        let count = UInt32(columns[1])
      {
        sites[name]?.counts[hash] = count
      } else {
        throw PatternError(line: number, problem: "neither a site with its pages nor a line with its count")
      }
    }
    guard number > 0, !file.isEmpty else { throw PatternError(line: 1, problem: "the file is empty") }
  }

  /// The file; the same bytes for the same counts.
  public var file: String {
    var file = Self.magic + "\n"
    for (name, lines) in sites.sorted(by: { $0.key < $1.key }) {
      file += "site\t\(name)\t\(lines.pages)\n"
      for (hash, count) in lines.counts.sorted(by: {
        $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key
      }) {
        let digits = String(hash, radix: 16)
        file += String(repeating: "0", count: 16 - digits.count) + digits + "\t\(count)\n"
      }
    }
    return file
  }
}
