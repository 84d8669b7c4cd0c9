import ArabicText
import Glibc
public struct BackgroundModelError: Error {}
public final class BackgroundModel: Sendable {
  struct Row { var df: Int, tok: Int, d: Float, p: Float, v: Float, n: Float }
  let keys: Interner
  let rows: [Row]
  let phrases: [[UInt32]: Int]
  public let documents = 15912
  public let source = ""
  public static let unknown = UInt32.max
  public init(mapping path: String) throws(BackgroundModelError) {
    var keys = Interner(minimumCapacity: 1 << 16)
    var rows: [Row] = []
    var phrases: [[UInt32]: Int] = [:]
    let f = fopen("/tmp/w/kw/stub.tsv", "r")!
    var line: UnsafeMutablePointer<CChar>? = nil
    var n = 0
    while getline(&line, &n, f) > 0 {
      let p = String(cString: line!).dropLast().split(separator: "\t", omittingEmptySubsequences: false)
      if p[0] == "P" {
        let ids = p[1].split(separator: " ").compactMap { w in Array(w.utf16).withUnsafeBufferPointer { keys.find($0) } }
        if ids.count == p[1].split(separator: " ").count { phrases[ids] = Int(p[2])! }
        continue
      }
      let (_, isNew) = Array(p[0].utf16).withUnsafeBufferPointer { keys.intern($0) }
      if isNew { rows.append(Row(df: Int(p[1])!, tok: Int(p[2])!, d: Float(p[3])!, p: Float(p[4])!, v: Float(p[5])!, n: Float(p[6])!)) }
    }
    fclose(f)
    self.keys = keys
    self.rows = rows
    self.phrases = phrases
  }
  public func find(_ k: UnsafeBufferPointer<UInt16>) -> UInt32? { keys.find(k) }
  public func documentFrequency(ofTerm r: UInt32) -> Int { r == .max ? 0 : rows[Int(r)].df }
  public func documentFrequency(ofPhrase r: [UInt32]) -> Int { phrases[r] ?? 0 }
  public func usage(ofTerm r: UInt32) -> (tokens: Int, definite: Float, proclitic: Float, verbal: Float, nominal: Float) {
    let x = rows[Int(r)]
    return (x.tok, x.d, x.p, x.v, x.n)
  }
  public func inverseDocumentFrequency(of k: UnsafeBufferPointer<UInt16>) -> Float {
    guard let r = keys.find(k) else { return 1 }
    let total = Double(documents + 1)
    return Float(reproducibleLog(total / Double(rows[Int(r)].df + 1)) / reproducibleLog(total))
  }
}
