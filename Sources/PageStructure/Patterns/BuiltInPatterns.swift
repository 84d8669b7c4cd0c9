extension StructurePatterns {
  /// The patterns this program comes with: `Pipelines/structure/patterns.tsv` as it was when the program was built.
  public static let builtIn: StructurePatterns = {
    do {
      return try StructurePatterns(parsing: String(decoding: PackageResources.patterns_tsv, as: UTF8.self))
    } catch {
      // Tests read the same file; a program built with a broken one must not go on as if there were none.
      fatalError("built-in patterns: \(error)")
    }
  }()
}
