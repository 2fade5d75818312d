import AppMesh
import LosslessJSON
import Testing

/// Several descriptions of one mesh.
struct AssemblyTests {
  private static func resource(_ names: String, _ spec: String = "{}", mesh: String = "m") -> String
  {
    "{\"meshName\": \"\(mesh)\", \(names), \"spec\": \(spec)}"
  }

  private static let mesh =
    "{\"meshName\": \"m\", \"spec\": {\"egressFilter\": {\"type\": \"ALLOW_ALL\"}}}"
  private static let node = resource("\"virtualNodeName\": \"a\"")

  @Test func describedAndCreatedAreTheSame() throws {
    let created = try Reading.read(Self.mesh, Self.node).mesh
    let described = "{\"virtualNode\": \(Self.node)}"
    for text in [
      "\(Self.mesh)\n\(described)", "[\(described), {\"mesh\": \(Self.mesh)}]",
      "---\nmesh: {meshName: m, spec: {egressFilter: {type: ALLOW_ALL}}}\n---\n"
        + "virtualNode: {meshName: m, virtualNodeName: a, spec: {}, status: {status: ACTIVE}}\n",
    ] {
      #expect(try Reading.read(text).mesh.withoutOrigins == created.withoutOrigins, "\(text)")
    }
  }

  @Test func originsCountLinesOfTheFile() throws {
    let text = "\(Self.mesh)\n\n[\n\(Self.node)]"
    let origin = try Reading.read(text).mesh.node("a").origin
    #expect(origin == Origin(file: "file1", pointer: "/0", line: 4))
    let yaml = "a: 1\n---\nb: 2\n"
    let problems = Reading.problems(yaml)
    #expect(problems.map { $0.prefix(8) } == ["file1:1:", "file1:3:"])
  }

  @Test func equalDescriptionsAreOne() throws {
    let reading = try Reading.read(Self.node, Self.mesh, Self.node)
    #expect(reading.mesh.virtualNodes.count == 1)
    #expect(reading.mesh.virtualNodes.first?.origin.file == "file1")
  }

