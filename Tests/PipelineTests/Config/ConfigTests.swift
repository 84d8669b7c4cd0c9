import Testing

@testable import Pipeline

private struct SampleSection: ConfigSection {
  enum Mode: String, Sendable, CaseIterable { case keep, strip }
  var count = 10
  var mode = Mode.keep
  var size = 1 << 20
  var names: [String] = []
  var share = 0.5
  var on = true
  static let summary = "For tests."
  static var options: [ConfigOption<SampleSection>] {
    [
      .integer("count", \.count, in: 1...100, "How many."),
      .choice("mode", \.mode, "What to do."),
      .size("size", \.size, in: 1...(1 << 30), "How large."),
      .texts("names", \.names, "Which."),
      .number("share", \.share, in: 0...1, "How much."),
      .flag("on", \.on, "Whether."),
    ]
  }
}

@Suite struct ConfigTests {
  private func read(_ yaml: String, set: [String] = []) throws -> (SampleSection, [ConfigIssue]) {
    var node = try ConfigNode.parse(yaml: yaml, source: "a.yaml")
    for argument in set { try node.apply(override: argument) }
    var reader = ConfigReader()
    let section = reader.read(SampleSection.self, from: node, path: "keywords")
    return (section, reader.issues)
  }

  @Test func valuesAreReadByTheirTypes() throws {
    let (section, issues) = try read(
      "count: 15\nmode: strip\nsize: 64 KiB\nnames: [أ, ب]\nshare: 0.25\non: no")
    #expect(issues.isEmpty)
    #expect(section.count == 15)
    #expect(section.mode == .strip)
    #expect(section.size == 65536)
    #expect(section.names == ["أ", "ب"])
    #expect(section.share == 0.25)
    #expect(!section.on)
  }

  @Test(arguments: [
    ("cuont: 15", "a.yaml:1:1: keywords.cuont: there is no such key; did you mean \"count\"?"),
    ("count: many", "a.yaml:1:8: keywords.count: expected a whole number, found \"many\""),
    ("count: \"15\"", "a.yaml:1:8: keywords.count: expected a whole number, found the text \"15\""),
    ("on: true\ncount: 1000", "a.yaml:2:8: keywords.count: 1000 is out of range: it must be 1 to 100"),
    (
      "mode: stripp",
      "a.yaml:1:7: keywords.mode: expected one of keep, strip, found \"stripp\"; did you mean \"strip\"?"
    ),
    (
      "size: big",
      "a.yaml:1:7: keywords.size: expected a size, found \"big\"; write bytes, or a number with KiB, MiB or GiB, such as 64 MiB"
    ),
    ("on: maybe", "a.yaml:1:5: keywords.on: expected true or false, found \"maybe\""),
    ("share: 2", "a.yaml:1:8: keywords.share: 2.0 is out of range: it must be 0.0 to 1.0"),
  ])
  func aMistakeNamesPlaceKeyAndRemedy(yaml: String, message: String) throws {
    let (_, issues) = try read(yaml)
    #expect(issues.map(\.description) == [message])
  }

  @Test func allMistakesAreReportedAtOnce() throws {
    let (_, issues) = try read("count: 0\nmode: x\nfoo: 1")
    #expect(issues.count == 3)
  }

  @Test func anOverrideReplacesAValueAndIsNamedInErrors() throws {
    let (section, issues) = try read("count: 15", set: ["count=20", "names=[x, y]"])
    #expect(issues.isEmpty)
    #expect(section.count == 20)
    #expect(section.names == ["x", "y"])
    let (_, wrong) = try read("count: 15", set: ["count=none"])
    #expect(
      wrong.map(\.description)
        == ["--set count=none: keywords.count: expected a whole number, found \"none\""])
    #expect(throws: ConfigError.self) { try read("", set: ["count"]) }
  }

  @Test func textThatIsNotYAMLIsAnErrorWithItsPlace() {
    let error = #expect(throws: ConfigError.self) {
      try ConfigNode.parse(yaml: "a: [1,\nb: 2", source: "a.yaml")
    }
    #expect(error?.issues.first?.mark.line ?? 0 >= 1)
    #expect(throws: ConfigError.self) { try ConfigNode.parse(yaml: "a: 1\na: 2", source: "a.yaml") }
  }

  @Test func theSchemaHoldsEveryOptionWithItsDefault() {
    let schema = SampleSection.objectSchema().json()
    for option in SampleSection.options { #expect(schema.contains("\"\(option.name)\"")) }
    #expect(schema.contains("\"default\": \"1 MiB\""))
    #expect(schema.contains("\"additionalProperties\": false"))
  }

  @Test(arguments: [("4096", 4096), ("64 KiB", 65536), ("1MiB", 1 << 20), ("2 GiB", 2 << 30), ("7 B", 7)])
  func sizesAreReadAndWritten(text: String, bytes: Int) {
    #expect(ByteSize.parse(text) == bytes)
    #expect(ByteSize.parse(ByteSize.text(bytes)) == bytes)
  }

  @Test(arguments: ["", "-1", "x", "1 TB", "99999999999 GiB"])
  func whatIsNoSizeIsRefused(text: String) { #expect(ByteSize.parse(text) == nil) }

  @Test func whatChangesNoByteIsPartOfTheConfigAndNotOfItsContent() throws {
    struct Inner: ConfigSection {
      var size = 1
      var memory = 2
      static let summary = ""
      static var options: [ConfigOption<Inner>] {
        [
          .integer("size", \.size, in: 0...9, ""),
          .integer("memory", \.memory, in: 0...9, "").withoutEffectOnOutput,
        ]
      }
    }
    struct Outer: ConfigSection {
      var inner = Inner()
      var limit = 0.5
      static let summary = ""
      static var options: [ConfigOption<Outer>] {
        [.section("inner", \.inner, ""), .number("limit", \.limit, in: 0...1, "").withoutEffectOnOutput]
      }
    }
    func texts(_ document: DocumentValue) -> [String] { document.settings.map { "\($0.key)=\($0.value)" } }
    #expect(texts(Outer().resolved) == ["inner.size=1", "inner.memory=2", "limit=0.5"])
    #expect(texts(Outer().content) == ["inner.size=1"])
    var reader = ConfigReader()
    let node = try ConfigNode.parse(yaml: "limit: 0.25", source: "test")
    #expect(reader.read(Outer.self, from: node, path: "").limit == 0.25 && reader.issues.isEmpty)
  }
}
