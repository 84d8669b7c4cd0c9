// swift-tools-version: 6.1
import PackageDescription

/// Benchmarks are a package of their own, so that users of Warraq never resolve what they depend on.
let package = Package(
  name: "warraq-benchmarks",
  products: [.executable(name: "generate-corpus", targets: ["generate-corpus"])],
  dependencies: [
    .package(name: "warraq", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.30.0", traits: []),
  ],
  targets: [
    /// Articles of any total size, for measuring without a download.
    .target(name: "ArabicCorpus", path: "Corpus/ArabicCorpus"),
    .executableTarget(
      name: "generate-corpus",
      dependencies: [
        "ArabicCorpus", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Corpus/generate-corpus"),
    .testTarget(name: "ArabicCorpusTests", dependencies: ["ArabicCorpus"], path: "Corpus/Tests"),
    .executableTarget(
      name: "WarraqBenchmarks",
      dependencies: [
        "ArabicCorpus",
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "ArabicText", package: "warraq"),
        .product(name: "Keywords", package: "warraq"),
        .product(name: "Summaries", package: "warraq"),
        .product(name: "Corpus", package: "warraq"),
        .product(name: "Pipeline", package: "warraq"),
        .product(name: "Stages", package: "warraq"),
      ], path: "Benchmarks/WarraqBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6]
)
