/// e to the power of `x`, the same on every machine, as `reproducibleLog` is: the C library's result may differ in the
/// last bit between versions, and scores reach the output.
///
/// Additions and multiplications alone: x = k ln 2 + r, Taylor's series for r (at most 0.35), then the exponent of the
/// double is raised by k. Relative error below 1e-14. 0 below -700, the value for 700 above it.
public func reproducibleExp(_ x: Double) -> Double {
  guard x > -700 else { return 0 }
  let clamped = min(x, 700)
  let k = (clamped * 1.442_695_040_888_963_4).rounded()
  let r = (clamped - k * 0.693_147_180_369_123_8) - k * 1.908_214_929_270_587_7e-10
  var sum = 1.0
  for n in stride(from: 13.0, through: 1, by: -1) { sum = 1 + sum * r / n }
  return Double(sign: .plus, exponent: Int(k), significand: sum)
}
