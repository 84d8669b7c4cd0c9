/// This release. Output bytes depend on it, so it is part of a run's fingerprint.
public enum Release {
  /// Semantic version.
  public static let version = "0.1.0"
}
