import Testing

@testable import Training

@Suite("Folds")
struct FoldsTests {
  @Test("every document is in exactly one fold, and sizes differ by one at most", arguments: [2, 5, 7, 100])
  func partition(count: Int) {
    let folds = Folds(count, of: 33, seed: 4).documents
    #expect(folds.flatMap { $0 }.sorted() == Array(0..<33))
    let sizes = folds.map(\.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test("a seed repeats a division, another gives another")
  func seeds() {
    #expect(Folds(5, of: 50, seed: 1).documents == Folds(5, of: 50, seed: 1).documents)
    #expect(Folds(5, of: 50, seed: 1).documents != Folds(5, of: 50, seed: 2).documents)
  }
}
