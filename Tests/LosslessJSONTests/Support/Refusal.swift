import Testing

@testable import LosslessJSON

/// Bytes that the scanner must reject, with the reason and the offset.
struct Refusal: Sendable, CustomTestStringConvertible {
  let bytes: [UInt8]
  let problem: Problem

  init(_ bytes: [UInt8], _ reason: SyntaxError.Reason, at offset: Int) {
    self.bytes = bytes
    problem = SyntaxError(reason, at: offset).problem
  }

  init(_ text: String, _ reason: SyntaxError.Reason, at offset: Int) {
    self.init(Array(text.utf8), reason, at: offset)
  }

  /// A string that holds these bytes.
  init(string bytes: [UInt8], _ reason: SyntaxError.Reason, at offset: Int) {
    self.init(Array("\"".utf8) + bytes + Array("\"".utf8), reason, at: offset)
  }

  /// The result of the scanner.
  var outcome: Problem? {
    do throws(Problem) {
      _ = try Document(bytes)
      return nil
    } catch {
      return error
    }
  }

  var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }
}
