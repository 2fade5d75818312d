import LosslessJSON
import Testing

extension Problem {
  /// Reads a text that must be rejected, and compares the reason and the place.
  ///
  /// - Parameters:
  /// - line: the line, counted from 1. The column is also counted from 1, in Unicode scalars.
  ///   - read: reads the text as a template or as a configuration.
  static func expect<Value>(
    _ reason: String, _ line: Int, _ column: Int, in bytes: [UInt8],
    reading read: ([UInt8]) throws(Problem) -> Value
  ) {
    do throws(Problem) {
      _ = try read(bytes)
      Issue.record("the text is read")
    } catch {
      #expect(error.rule.code == "yaml")
      #expect(error.text.description == "The YAML cannot be read: \(reason).")
      let position = TextPosition(of: error.offset, in: bytes)
      #expect((position.line, position.column) == (line, column))
    }
  }
}
