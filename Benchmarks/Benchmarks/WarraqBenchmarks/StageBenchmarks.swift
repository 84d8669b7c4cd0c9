import Benchmark
import Pipeline
import Stages

/// One benchmark a stage: the stage alone, over batches on which the stages before it have run.
func stageBenchmarks() {
  stage("normalize", after: [])
  stage("segment", after: ["normalize"])
  stage("keywords", after: ["normalize", "segment"])
  stage("summarize", after: ["normalize", "segment"])
  stage("transliterate", after: ["normalize", "segment", "keywords"])
}

private func stage(_ name: String, after others: [String]) {
  Benchmark("Stage: \(name)") { benchmark in
    let before = others.isEmpty ? ["normalize"] : others
    var batches: [Batch] = []
    await Sample.scan(Sample.config("version: 1\nstages: [\(before.joined(separator: ", "))]\n")) {
      batches.append($0)
    }
    let names = others.contains(name) ? others : others + [name]
    let config = Sample.config("version: 1\nstages: [\(names.joined(separator: ", "))]\n")
    guard let node = config.plan.nodes.first(where: { $0.kind.name == name }) else { return }
    var stage = try node.factory.makeStage()
    for batch in batches { blackHole(try stage.process(batch)) }
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      for batch in batches { blackHole(try stage.process(batch)) }
    }
    benchmark.stopMeasurement()
  }
}
