import Markup

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the head of a MediaWiki dump says about its pages.
final class MediaWikiSite: RecordContext {
  /// Longest head that is read, in bytes; those of Wikipedias have about 5000.
  static let longestHead = 256 << 10

  /// The language of the wiki: `ar`.
  let language: String?
  /// The name of its database: `arwiki`.
  let database: String?
  /// What addresses of pages begin with: `https://ar.wikipedia.org/wiki/`.
  let addressPrefix: String?
  /// Its names of what holds files and categories.
  let namespaces: SiteNamespaces?
  /// Names of all namespaces but the one of articles: old dumps do not number a page's namespace.
  let otherNamespaces: Set<String>

  /// The head itself, for the rejects.
  private let head: [UInt8]

  var saved: SavedContext { SavedContext(bytes: Data(head)) }

  /// Reads a head, from the beginning of the input to the first page.
  init(head: UnsafeBufferPointer<UInt8>) {
    self.head = Array(head)
    let xml = XMLText(head)
    language = xml.attribute("xml:lang", ofFirst: "mediawiki").map { xml.string($0) }
    database = xml.content(ofFirst: "dbname").map { xml.string($0) }
    addressPrefix = xml.content(ofFirst: "base").flatMap { range in
      let base = xml.string(range)
      return base.lastIndex(of: "/").map { String(base[...$0]) }
    }
    var names: [(key: String, name: String)] = []
    xml.forEach("namespace") { tag, content in
      guard let key = xml.attribute("key", in: tag), !content.isEmpty else { return }
      names.append((xml.string(key), xml.string(content)))
    }
    otherNamespaces = Set(names.filter { $0.key != "0" }.map(\.name))
    let files = names.filter { $0.key == "6" || $0.key == "-2" }.map(\.name)
    let categories = names.filter { $0.key == "14" }.map(\.name)
    namespaces =
      files.isEmpty && categories.isEmpty ? nil : SiteNamespaces(files: files, categories: categories)
  }

  /// The address of a page; nil when the head names no site.
  func address(ofPage title: [UInt8]) -> [UInt8]? {
    guard let addressPrefix else { return nil }
    var address = Array(addressPrefix.utf8)
    for byte in title {
      switch byte {
      case 0x20: address.append(0x5F)
      case 0...0x1F, 0x22, 0x23, 0x25, 0x26, 0x2B, 0x3C, 0x3E, 0x3F, 0x5B...0x5E, 0x60, 0x7B...0x7D:
        address.append(0x25)
        address.append(MediaWikiSite.digit(byte >> 4))
        address.append(MediaWikiSite.digit(byte & 15))
      default: address.append(byte)
      }
    }
    return address
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
}
