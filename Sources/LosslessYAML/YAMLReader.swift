public import LosslessJSON

/// Reads YAML as the values that JSON knows.
///
/// Plain scalars mean what YAML 1.2's core schema says where JSON has that value: `true`, `false`,
/// `null`, `~` and JSON's numbers; all others, `yes`, `off` and `0x1F` among them, are strings.
public enum YAMLReader {
  /// - Parameter bytes: one YAML document in UTF-8.
  public static func value(_ bytes: [UInt8]) throws(Problem) -> JSONValue {
    let tape = try Tape(reading: bytes, as: .configuration)
    let document = try tape.document { _ in nil }
    return document.value(document.root)
  }
}
