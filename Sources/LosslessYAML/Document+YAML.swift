public import LosslessJSON

extension Document {
  /// Reads a CloudFormation template, or other YAML, for editing.
  ///
  /// The document has the values of an equivalent JSON template: short forms such as `!Ref` are read
  /// as their long forms, aliases and merge keys as the values they refer to, plain scalars by YAML
  /// 1.1. Every byte that no edit concerns stays unchanged. ``Document/refusals`` lists the edits that
  /// the text cannot take.
  ///
  /// - Parameter bytes: YAML in UTF-8 without a byte order mark. If it has several documents, the first
  ///   is read, and none can be edited.
  public init(yaml bytes: [UInt8]) throws(Problem) {
    let tape = try Tape(reading: bytes, as: .template)
    self = try tape.document { YAMLText(bytes, tape, $0) }
  }

  /// Offset in bytes of the second document in YAML; `nil` if there is none.
  public static func secondDocument(inYAML bytes: [UInt8]) throws(Problem) -> Int? {
    try Tape(reading: bytes, as: .template).secondDocument
  }
}

/// Reads YAML as JSON values.
///
/// Plain scalars are read by the core schema of YAML 1.2 as far as JSON has the value: `true`, `false`,
/// `null`, `~` and JSON's numbers. All others are strings, among them `yes`, `off` and `0x1F`.
public enum YAMLReader {
  /// - Parameter bytes: one YAML document in UTF-8.
  public static func value(_ bytes: [UInt8]) throws(Problem) -> JSONValue {
    let tape = try Tape(reading: bytes, as: .configuration)
    let document = try tape.document { _ in nil }
    return document.value(document.root)
  }
}
