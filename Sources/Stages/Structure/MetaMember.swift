import Pipeline

/// Looks up one member of an article's `meta`, JSON that the reader has checked.
enum MetaMember {
  /// The text of a member of the outermost object; nil when there is no such member or it is no text. Escapes other than
  /// `\/` are left as they are: what is looked for are addresses and names of sites.
  static func text(_ name: String, in json: [UInt8]) -> String? {
    let wanted = Array(name.utf8)
    var depth = 0
    var at = 0
    var isKey = false
    var found = false
    while at < json.count {
      switch json[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        isKey = json[at] == UInt8(ascii: "{")
        found = false
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ","):
        isKey = true
        found = false
      case UInt8(ascii: ":"): isKey = false
      case UInt8(ascii: "\""):
        let start = at + 1
        at = start
        while at < json.count, json[at] != UInt8(ascii: "\"") { at += json[at] == UInt8(ascii: "\\") ? 2 : 1 }
        let value = json[min(start, json.count)..<min(at, json.count)]
        if depth == 1, isKey {
          found = value.elementsEqual(wanted)
        } else if depth == 1, found {
          return unescaped(value)
        }
      default: break
      }
      at += 1
    }
    return nil
  }

  private static func unescaped(_ value: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    var at = value.startIndex
    while at < value.endIndex {
      if value[at] == UInt8(ascii: "\\"), at + 1 < value.endIndex, value[at + 1] == UInt8(ascii: "/") {
        at += 1
      }
      out.append(value[at])
      at += 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The site that pages which name none have in common: most often a dump of one site.
  static let unnamedSite = "-"

  /// The site of an article, named by a member of its record; of a web address the host counts.
  static func site(of article: Article, named member: String) -> String {
    text(member, in: article.meta).map(site).flatMap { $0.isEmpty ? nil : $0 } ?? unnamedSite
  }

  /// The host of a web address in lower case, without `www.` and port; other text as it is.
  static func site(_ text: String) -> String {
    guard let scheme = text.firstRange(of: "://") else { return text }
    let host = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
      .lowercased()
    return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
  }
}
