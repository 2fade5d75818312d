import LawTesting
import Testing

@testable import LosslessJSON

@Suite struct ScannerTests {
  @Test(arguments: [
    Refusal("", .empty, at: 0),
    Refusal(" \r\n\t", .empty, at: 0),
    Refusal("{} {}", .trailingBytes, at: 3),
    Refusal("{}\n{}\n", .trailingBytes, at: 3),
    Refusal("{}\0", .trailingBytes, at: 2),
    Refusal("{}\0{}", .trailingBytes, at: 2),
    Refusal("{}]", .trailingBytes, at: 2),
    Refusal("\"a\" b", .trailingBytes, at: 4),
    Refusal("{} // done", .comment, at: 3),
    Refusal("[1,]", .trailingComma, at: 2),
    Refusal("[1 ,\n]", .trailingComma, at: 3),
    Refusal("{\"a\":1,}", .trailingComma, at: 6),
    Refusal([0xFF, 0xFE, 0x7B, 0, 0x7D, 0], .utf16, at: 0),
    Refusal([0xFE, 0xFF, 0, 0x7B, 0, 0x7D], .utf16, at: 0),
    Refusal([0x7B, 0, 0x7D, 0], .utf16, at: 0),
    Refusal([0, 0x7B, 0, 0x7D], .utf16, at: 0),
    Refusal([0, 0, 0, 0x7B], .utf16, at: 0),
    Refusal([0xEF, 0xBB, 0xBF, 0x7B, 0x7D], .otherLanguage, at: 0),
    Refusal(nested(129), .tooDeep(limit: 128), at: 128),
    Refusal(nestedObjects(129), .tooDeep(limit: 128), at: 128 * 5),
  ])
  func refuses(_ refusal: Refusal) {
    #expect(refusal.outcome == refusal.problem)
  }

  @Test(arguments: [
    "{}", "[]", " [ ] ", "0", "\"\"", "null", "\t{\r\n}\n", "[[],{},[{}]]", "{\"\":{\"\":{}}}",
    nested(128), nestedObjects(128), "[" + nested(127) + "," + nested(127) + "]",
  ])
  func accepts(_ text: String) throws {
    let document = try Document(Array(text.utf8))
    #expect(document.rendered() == Array(text.utf8))
  }

  @Test func scansManyMembersInLinearTime() throws {
    let growth = try Growth.measured(from: 1_000, to: 100_000, until: 1_000) { try timeOfScan($0) }
    #expect(growth.ratio < 1_000, "\(growth)")
  }

  /// - Returns: the nanoseconds for scanning an object and finding its last member.
  private func timeOfScan(_ count: Int) throws -> Int {
    let members = (0..<count).map { "\"member\($0)\":\($0)" }
    let bytes = Array("{\(members.joined(separator: ","))}".utf8)
    return try threadTime(of: {
      let document = try Document(bytes)
      let last = try #require(document.member("member\(count - 1)", of: document.root))
      #expect(document.integer(last) == count - 1)
      #expect(document.pointer(to: last).description == "/member\(count - 1)")
    })
  }
}

private func nested(_ depth: Int) -> String {
  String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
}

private func nestedObjects(_ depth: Int) -> String {
  String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)
}
