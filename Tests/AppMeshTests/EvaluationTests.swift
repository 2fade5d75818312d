import AppMesh
import Testing

/// Template functions whose values grow exponentially.
struct EvaluationTests {
  /// Nodes whose names are each three times the previous name.
  private static func tripling(_ levels: Int) -> String {
    let nodes = (1...levels).map { level in
      let name = "${N\(level - 1).VirtualNodeName}"
      return "  N\(level): {Type: AWS::AppMesh::VirtualNode, Properties: {MeshName: m, "
        + "VirtualNodeName: !Sub '\(name)\(name)\(name)', Spec: {}}}\n"
    }
    return "Resources:\n  N0: {Type: AWS::AppMesh::VirtualNode, Properties: {MeshName: m, "
      + "VirtualNodeName: a, Spec: {}}}\n" + nodes.joined()
  }

  @Test func everyReferenceIsEvaluatedOnce() throws {
    let names = try Reading.read(Self.tripling(5)).mesh.virtualNodes.map(\.name.count)
    #expect(names == [1, 3, 9, 27, 81, 243])
    let problems = Reading.problems(Self.tripling(10))
    #expect(problems.contains { $0.contains("characters long") }, "\(problems)")
  }

  @Test func sizesAreLimited() {
    let problems = Reading.problems(Self.tripling(30))
    #expect(
      problems.contains { $0.contains("Fn::Sub evaluates to more than 1048576 bytes") },
      "\(problems.map { $0.prefix(200) })")
  }

  @Test func conditionsAreEvaluatedOnce() throws {
    let levels = (1...12).map { level in
      "  C\(level): !And [\((0..<10).map { _ in "{Condition: C\(level - 1)}" }.joined(separator: ", "))]\n"
    }
    let text =
      "Conditions:\n  C0: !Equals [a, a]\n\(levels.joined())Resources:\n  Node: "
      + "{Type: AWS::AppMesh::VirtualNode, Condition: C12, Properties: {MeshName: m, "
      + "VirtualNodeName: a, Spec: {}}}\n"
    #expect(throws: Never.self) { try Reading.read(text) }
  }
}
