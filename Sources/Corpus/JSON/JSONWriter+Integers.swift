extension JSONWriter {
  /// An array of integers, for example all offsets of an article.
  ///
  /// Several times faster than one ``int(_:)`` after another: the buffer is checked once in a thousand numbers.
  public mutating func ints(_ values: UnsafeBufferPointer<Int32>) {
    beginArray()
    let chunk = 1024
    let mostBytes = 12  // "-2147483648,"
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: chunk * mostBytes) { buffer in
      guard let output = buffer.baseAddress else { return }
      var start = 0
      while start < values.count {
        let end = min(start + chunk, values.count)
        var out = output
        for index in start..<end {
          if index > 0 {
            out[0] = 0x2C
            out += 1
          }
          let value = values[index]
          if value < 0 {
            out[0] = 0x2D
            out += 1
          }
          out += Self.write(value.magnitude, at: out)
        }
        bytes.append(contentsOf: UnsafeBufferPointer(start: output, count: out - output))
        start = end
      }
    }
    endArray()
  }

  /// Writes the decimal digits of a number and returns how many there are.
  @inline(__always)
  private static func write(_ value: UInt32, at out: UnsafeMutablePointer<UInt8>) -> Int {
    var count = 1
    var limit: UInt64 = 10
    while UInt64(value) >= limit {
      count += 1
      limit *= 10
    }
    var rest = value
    var at = count
    while at > 0 {
      at -= 1
      out[at] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    return count
  }
}
