/// Where an article stands in the inputs: what identifies it, whatever became of it.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  /// The input's name as records carry it.
  public var input: String
  /// Number of the record in the input, from 1; 0 for the input as a whole.
  public var record: Int

  /// Makes a place.
  public init(_ input: String, _ record: Int) {
    self.input = input
    self.record = record
  }

  /// Input and number.
  public var description: String { "\(input)#\(record)" }
}

/// What must have become of an article once a run is complete.
public enum Fate: Hashable, Sendable {
  /// It is a record in a shard.
  case record
  /// It is listed among the rejects, with this reason.
  case reject(reason: String)
  /// It is listed as a duplicate of another.
  case duplicate(of: Place)
  /// It is a record or a reject: the checker does not know better.
  case recordOrReject
  /// It is anywhere: a record, a reject or a duplicate.
  case any
}

/// An article that was put into the inputs, as whoever put it there knows it.
public struct ExpectedArticle: Hashable, Sendable {
  /// Where it stands.
  public var place: Place
  /// Its id; nil where the program makes one up.
  public var id: String?
  /// Something only this article has, in its member `mark`, which the program carries to `meta.mark`; nil for none.
  public var mark: String?
  /// What must become of it.
  public var fate: Fate

  /// Makes an expectation.
  public init(place: Place, id: String? = nil, mark: String? = nil, fate: Fate) {
    self.place = place
    self.id = id
    self.mark = mark
    self.fate = fate
  }
}
