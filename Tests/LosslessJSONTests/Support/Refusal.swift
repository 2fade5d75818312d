import LosslessJSON
import Testing

/// Bytes that the strict scan must refuse, why, and at which byte.
struct Refusal: Sendable, CustomTestStringConvertible {
  let bytes: [UInt8]
  let error: SyntaxError

  init(_ bytes: [UInt8], _ reason: SyntaxError.Reason, at offset: Int) {
    self.bytes = bytes
    error = SyntaxError(reason, at: offset)
  }

  init(_ text: String, _ reason: SyntaxError.Reason, at offset: Int) {
    self.init(Array(text.utf8), reason, at: offset)
  }

  /// A string that holds these bytes.
  init(string bytes: [UInt8], _ reason: SyntaxError.Reason, at offset: Int) {
    self.init(Array("\"".utf8) + bytes + Array("\"".utf8), reason, at: offset)
  }

  /// What the scan says.
  var outcome: SyntaxError? {
    do throws(SyntaxError) {
      _ = try Document(bytes)
      return nil
    } catch {
      return error
    }
  }

  var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }
}