  @Test func differentDescriptionsAreRefused() {
    let other = Self.resource(
      "\"virtualNodeName\": \"a\"", "{\"serviceDiscovery\": {\"dns\": {\"hostname\": \"h\"}}}")
    #expect(
      Reading.problems(Self.node, Self.mesh, other) == [
        "file3:1: 'a' has a different description in file1, line 1. Give only one description of it."
      ])
  }

  @Test func oneMeshOfSeveralIsChosen() throws {
    let other = Self.resource("\"virtualNodeName\": \"b\"", mesh: "n")
    #expect(
      Reading.problems(Self.node, other) == [
        "The files describe 2 meshes. Choose one with meshName: m, n."
      ])
    let reading = try Reading.read(Self.node, other, meshName: "n")
    #expect(reading.mesh.virtualNodes.map(\.name) == ["b"])
    #expect(
      Reading.problems(Self.node, meshName: "x") == [
        "The files do not describe mesh 'x'. Choose one with meshName: m."
      ])
  }

  @Test func namesCanBeARNs() throws {
    let arn = "arn:aws:appmesh:eu-west-1:111122223333:mesh/m/virtualService/s.local"
    let node = Self.resource(
      "\"virtualNodeName\": \"a\"",
      "{\"backends\": [{\"virtualService\": {\"virtualServiceName\": \"\(arn)\"}}]}")
    let service = Self.resource("\"virtualServiceName\": \"s.local\"")
    let reading = try Reading.read(Self.mesh, node, service)
    #expect(try reading.mesh.node("a").backends.map(\.virtualServiceName) == ["s.local"])
    #expect(reading.problems == [])
    let problems = Reading.problems(
      Self.mesh, node.replacing("virtualService/s.local", with: "virtualNode/a"))
    #expect(problems.count == 1 && problems[0].contains("other than a virtual service"))
  }

  @Test func whatNoFileDescribesIsNoted() throws {
    let route = """
      {"httpRoute": {"match": {"prefix": "/"},
        "action": {"weightedTargets": [{"virtualNode": "gone", "weight": 1}]}}}
      """
    let gatewayRoute = """
      {"httpRoute": {"match": {"prefix": "/"},
        "action": {"target": {"virtualService": {"virtualServiceName": "lost"}}}}}
      """
    let reading = try Reading.read(
      Self.resource(
        "\"virtualNodeName\": \"a\"",
        "{\"backends\": [{\"virtualService\": {\"virtualServiceName\": \"lost\"}}]}"),
      Self.resource("\"virtualRouterName\": \"r\""),
      Self.resource("\"virtualRouterName\": \"r\", \"routeName\": \"x\"", route),
      Self.resource("\"virtualRouterName\": \"none\", \"routeName\": \"y\"", route),
      Self.resource("\"virtualGatewayName\": \"g\"", "{\"listeners\": []}"),
      Self.resource("\"virtualGatewayName\": \"g\", \"gatewayRouteName\": \"z\"", gatewayRoute),
      Self.resource("\"virtualGatewayName\": \"no\", \"gatewayRouteName\": \"z\"", gatewayRoute),
      Self.resource(
        "\"virtualServiceName\": \"s\"",
        "{\"provider\": {\"virtualRouter\": {\"virtualRouterName\": \"none\"}}}"),
      Self.resource(
        "\"virtualServiceName\": \"t\"",
        "{\"provider\": {\"virtualNode\": {\"virtualNodeName\": \"gone\"}}}"))
    #expect(
      reading.problems.map { "\($0.place?.file ?? "") \($0.code)" } == [
        "file1 mesh-not-described", "file1 unknown-virtual-service", "file3 unknown-virtual-node",
        "file4 unknown-virtual-router", "file6 unknown-virtual-service",
        "file7 unknown-virtual-gateway", "file8 unknown-virtual-router",
        "file9 unknown-virtual-node",
      ])
    #expect(reading.problems.allSatisfy { $0.severity == .warning })
    #expect(reading.mesh.virtualRouters.map(\.routes.count) == [1])
    #expect(reading.mesh.virtualGateways.map(\.routes.count) == [1])
  }

  @Test func theDefaultEgressFilterNeedsTheMesh() throws {
    #expect(try Reading.read(Self.mesh, Self.node).mesh.egressFilter == .allowAll)
    let alone = try Reading.read(Self.node)
    #expect(alone.mesh.egressFilter == .dropAll)
    #expect(alone.problems.map(\.code) == ["mesh-not-described"])
  }

  @Test(arguments: [
    ("{\"spec\": {\"listeners\": []}}", "\"virtualNodeName\", \"virtualGatewayName\""),
    ("{\"spec\": {\"httpRoute\": {\"action\": {}}}}", "\"routeName\" and \"virtualRouterName\""),
    ("{\"spec\": {\"grpcRoute\": {\"action\": {\"target\": 1}}}}", "\"gatewayRouteName\" and"),
    ("{\"meshName\": \"m\", \"spec\": {\"provider\": {}}}", "\"virtualServiceName\""),
    ("{\"spec\": {\"serviceDiscovery\": {\"dns\": {}}}, \"meshName\": \"m\"}", "virtualNodeName"),
    ("{\"virtualNodes\": [{\"virtualNodeName\": \"a\"}]}", "does not describe a part of a mesh"),
    ("{\"spec\": {\"a\": $NAME}}", "a shell variable stands here"),
    ("", "The file is empty"), ("a: [", "The file is not valid YAML"),
    ("[]", "not describe any resource of App Mesh"),
  ])
  func whatIsNoDescriptionIsSaid(text: String, reason: String) {
    let problems = Reading.problems(text)
    #expect(problems.contains { $0.contains(reason) }, "\(problems)")
  }
}
