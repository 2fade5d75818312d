import LawTesting
import LosslessJSON
import Testing

/// Templates have thousands of resources. An edit of one must not examine all others.
@Suite struct LargeDocumentTests {
  @Test func editsTakeAsLongInLargeDocuments() throws {
    let growth = try Growth.measured(from: 400, to: 40_000, until: 10) {
      try timeOfEdits(among: $0)
    }
    #expect(growth.ratio < 10, "\(growth)")
  }

  /// - Returns: the nanoseconds for 400 edits of each kind.
  private func timeOfEdits(among count: Int) throws -> Int {
    let members = (0..<count).map { "  \"m\($0)\": {\n    \"a\": [1, 2],\n    \"b\": null\n  }" }
    let text = "{\n\(members.joined(separator: ",\n"))\n}\n"
    var document = try Document(Array(text.utf8))
    let reason = Edit.Reason(filter: "test", "a test asks for it")
    // The first edit copies the shared storage.
    document.set("first", to: 1, in: try node("/m0", document), because: reason)
    return try threadTime(of: {
      for number in 0..<400 {
        let list = try node("/m\(number)/a", document)
        document.remove(document.elements(of: list)[0], because: reason)
        document.set("b", to: true, in: document.container(of: list), because: reason)
        try document.restore(
          nil, "1", Edit.Surroundings(index: 0), in: list, because: reason)
      }
    })
  }

  private func node(_ pointer: String, _ document: Document) throws -> NodeID {
    try #require(JSONPointer(parsing: pointer).flatMap { document.node(at: $0) })
  }
}
