public import LosslessJSON

extension Document {
  /// Reads a CloudFormation template, or other YAML, for editing.
  ///
  /// The document has the values of an equivalent JSON template. Short forms such as `!Ref` are read as their
  /// long forms, aliases and merge keys as the values that they refer to, and plain scalars according to YAML
  /// 1.1. All bytes outside the edits stay unchanged. ``Document/refusals`` lists the edits that the text
  /// does not allow.
  ///
  /// - Parameter bytes: YAML in UTF-8 without a byte order mark. If there are several documents, only the
  /// first is read, and none can be edited.
  public init(yaml bytes: [UInt8]) throws(Problem) {
    let tape = try Tape(reading: bytes, as: .template)
    self = try tape.document { YAMLText(bytes, tape, $0) }
  }

  /// The byte offset of the second document in a YAML text, or `nil` if there is none.
  public static func secondDocument(inYAML bytes: [UInt8]) throws(Problem) -> Int? {
    try Tape(reading: bytes, as: .template).secondDocument
  }
}

/// Reads YAML as JSON values.
///
/// Plain scalars are read according to the core schema of YAML 1.2, if JSON has the value: `true`, `false`,
/// `null`, `~` and JSON's numbers. All others are strings, including `yes`, `off` and `0x1F`.
public enum YAMLReader {
  /// - Parameter bytes: one YAML document in UTF-8.
  public static func value(_ bytes: [UInt8]) throws(Problem) -> JSONValue {
    let tape = try Tape(reading: bytes, as: .configuration)
    let document = try tape.document { _ in nil }
    return document.value(document.root)
  }
}
