import ArabicText

/// What a word says of the one written right behind it.
///
/// Arabic verbs and nouns often look the same (كتب is "he wrote" and "books"), but some particles are followed by verbs
/// and others by nouns nearly without exception, so the share of a term's tokens behind each tells what it mostly is.
/// Particles are compared as folded surface forms, so it does not matter what clitic rules make of الذي or ولقد.
enum Particle: UInt8 {
  /// No form looked up yet.
  case unknown
  /// It says nothing.
  case none
  /// Negation and time (لم لن قد سوف), purpose (كي), and relative pronouns, whose clause mostly begins with its verb.
  case beforeVerb
  /// Prepositions; they govern nouns only.
  case beforeNoun

  /// Particles that verbs follow; و and ف may be written onto them.
  static let beforeVerbs = ["لم", "لن", "قد", "لقد", "سوف", "كي", "لكي", "الذي", "التي", "الذين"]
  /// Particles that nouns follow. خلال, بعد and قبل are among them: a verb takes أن after them.
  static let beforeNouns = ["في", "من", "إلى", "على", "عن", "مع", "بين", "خلال", "بعد", "قبل"]
}

/// Recognizes particles by their forms.
struct ParticleTable: Sendable {
  private let folding = KeyFolding()
  private var known = Interner(minimumCapacity: 128)
  private var particles: [Particle] = []
  private var room: [UInt16] = []

  init() {
    for word in Particle.beforeVerbs {
      for opening in ["", "و", "ف"] { add(opening + word, .beforeVerb) }
    }
    for word in Particle.beforeNouns { add(word, .beforeNoun) }
  }

  private mutating func add(_ word: String, _ particle: Particle) {
    room.removeAll(keepingCapacity: true)
    Array(word.utf16).withUnsafeBufferPointer { folding.fold($0, into: &room) }
    let isNew = room.withUnsafeBufferPointer { known.intern($0).isNew }
    if isNew { particles.append(particle) }
  }

  /// What a surface form is; never `unknown`.
  mutating func particle(of form: UnsafeBufferPointer<UInt16>) -> Particle {
    room.removeAll(keepingCapacity: true)
    folding.fold(form, into: &room)
    return room.withUnsafeBufferPointer { known.find($0).map { particles[Int($0)] } ?? .none }
  }
}
