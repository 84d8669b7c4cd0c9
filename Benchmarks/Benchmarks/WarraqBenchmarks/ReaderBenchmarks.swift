import Benchmark
import Corpus

func readerBenchmarks() {
  Benchmark("Reader: cut JSON lines into batches") { benchmark in
    for _ in benchmark.scaledIterations {
      var reader = BatchReader(inputs: Sample.inputs(Sample.file).files)
      while let batch = reader.next() { blackHole(batch.records.count) }
    }
  }

  Benchmark("Reader: cut and parse JSON lines") { benchmark in
    let parser = try RecordParser()
    for _ in benchmark.scaledIterations {
      var reader = BatchReader(inputs: Sample.inputs(Sample.file).files)
      while let batch = reader.next() {
        for record in batch.records { blackHole(parser.parse(record, in: batch)) }
      }
    }
  }
}
