/// Why a survey of duplicates cannot go on.
public enum DuplicateSurveyError: Error, Equatable, CustomStringConvertible {
  /// A call on a temporary file failed, such as for want of room.
  case system(action: String, folder: String, reason: String)
  /// More documents than ordinals of 32 bits can number.
  case tooManyDocuments

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .system(let action, let folder, let reason):
      "cannot \(action) a temporary file of the survey in \(folder): \(reason)"
    case .tooManyDocuments: "more than 4,294,967,294 documents: look for duplicates in parts of the dump"
    }
  }
}
