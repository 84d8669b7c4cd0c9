/// The name and arguments of one template, as ranges of the text between its braces.
struct TemplateArguments {
  private let text: UnsafeBufferPointer<UInt8>
  private let name: Range<Int>
  /// Places of the bars.
  private let bars: ArraySlice<Int>
  /// The first argument of a function such as `{{formatnum:1500}}`, which stands behind its name.
  private var functionArgument: Range<Int>?

  /// What the template leaves; nil when nothing.
  private(set) var kind: InlineTemplates.Text?

  /// Takes a template apart; `text` ends with its last argument.
  init(_ text: UnsafeBufferPointer<UInt8>, _ name: Range<Int>, _ bars: ArraySlice<Int>) {
    self.text = text
    self.name = name
    self.bars = bars
    if let known = InlineTemplates.templates[text.trimmed(name)] {
      kind = known
    } else if let colon = name.first(where: { text[$0] == 0x3A }) {
      let before = text.trimmed(name.lowerBound..<colon)
      let after = (colon + 1)..<name.upperBound
      if before.has("قالب", at: 0) || before.has("Template", at: 0) || before.has("template", at: 0) {
        kind = InlineTemplates.templates[text.trimmed(after)]
      } else if before.first != 0x23, let known = InlineTemplates.functions[before] {
        kind = known
        functionArgument = after
      }
    }
  }

  /// Writes what the template leaves.
  func write(_ kind: InlineTemplates.Text, into out: inout ByteSink, isInBrackets: Bool) {
    switch kind {
    case .argument(let number): out.append(positional(number))
    case .last: out.append(positional(Int.max))
    case .words(let words): out.append(words)
    case .dropped: break
    case .link: out.append(linkText)
    case .language(let language):
      let word = positional(1)
      guard !word.isEmpty else { return }
      if !isInBrackets { out.append(0x28) }
      out.append("ب")
      out.append(language)
      out.append(": ")
      out.append(word)
      if !isInBrackets { out.append(0x29) }
    case .measure:
      out.append(positional(1))
      let unit = argument(2)
      guard !unit.isEmpty else { return }
      out.append(0x20)
      out.append(unit)
    case .verse:
      out.append("<br>")
      for number in 1...4 {
        let half = argument(number)
        if half.isEmpty { continue }
        if number > 1 { out.append(" … ") }
        out.append(half)
      }
      out.append("<br>")
    }
  }

  private var linkText: UnsafeBufferPointer<UInt8> {
    for key in InlineTemplates.linkArguments {
      if let value = named(key), !value.isEmpty { return value }
    }
    return positional(1)
  }

  /// An argument without a name by its number, the last one when there are fewer.
  private func positional(_ number: Int) -> UnsafeBufferPointer<UInt8> {
    if let functionArgument { return text.trimmed(functionArgument) }
    let named = named(number)
    if let named, !named.isEmpty { return named }
    var found = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    var count = 0
    for index in bars.indices {
      let range = range(index)
      if equals(range) != nil { continue }
      count += 1
      found = text.trimmed(range)
      if count == number { break }
    }
    return found
  }

  /// An argument without a name by its number; empty when there is none.
  private func argument(_ number: Int) -> UnsafeBufferPointer<UInt8> {
    if let named = named(number) { return named }
    var count = 0
    for index in bars.indices where equals(range(index)) == nil {
      count += 1
      if count == number { return text.trimmed(range(index)) }
    }
    return UnsafeBufferPointer(start: nil, count: 0)
  }

  /// The argument `1=...`.
  private func named(_ number: Int) -> UnsafeBufferPointer<UInt8>? {
    guard number < 10 else { return nil }
    return value { $0.count == 1 && $0[0] == UInt8(0x30 + number) }
  }

  private func named(_ key: StaticString) -> UnsafeBufferPointer<UInt8>? {
    value { $0.count == key.utf8CodeUnitCount && $0.has(key, at: 0) }
  }

  private func value(
    where isKey: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> UnsafeBufferPointer<UInt8>? {
    for index in bars.indices {
      let range = range(index)
      if let equals = equals(range), isKey(text.trimmed(range.lowerBound..<equals)) {
        return text.trimmed((equals + 1)..<range.upperBound)
      }
    }
    return nil
  }

  private func range(_ bar: Int) -> Range<Int> {
    (bars[bar] + 1)..<(bar + 1 < bars.endIndex ? bars[bar + 1] : text.count)
  }

  /// The sign behind the name of an argument that has one: no tag may stand before it, whose attributes have such signs.
  private func equals(_ range: Range<Int>) -> Int? {
    for index in range.prefix(40) {
      if text[index] == 0x3D { return index }
      if text[index] == 0x3C || text[index] == 0x5B { return nil }
    }
    return nil
  }
}
