import Benchmark

/// What is measured, one file a subject. Sizes are of generated articles, the same in every run.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal, .throughput, .peakMemoryResident, .instructions],
    warmupIterations: 1, scalingFactor: .one, maxDuration: .seconds(4), maxIterations: 200)
  readerBenchmarks()
  stageBenchmarks()
  writerBenchmarks()
  pipelineBenchmarks()
}
