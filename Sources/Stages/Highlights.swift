import ArabicText
import Pipeline

/// A stretch of an article's text that a preview sets apart.
public struct Highlight: Sendable, Hashable {
  /// Why it is set apart.
  public enum Kind: Sendable, Hashable { case keyword, summarySentence }
  /// Where it stands, in UTF-16 units of the article's text.
  public var span: TextSpan
  /// Why.
  public var kind: Kind
}

extension Batch {
  /// Where keywords and summary sentences stand in article `index`; empty for stages that did not run.
  public func highlights(_ index: Int) -> [Highlight] {
    var highlights: [Highlight] = []
    if let keywords = self[ArticleKeywords.self] {
      highlights += keywords[index].flatMap(\.occurrences).map { Highlight(span: $0, kind: .keyword) }
    }
    let summaries = self[ArticleSummary.self]
    if !summaries.isEmpty {
      let sentences = self[Sentences.self][index]
      highlights += summaries[index].map { Highlight(span: sentences[$0.index].span, kind: .summarySentence) }
    }
    return highlights
  }
}
