/// Entities in markup: numeric ones and the named ones of HTML 4.
public enum HTMLEntity {
  /// The character that the entity behind an ampersand stands for, and where the entity ends; nil when there is none.
  ///
  /// - Parameter start: index of the unit after the ampersand.
  public static func character(
    _ text: UnsafeBufferPointer<UInt16>, after start: Int
  ) -> (value: UInt32, end: Int)? {
    HTMLEntityPass.parseBody(text, from: start)
  }
}
