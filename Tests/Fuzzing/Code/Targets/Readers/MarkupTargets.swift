import ArabicText

@testable import Markup

/// Wikitext and web pages to plain text.
enum MarkupTargets {
  static let all = [
    FuzzTarget("wikitext", mutations: 200) {
      let kept = WikitextConverter()
      let namespaces = SiteNamespaces(files: ["ملف", "File"], categories: ["تصنيف"])
      return { bytes in
        // Dumps are decoded before.
        let source = Array(FuzzInput.string(bytes).utf8)
        try source.withUnsafeBufferPointer { source in
          let text = Array(kept.plainText(source, namespaces: namespaces))
          try require(String(validating: text, as: UTF8.self) != nil, "text that is not UTF-8")
          try require(kept.work <= 400 * source.count + 4096, "\(kept.work) steps for \(source.count) bytes")
          let fresh = WikitextConverter()
          let again = withExtendedLifetime(fresh) { Array(fresh.plainText(source, namespaces: namespaces)) }
          try require(text == again, "the text before makes a difference")
          _ = WikitextConverter.isRedirect(source)
        }
      }
    },
    FuzzTarget("html", mutations: 100) {
      let kept = HTMLExtractor()
      return { bytes in
        var first = Array(FuzzInput.string(bytes).utf8)
        var second = first
        let page = try kept.page(utf8: &first)
        let again = try HTMLExtractor().page(utf8: &second)
        try require(page == again, "the page before makes a difference")
        for units in [page.text, page.title] {
          try require(
            String(validating: units, as: UTF16.self) != nil,
            "text that is not UTF-16: \(FuzzInput.hex(units))")
        }
      }
    },
    FuzzTarget("html-charset", mutations: 150) {
      { bytes in
        for isStrict in [false, true] {
          do {
            let found = try HTMLCharset.decode(bytes, label: nil, isStrict: isStrict)
            try require(String(validating: found.utf8, as: UTF8.self) != nil, "a page that is not UTF-8")
            try require(!isStrict || found.encoding.replacements == 0, "replacements where none are allowed")
          } catch let error as UndecodableText {
            try require(
              error.detail.utf8.allSatisfy { (0x20..<0x7F).contains($0) },
              "an error with other than printable ASCII: \(error.detail.debugDescription)")
          }
        }
        _ = HTMLCharset.label(contentType: FuzzInput.string(bytes))
      }
    },
  ]
}
