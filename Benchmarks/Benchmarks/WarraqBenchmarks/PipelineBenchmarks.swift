import Benchmark
import Corpus
import Glibc
import Pipeline

/// Whole runs, from the file to committed shards.
func pipelineBenchmarks() {
  for workers in [1, 2] {
    run(
      "Pipeline: all stages, \(workers) workers",
      "version: 1\nstages: [normalize, segment, keywords, summarize, transliterate]\nrun: {workers: \(workers)}\n"
    )
  }
  run(
    "Pipeline: normalize and segment, 1 worker",
    "version: 1\nstages: [normalize, segment]\nrun: {workers: 1}\n")
}

private func run(_ name: String, _ yaml: String) {
  Benchmark(name) { benchmark in
    let config = Sample.config(yaml)
    let inputs = Sample.inputs(Sample.file)
    let output = "/tmp/warraq-benchmark-\(getpid())-out"
    for _ in benchmark.scaledIterations {
      let job = PipelineRun(config: config, inputs: inputs, output: output, isRestarting: true)
      blackHole(try await job.execute(progress: RunProgress(), stop: StopSignal()))
    }
  }
}
