import Testing

@testable import LosslessJSON

/// Laws that hold for every document and every sequence of edits.
@Suite struct EditLawTests {
  private let seeds = 0..<1200

  @Test func whatIsRenderedIsStrictJSONOfTheEditedValue() throws {
    for seed in seeds {
      let (input, document) = try editedDocument(seed)
      let output = try Document(document.rendered())
      #expect(output.value(output.root) == document.value(document.root), "seed \(seed)")
      let applied = try document.edits.reduce(try value(of: input)) { try $0.applying($1) }
      #expect(applied == output.value(output.root), "seed \(seed)")
      #expect(output.rendered() == document.rendered())
    }
  }

  @Test func editsTakenBackLeaveTheInput() throws {
    for seed in seeds {
      let (input, document) = try editedDocument(seed)
      var output = try Document(document.rendered())
      try output.takeBack(document.edits)
      #expect(output.rendered() == Array(input.utf8), "seed \(seed): \(input)")
      // The steps that undid the edits are edits too.
      var again = try Document(output.rendered())
      try again.takeBack(output.edits)
      #expect(again.value(again.root) == document.value(document.root))
    }
  }

  @Test func everyByteOutsideTheEditsIsTheInputs() throws {
    for seed in seeds {
      let (input, document) = try editedDocument(seed)
      let original = try Document(Array(input.utf8))
      let output = try Document(document.rendered())
      for node in original.values where document.contains(node) {
        let now = try #require(output.node(at: document.pointer(to: node)))
        let flags = document.tree.nodes[Int(node.index)].flags
        if !flags.contains(.changed) { #expect(output.source(now) == original.source(node)) }
        let children = original.children(of: node.index)
        for (left, right) in zip(children, children.dropFirst()) {
          guard let pair = document.neighbours(left, right, in: node.index) else { continue }
          let printed = output.children(of: now.index)
          let between = output.text(between: printed[pair], printed[pair + 1])
          #expect(between == original.text(between: left, right), "seed \(seed)")
        }
      }
    }
  }

  @Test func offsetsAreThoseOfTheValues() throws {
    for seed in seeds {
      var random = RandomDocument(seed: seed)
      let document = try Document(Array(random.text().utf8))
      for node in document.values {
        let first = Unicode.Scalar(document.tree.bytes[document.offset(of: node)])
        #expect(Self.beginnings[document.kind(of: node)]?.contains(first) ?? false)
        #expect(document.node(at: document.pointer(to: node)) == node)
      }
      let offsets = document.values.map { document.offset(of: $0) }
      #expect(offsets == offsets.sorted())
    }
  }

  private static let beginnings: [Document.Kind: String.UnicodeScalarView] = [
    .null: "n".unicodeScalars, .bool: "tf".unicodeScalars, .string: "\"".unicodeScalars,
    .number: "-0123456789".unicodeScalars, .array: "[".unicodeScalars, .object: "{".unicodeScalars,
  ]

  private func editedDocument(_ seed: Int) throws -> (String, Document) {
    var random = RandomDocument(seed: seed)
    let input = random.text()
    var document = try Document(Array(input.utf8))
    for _ in 0..<Int.random(in: 1..<12, using: &random.random) { document.editSomewhere(&random) }
    return (input, document)
  }

  private func value(of text: String) throws -> JSONValue {
    let document = try Document(Array(text.utf8))
    return document.value(document.root)
  }
}

extension Document {
  fileprivate func source(_ node: NodeID) -> [UInt8] { Array(tree.spelling(node.index).utf8) }

  fileprivate func text(between left: Child, _ right: Child) -> String {
    let end = tree.nodes[Int(left.value)].end
    return tree.text(in: Int(end)..<Int(tree.nodes[Int(right.name ?? right.value)].start))
  }

  /// The indices of two children that no edit separated.
  fileprivate func neighbours(_ left: Child, _ right: Child, in container: UInt32) -> Int? {
    let now = children(of: container)
    guard let place = now.firstIndex(where: { $0.value == left.value }), place + 1 < now.count,
      now[place + 1].value == right.value
    else { return nil }
    return place
  }
}
