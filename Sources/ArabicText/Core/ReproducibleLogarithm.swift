/// Natural logarithm by additions and multiplications in a fixed order, so the bits of a score are the same on
/// every machine; the C library chooses among versions of `log` that differ in the last bit by processor.
///
/// Splits off the binary exponent and sums the series of atanh on the mantissa (Abramowitz and Stegun 4.1.27);
/// the relative error is below 1e-12. Returns 0 for arguments that are not positive and finite.
public func reproducibleLog(_ x: Double) -> Double {
  guard x > 0, x.isFinite else { return 0 }
  var mantissa = x.significand
  var exponent = Double(x.exponent)
  if mantissa > 1.414_213_562_373_095_1 {
    mantissa *= 0.5
    exponent += 1
  }
  let z = (mantissa - 1) / (mantissa + 1)
  let square = z * z
  var power = z
  var sum = z
  var odd = 3.0
  while odd <= 17 {
    power *= square
    sum += power / odd
    odd += 2
  }
  return exponent * 0.693_147_180_559_945_3 + 2 * sum
}
