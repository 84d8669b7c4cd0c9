/// What can go wrong when shards are written or read. Messages name files, never text of an article.
public enum ShardError: Error, Equatable, CustomStringConvertible {
  /// A system call failed: what was tried, on which path, and the system's reason.
  case system(action: String, path: String, reason: String)
  /// Memory could not be had for what is named.
  case outOfMemory(String)
  /// zstd refused, with its reason.
  case compression(String)
  /// OpenSSL refused to hash.
  case hashing
  /// A frame has more bytes than a reader takes, ``FrameDecompressor/mostFrameBytes``.
  case frameTooLarge(bytes: Int)
  /// Batches must come in order without gaps.
  case batchOutOfOrder(expected: Int, got: Int)
  /// A frame is described as holding records but has no bytes, or the reverse.
  case frameDisagreesWithDescription(batch: Int)
  /// What a batch holds of an input did not end in exactly one place each, or an input is missing; with both sides.
  case unbalancedLedger(input: String, batch: Int, detail: String)
  /// The books of the whole run do not balance; with both sides.
  case unbalancedTotals(String)
  /// A file of that name with other content is already there.
  case conflictingFile(path: String)
  /// The output folder holds something that this program did not write.
  case foreignFile(path: String)
  /// The output folder holds another run's files.
  case otherRun(path: String)
  /// The output folder holds this run as it was before something changed; what changed, line by line. One that is
  /// filled input by input belongs to many, so that none of them may begin it anew.
  case changedRun(path: String, isComplete: Bool, isShared: Bool = false, changes: [String])
  /// Another process is writing to the folder: who, in words, and whether the folder can be taken from it.
  case inUse(path: String, holder: String, isForcible: Bool)
  /// The unit of work was begun with its input as it was before it changed; what changed.
  case changedUnit(path: String, change: String)
  /// Inputs that are not done yet, and units that nobody listed: names, and what is amiss.
  case unfinishedUnits(path: String, lines: [String])
  /// The folder is not filled input by input.
  case noUnits(path: String)
  /// Another process took the folder from this one; who, in words.
  case lostFolder(path: String, holder: String)
  /// A manifest or marker cannot be read, with the reason.
  case unreadable(path: String, reason: String)
  /// A file that was made again is not the one that the manifest names.
  case notReproduced(file: String)
  /// A shard is damaged at a byte offset, with the reason.
  case damaged(path: String, offset: Int, reason: String)

  /// One sentence: what, where, what to do.
  public var description: String {
    switch self {
    case .system(let action, let path, let reason): "Cannot \(action) \(path): \(reason)."
    case .outOfMemory(let what): "Not enough memory for \(what)."
    case .compression(let reason): "zstd failed: \(reason)."
    case .hashing: "OpenSSL failed to compute SHA-256."
    case .frameTooLarge(let bytes):
      "A frame of \(bytes) bytes is more than \(FrameDecompressor.mostFrameBytes); use smaller batches."
    case .batchOutOfOrder(let expected, let got):
      "Batch \(got) came to the writer where batch \(expected) was due."
    case .frameDisagreesWithDescription(let batch):
      "The frame of batch \(batch) does not agree with its number of records."
    case .unbalancedLedger(let input, let batch, let detail):
      "The ledger does not balance for \(input) in batch \(batch): \(detail). "
        + "Nothing of this batch was committed; please report it with the input."
    case .unbalancedTotals(let detail):
      "The run's totals do not balance: \(detail). No manifest was written; please report it."
    case .conflictingFile(let path):
      "\(path) exists with other content; was it written by another version or config? "
        + "Choose another --output folder, or begin anew in this one with --restart."
    case .foreignFile(let path):
      "\(path) was not written by this program; choose another --output folder, "
        + "or begin in this one with --restart, which leaves such files alone."
    case .otherRun(let path):
      "\(path) belongs to a run with another config, input or version; "
        + "choose another --output folder, or begin anew in this one with --restart."
    case .changedRun(let path, let isComplete, let isShared, let changes):
      "\(path) holds \(isComplete ? "a complete" : "an unfinished") run, and this is another one:\n"
        + changes.map { "  \($0)\n" }.joined()
        + (isShared
          ? "Others may count on it: choose another --output folder, or remove this one yourself."
          : "--restart removes what it wrote and begins anew; another --output folder keeps both.")
    case .inUse(_, let holder, let isForcible):
      "\(holder). Wait for it to end, "
        + (isForcible
          ? "choose another --output folder, or take this one from it with --force."
          : "or choose another --output folder.")
    case .changedUnit(let path, let change):
      "\(path) holds shards of another input of that name, or of this one before it changed:\n  \(change)\n"
        + "Inputs of one folder need names of their own: name them by a folder above them "
        + "(--input dump/ --nth 3). For one that changed, --restart begins this unit anew."
    case .unfinishedUnits(let path, let lines):
      "\(path) is not complete, and is left as it is:\n" + lines.map { "  \($0)\n" }.joined()
        + "Give warraq shard these inputs, then finish again."
    case .noUnits(let path):
      "\(path) is not filled by warraq shard: what warraq run writes needs no finishing; give that command again."
    case .lostFolder(let path, let holder):
      "\(path) is not this run's any more: \(holder). "
        + "What this run had committed stays and is whole; it writes nothing more."
    case .unreadable(let path, let reason): "Cannot read \(path): \(reason)."
    case .notReproduced(let file):
      "\(file) came out other than the manifest says, and was left as it is: has an input, a file that the config "
        + "names, or a system library (ICU, zstd) changed since? Run it anew with --restart."
    case .damaged(let path, let offset, let reason): "\(path) is damaged at byte \(offset): \(reason)."
    }
  }
}
