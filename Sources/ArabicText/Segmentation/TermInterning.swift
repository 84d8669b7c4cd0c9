/// Works out what is known of a word form that was not met before.
///
/// The segmenter looks every form up in `table.forms` itself and calls `intern` only for a new one, so the
/// call is as rare as new words are, and may be slow.
public protocol TermInterning {
  /// Adds `form` (UTF-16 units, never empty) to `table.forms` and its row to `table`, and returns its
  /// id. Afterwards `table.forms.find(form)` gives that id, and `table.terms` has a row for every form.
  mutating func intern(
    _ form: UnsafeBufferPointer<UInt16>, kind: TokenKind, in table: inout TermTable
  ) -> TermID
}
