/// A ranker laid out for scoring several candidates of a `CandidateTable` at once.
///
/// No question is a branch. Which of a table's four numbers is added is worked out on their bits: the first number,
/// with those bits flipped in which another one differs. That takes fewer instructions than choosing where the processor
/// knows no choice by lane, and gives the same numbers.
struct FlatRanker {
  private typealias Lanes = SIMD8<Float>
  private typealias Bits = SIMD8<UInt32>

  /// One table of the ranker.
  private struct Table {
    /// Where a block has the features asked for, in bytes.
    let firstOffset: Int
    let secondOffset: Int
    let firstThreshold: Float
    let secondThreshold: Float
    /// The number for neither.
    let neither: UInt32
    /// What the second question flips, what the first does, and what both do together besides.
    let bySecond: UInt32
    let byFirst: UInt32
    let byBoth: UInt32

    init(_ table: PhraseRanker.Table) {
      firstOffset = CandidateTable.offset(of: table.first.feature) * MemoryLayout<Float>.stride
      secondOffset = CandidateTable.offset(of: table.second.feature) * MemoryLayout<Float>.stride
      (firstThreshold, secondThreshold) = (table.first.threshold, table.second.threshold)
      let values = (0..<4).map { table.values[$0].bitPattern }
      neither = values[0]
      bySecond = values[0] ^ values[1]
      byFirst = values[0] ^ values[2]
      byBoth = values[0] ^ values[1] ^ values[2] ^ values[3]
    }
  }

  private let start: Float
  private let tables: [Table]

  init(_ ranker: PhraseRanker) {
    start = ranker.start
    tables = ranker.tables.map(Table.init)
  }

  /// Writes the log-odds of the first `count` candidates of a table to the first elements of `logOdds`.
  func score(_ candidates: CandidateTable, count: Int, into logOdds: inout [Float]) {
    let blocks = (count + CandidateTable.lanes - 1) / CandidateTable.lanes
    logOdds.grow(to: blocks * CandidateTable.lanes, 0)
    logOdds.withUnsafeMutableBytes { logOdds in
      candidates.values.withUnsafeBytes { values in
        tables.withUnsafeBufferPointer { tables in
          for block in 0..<blocks {
            let values = values.baseAddress! + block * CandidateTable.blockSize * MemoryLayout<Float>.stride
            logOdds.storeBytes(
              of: sum(tables, values), toByteOffset: block * MemoryLayout<Lanes>.stride, as: Lanes.self)
          }
        }
      }
    }
  }

  @inline(__always)
  private func sum(_ tables: UnsafeBufferPointer<Table>, _ values: UnsafeRawPointer) -> Lanes {
    var sums = Lanes(repeating: start)
    for table in tables {
      let isFirst =
        values.loadUnaligned(fromByteOffset: table.firstOffset, as: Lanes.self) .> table.firstThreshold
      let isSecond =
        values.loadUnaligned(fromByteOffset: table.secondOffset, as: Lanes.self) .> table.secondThreshold
      let byFirst = Bits(repeating: table.byFirst) ^ Bits.zero.replacing(with: table.byBoth, where: isSecond)
      let bits =
        Bits(repeating: table.neither) ^ Bits.zero.replacing(with: table.bySecond, where: isSecond)
        ^ Bits.zero.replacing(with: byFirst, where: isFirst)
      sums += unsafeBitCast(bits, to: Lanes.self)
    }
    return sums
  }
}
