import AppMesh
import LosslessJSON
import Testing

/// Descriptions in the formats of other tools.
struct SourceTests {
  private static let template = """
    Parameters: {Name: {Type: String, Default: none}}
    Resources:
      Node:
        Type: AWS::AppMesh::VirtualNode
        Properties: {MeshName: m, VirtualNodeName: !Ref Name, Spec: {}}
    """
  private static let mesh = #"{"mesh": {"meshName": "m", "spec": {}}}"#

  private static func names(_ texts: String...) throws -> [String] {
    try MeshReader().read(Reading.files(texts)).mesh.virtualNodes.map(\.name)
  }

  @Test func getTemplatePrintsObjectsAndTexts() throws {
    let text = JSONValue.string(Self.template).compactText
    #expect(try Self.names("{\"TemplateBody\": \(text), \"StagesAvailable\": []}") == ["none"])
    let object = """
      {"TemplateBody": {"Resources": {"Node": {"Type": "AWS::AppMesh::VirtualNode",
        "Properties": {"MeshName": "m", "VirtualNodeName": "a", "Spec": {}}}}}}
      """
    #expect(try Self.names(object) == ["a"])
    #expect(
      Reading.problems("{\"TemplateBody\": \"a: [\"}").first?.contains("TemplateBody") == true)
  }

  @Test func describeStacksHasParametersAndExports() throws {
    let stacks = """
      {"Stacks": [{"StackName": "s", "Parameters": [
        {"ParameterKey": "Name", "ParameterValue": "web"}],
        "Outputs": [{"OutputKey": "o", "OutputValue": "m", "ExportName": "e"}]}]}
      """
    #expect(try Self.names(Self.template, stacks) == ["web"])
    let importing = Self.template.replacing("MeshName: m", with: "MeshName: !ImportValue e")
    #expect(try Self.names(importing, stacks) == ["web"])
    let given = MeshReader(parameters: ["Name": "given"])
    let mesh = try given.read(Reading.files([Self.template, stacks])).mesh
    #expect(mesh.virtualNodes.map(\.name) == ["given"])
  }

  private static func event(_ name: String, _ time: String, _ host: String) -> String {
    """
    {"eventSource": "appmesh.amazonaws.com", "eventName": "\(name)", "eventTime": "\(time)",
      "requestParameters": {"meshName": "m", "virtualNodeName": "a", "clientToken": "t", "spec":
        {"serviceDiscovery": {"dns": {"hostname": "\(host)"}}}}}
    """
  }

  @Test func theNewestEventWins() throws {
    let events = [
      Self.event("UpdateVirtualNode", "2026-02-01T00:00:00Z", "new"),
      Self.event("CreateVirtualNode", "2026-01-01T00:00:00Z", "old"),
      Self.event("DescribeVirtualNode", "2026-03-01T00:00:00Z", "described"),
    ]
    let logs = "{\"Records\": [\(events.joined(separator: ", "))]}"
    let lookup =
      "{\"Events\": ["
      + events.map { "{\"CloudTrailEvent\": \(JSONValue.string($0).compactText)}" }
      .joined(separator: ", ") + "]}"
    for text in [logs, lookup] {
      #expect(
        try Reading.read(text).mesh.node("a").serviceDiscovery
          == .dns(hostname: "new", responseType: .loadBalancer, ipPreference: nil))
    }
  }

  @Test func itemsOfAWSConfigAreRead() throws {
    let configuration = #"{"MeshName": "m", "VirtualNodeName": "a", "Spec": {}}"#
    for value in [configuration, JSONValue.string(configuration).compactText] {
      let text = """
        {"configurationItems": [{"resourceType": "AWS::AppMesh::VirtualNode",
          "configurationItemCaptureTime": "2026-01-01T00:00:00Z", "configuration": \(value)}]}
        """
      #expect(try Self.names(text) == ["a"])
    }
  }

  @Test func aLaterUpdateOfARouteWins() throws {
    let template = """
      Resources:
        Router: {Type: AWS::AppMesh::VirtualRouter, Properties: {MeshName: m,
          VirtualRouterName: r, Spec: {Listeners: [{PortMapping: {Port: 80, Protocol: http}}]}}}
        Route: {Type: AWS::AppMesh::Route, Properties: {MeshName: m, VirtualRouterName: r,
          RouteName: a, Spec: {HttpRoute: {Match: {Prefix: /}, Action: {WeightedTargets: [
          {VirtualNode: n, Weight: 1}]}}}}}
      """
    let update = """
      {"meshName": "m", "virtualRouterName": "r", "routeName": "a", "spec": {"httpRoute":
        {"match": {"prefix": "/"}, "action": {"weightedTargets":
          [{"virtualNode": "n", "weight": 50}]}}}}
      """
    for files in [[template, update], [update, template]] {
      let reading = try MeshReader().read(Reading.files(files))
      #expect(reading.mesh.virtualRouters[0].routes.map(\.weightedTargets[0].weight) == [50])
      #expect(reading.problems.map(\.code).contains("mesh-newer-description"))
      #expect(reading.problems.allSatisfy { $0.severity == .warning })
    }
  }

  @Test(arguments: [
    (
      #"{"configs": [{"dynamic_listeners": [{}, {}]}, {"dynamic_active_clusters": [{}]}]}"#,
      "It holds 2 listeners, 1 clusters"
    ),
    (#"{"family": "a", "containerDefinitions": []}"#, "it seems to be an ECS task definition"),
    (#"{"static_resources": {}}"#, "it seems to be the configuration of an Envoy"),
    (#"{"virtualNodes": [{"virtualNodeName": "a"}]}"#, "names only"),
    ("apiVersion: v1\nkind: Service\n", "it seems to be a Kubernetes resource"),
    ("services:\n  web: {image: a}\n", "it seems to be a Docker Compose file"),
    (
      "# mesh\nresource \"aws_appmesh_mesh\" \"m\" {\n  name = \"m\"\n}\n",
      "This is Terraform configuration (HCL)"
    ),
    (#"{"format_version": "1.0", "values": {"root_module": {}}}"#, "'aws_appmesh_…'"),
    ("\u{0}PNG", "The file is not text"),
  ])
  func otherFilesHaveOneError(text: String, message: String) {
    let problems = Reading.problems(text)
    #expect(problems.count == 1 && problems[0].contains(message), "\(problems)")
  }

  @Test func terraformsLanguageNamesTheCommand() {
    let problems = Reading.problems("resource \"aws_appmesh_mesh\" \"m\" {\n}\n")
    #expect(problems.first?.contains("'terraform show -json'") == true)
  }
}
