// swift-tools-version: 6.1
import PackageDescription

/// ICU stays behind one C target: Foundation brings an ICU module of its own and the two clash in Swift.
let icu: [LinkerSetting] = [.linkedLibrary("icui18n"), .linkedLibrary("icuuc"), .linkedLibrary("icudata")]

/// `ExistentialAny` keeps every dynamic call visible in the source; the hot path has none per token.
let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

/// What the benchmarks, a package of their own, are built on.
let libraries = [
  "ArabicText", "Markup", "PageStructure", "Keywords", "Summaries", "Language", "Quality", "Deduplication",
  "Corpus", "Pipeline", "Stages", "Evaluation",
]

let package = Package(
  name: "warraq",
  products: [
    .executable(name: "warraq", targets: ["warraq"])
  ] + libraries.map { Product.library(name: $0, targets: [$0]) },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
  ],
  targets: [
    // C and C++ targets: thin doors to system libraries; no public header names a type of theirs.
    .target(name: "CICU", dependencies: ["CTextScan"], linkerSettings: icu),
    // Only the tests ask libstemmer: it is what our stemmer is compared with.
    .target(name: "CStemmer", linkerSettings: [.linkedLibrary("stemmer")]),
    .target(
      name: "CCompression",
      linkerSettings: [
        .linkedLibrary("z"), .linkedLibrary("bz2"), .linkedLibrary("lzma"), .linkedLibrary("zstd"),
      ]),
    .target(name: "CArchive", linkerSettings: [.linkedLibrary("archive")]),
    // Where libxml2's headers are; only C targets use it.
    .systemLibrary(name: "CLibXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(name: "CHTML", dependencies: ["CLibXML"], linkerSettings: [.linkedLibrary("xml2")]),
    .target(name: "CHash", linkerSettings: [.linkedLibrary("crypto")]),
    .target(name: "CJSON"),
    .target(name: "CMemory"),
    .target(name: "CTextScan"),
    .target(name: "CShingling"),

    // Libraries: the language, then what is built on it. They know nothing of configs or tasks.
    .target(name: "ArabicText", dependencies: ["CICU", "CTextScan", "CMemory"], swiftSettings: strict),
    // Web pages and wikitext to plain text.
    .target(name: "Markup", dependencies: ["ArabicText", "CHTML", "CTextScan"], swiftSettings: strict),
    // The article inside a crawled page. Its patterns are a file that users copy and extend.
    .target(
      name: "PageStructure", dependencies: ["ArabicText"], resources: [.embedInCode("Patterns/patterns.tsv")],
      swiftSettings: strict),
    .target(name: "Keywords", dependencies: ["ArabicText", "CHash"], swiftSettings: strict),
    .target(name: "Summaries", dependencies: ["ArabicText"], swiftSettings: strict),
    // What decides whether an article is wanted at all.
    .target(name: "Language", dependencies: ["ArabicText"], swiftSettings: strict),
    .target(name: "Quality", dependencies: ["ArabicText"], swiftSettings: strict),
    // Signatures of documents, and which ones duplicate others.
    .target(
      name: "Deduplication", dependencies: ["ArabicText", "CHash", "CShingling", "Randomness"],
      swiftSettings: strict),
    // Random numbers that a seed repeats.
    .target(name: "Randomness", swiftSettings: strict),
    // How good keywords and summaries are, against gold; it knows of no stage.
    .target(name: "Evaluation", dependencies: ["CICU", "Randomness"], swiftSettings: strict),
    // What learns from scored articles.
    .target(
      name: "Training", dependencies: ["ArabicText", "Evaluation", "Keywords", "Randomness"],
      swiftSettings: strict),
    .target(
      name: "Corpus",
      dependencies: ["ArabicText", "Markup", "CArchive", "CCompression", "CHash", "CJSON", "CTextScan"],
      swiftSettings: strict),

    // The machine: config, planner, worker pool. It knows nothing of Arabic.
    .target(
      name: "Pipeline",
      dependencies: [
        "ArabicText", "Corpus", "CMemory", "CTextScan", "Yams",
      ], swiftSettings: strict),
    .target(
      name: "Stages",
      dependencies: [
        "ArabicText", "PageStructure", "Keywords", "Summaries", "Language", "Quality", "Deduplication",
        "Corpus",
        "Pipeline",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "warraq",
      dependencies: [
        "Stages", "Language", "PageStructure", "Evaluation", "Training", "CMemory",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ], swiftSettings: strict),

    // What several test targets need.
    .target(
      name: "TestSupport", dependencies: ["Randomness"], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "ArabicTextTests", dependencies: ["ArabicText", "CStemmer", "TestSupport"]),
    .testTarget(name: "MarkupTests", dependencies: ["Markup", "TestSupport"]),
    .testTarget(
      name: "PageStructureTests", dependencies: ["PageStructure", "TestSupport"], exclude: ["Pages"]),
    .testTarget(name: "KeywordsTests", dependencies: ["Keywords", "TestSupport"]),
    .testTarget(name: "SummariesTests", dependencies: ["Summaries"]),
    .testTarget(name: "LanguageTests", dependencies: ["Language", "TestSupport"]),
    .testTarget(name: "QualityTests", dependencies: ["Quality", "TestSupport"]),
    .testTarget(name: "DeduplicationTests", dependencies: ["Deduplication", "TestSupport"]),
    .testTarget(name: "EvaluationTests", dependencies: ["Evaluation", "Randomness", "TestSupport"]),
    .testTarget(name: "TrainingTests", dependencies: ["Training", "Randomness"]),
    .testTarget(name: "CorpusTests", dependencies: ["Corpus", "TestSupport"], exclude: ["Fixtures"]),
    .testTarget(name: "PipelineTests", dependencies: ["Pipeline", "TestSupport"]),
    .testTarget(name: "StagesTests", dependencies: ["Stages", "TestSupport"]),
    .testTarget(name: "CommandLineTests", dependencies: ["Stages", "warraq", "TestSupport"]),
    // What the fuzzer runs (Tests/Fuzzing, a package of its own), on seeds, old crashers and mutations of them.
    .testTarget(
      name: "FuzzingTests",
      dependencies: [
        "ArabicText", "Markup", "PageStructure", "Keywords", "Summaries", "Language", "Quality", "Corpus",
        "Pipeline", "Stages", "Evaluation", "TestSupport",
      ], path: "Tests/Fuzzing/Code"),

    // Real processes killed, starved and robbed of their files: `Scripts/test faults`. What they leave is checked by code
    // that shares none with the program.
    .target(
      name: "FaultChecking", dependencies: ["Randomness"], path: "Tests/Faults/Checking",
      swiftSettings: strict),
    .executableTarget(
      name: "faults",
      dependencies: [
        "FaultChecking", "Randomness", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Tests/Faults/Injection", swiftSettings: strict),
    .testTarget(
      name: "FaultCheckingTests", dependencies: ["FaultChecking"], path: "Tests/Faults/CheckingTests"),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
