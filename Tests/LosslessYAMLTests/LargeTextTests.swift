import LawTesting
import LosslessJSON
import Testing

@testable import LosslessYAML

/// Templates have thousands of resources. An edit of one must not read all others, but must move everything
/// after it.
@Suite struct LargeTextTests {
  private let reason = Edit.Reason(filter: "test", "a test asks for it")

  @Test func editsAnywhereKeepTheirPlace() throws {
    let input = Self.text(of: 500) { "  m\($0):\n    a:\n      - \($0)\n      - x\n    b: 1\n" }
    let expected = Self.text(of: 500) {
      "  m\($0):\n    a:\n      - \($0)\n    b: longer\n    c:\n      - \($0)\n"
    }
    var document = try Document(yaml: Array(input.utf8))
    var random = Seed(1)
    for number in (0..<500).shuffled(using: &random) {
      let list = try node("/r/m\(number)/a", document)
      let object = document.container(of: list)
      document.set("c", to: [.number(String(number))], in: object, because: reason)
      document.remove(document.elements(of: list)[1], because: reason)
      document.set("b", to: "longer", in: object, because: reason)
    }
    #expect(document.refusals.isEmpty)
    #expect(String(decoding: document.rendered(), as: UTF8.self) == expected)
    var output = try Document(yaml: Array(expected.utf8))
    try output.takeBack(document.edits)
    #expect(String(decoding: output.rendered(), as: UTF8.self) == input)
  }

  @Test func editsTakeAsLongInLargeTexts() throws {
    let growth = try Growth.measured(from: 100, to: 10_000, until: 10) {
      try timeOfEdits(among: $0)
    }
    #expect(growth.ratio < 10, "\(growth)")
  }

  /// - Returns: the nanoseconds for 100 edits of each kind.
  private func timeOfEdits(among count: Int) throws -> Int {
    let text = Self.text(of: count) { "  m\($0):\n    a:\n      - 1\n      - 2\n    b: 1\n" }
    var document = try Document(yaml: Array(text.utf8))
    // The first edit copies the shared storage.
    document.set("first", to: 1, in: try node("/r/m0", document), because: reason)
    return try threadTime(of: {
      for number in 0..<100 {
        let list = try node("/r/m\(number)/a", document)
        document.remove(document.elements(of: list)[0], because: reason)
        document.set("b", to: true, in: document.container(of: list), because: reason)
        let removed = Edit.Surroundings(index: 0)
        try document.restore(nil, "\n      - 1", removed, in: list, because: reason)
      }
    })
  }

  private static func text(of count: Int, _ member: (Int) -> String) -> String {
    "r:\n" + (0..<count).map(member).joined()
  }

  private func node(_ pointer: String, _ document: Document) throws -> NodeID {
    try #require(JSONPointer(parsing: pointer).flatMap { document.node(at: $0) })
  }
}
