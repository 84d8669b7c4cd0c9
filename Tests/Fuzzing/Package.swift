// swift-tools-version: 6.1
import PackageDescription

/// The fuzzer is a package of its own, for it must be built with other flags than the rest; `Scripts/fuzz` does that.
/// The functions it runs are those of the test target FuzzingTests of the package above.
let libraries = [
  "ArabicText", "Markup", "PageStructure", "Keywords", "Summaries", "Language", "Quality", "Corpus",
  "Pipeline",
  "Stages", "Evaluation",
]

let package = Package(
  name: "warraq-fuzzing",
  dependencies: [.package(name: "warraq", path: "../..")],
  targets: [
    .target(
      name: "FuzzTargets", dependencies: libraries.map { .product(name: $0, package: "warraq") },
      path: "Code/Targets"),
    .executableTarget(
      name: "warraq-fuzz", dependencies: ["FuzzTargets"], path: "Driver",
      // libFuzzer brings the main function.
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
  ],
  swiftLanguageModes: [.v6]
)
