/// Why a normalizer could not be made.
public enum NormalizationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// ICU could not load its normalization data; the value is ICU's error code.
  case unicodeDataUnavailable(code: Int32)
  /// The placeholder of this option would itself be rewritten by the chosen options.
  case unstablePlaceholder(option: String)

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .unicodeDataUnavailable(let code):
      "ICU could not load its NFC data (error \(code)); reinstall ICU's data library"
    case .unstablePlaceholder(let option):
      "\(option) would itself be changed by the normalization options; choose a plain text such as [رابط]"
    }
  }
}
