import Benchmark
import Corpus
import Pipeline

func writerBenchmarks() {
  Benchmark("Writer: records to JSON lines") { benchmark in
    let config = Sample.config("version: 1\nstages: [normalize, segment, keywords, summarize]\n")
    var batches: [Batch] = []
    await Sample.scan(config) { batches.append($0) }
    let encoder = RecordEncoder(config.plan, options: config.output)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      for batch in batches { blackHole(encoder.encode(batch).count) }
    }
    benchmark.stopMeasurement()
  }

  Benchmark("Writer: zstd frames, level 3") { benchmark in
    let compressor = try FrameCompressor()
    for _ in benchmark.scaledIterations {
      try Sample.lines.withUnsafeBufferPointer { blackHole(try compressor.compress($0, level: 3)) }
    }
  }

  Benchmark("Writer: SHA-256") { benchmark in
    for _ in benchmark.scaledIterations {
      let hasher = try SHA256Hasher()
      try Sample.lines.withUnsafeBufferPointer { try hasher.update($0) }
      blackHole(try hasher.finish())
    }
  }
}
