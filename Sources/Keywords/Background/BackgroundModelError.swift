/// Why a background model could not be read.
public enum BackgroundModelError: Error, Equatable, CustomStringConvertible {
  /// The file could not be opened or mapped; the reason is the system's.
  case unreadable(reason: String)
  /// The file begins otherwise than a model does.
  case notAModel
  /// A model of a version that this program does not know.
  case otherVersion(Int)
  /// A model with swapped bytes.
  case otherByteOrder
  /// Bytes are missing or too many; what is expected is not known when even the header is cut.
  case wrongSize(expected: Int?, found: Int)
  /// The named part is not as it was written.
  case damaged(String)

  /// What is wrong, where, and what to do.
  public var description: String {
    let again = "copy it again, or make a new one with 'warraq learn background'"
    return switch self {
    case .unreadable(let reason):
      "the background model cannot be read (\(reason)); check the path and its permissions"
    case .notAModel:
      "not a background model (its first bytes are not those of one); make one with 'warraq learn background'"
    case .otherVersion(let version):
      """
      a background model of version \(version), and this program reads version \(BackgroundFormat.version); \
      make a new one with 'warraq learn background'
      """
    case .otherByteOrder:
      "a background model whose bytes were swapped; \(again)"
    case .wrongSize(let expected, let found):
      "the background model has \(found) bytes"
        + (expected.map { " and its header speaks of \($0)" } ?? ", less than its header") + "; \(again)"
    case .damaged(let part):
      "the background model is damaged (\(part)); \(again)"
    }
  }
}
