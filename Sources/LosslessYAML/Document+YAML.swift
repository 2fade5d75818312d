public import LosslessJSON

extension Document {
  /// Reads a CloudFormation template, or other YAML, for editing.
  ///
  /// The document is what a JSON template with the same meaning would be: short forms such as
  /// `!Ref` read as their long form, aliases and merge keys as what they stand for, plain scalars
  /// as YAML 1.1 has them. Every byte that no edit concerns stays as it is. Edits that the text
  /// can't take are listed in ``Document/refusals``.
  ///
  /// - Parameter bytes: YAML in UTF-8 without a byte order mark; of several documents the first
  ///   is read, and none can be edited.
  public init(yaml bytes: [UInt8]) throws(Problem) {
    let tape = try Tape(reading: bytes, as: .template)
    self = try tape.document { YAMLText(bytes, tape, $0) }
  }
  /// Where a second document begins in YAML, in bytes; `nil`: there is none.
  public static func secondDocument(inYAML bytes: [UInt8]) throws(Problem) -> Int? {
    try Tape(reading: bytes, as: .template).secondDocument
  }
}
