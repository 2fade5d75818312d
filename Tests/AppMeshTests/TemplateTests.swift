import AppMesh
import LosslessJSON
import Testing

/// Values that templates compute with functions.
struct TemplateTests {
  private static func node(_ properties: String, _ rest: String = "") -> String {
    """
    Resources:
      Mesh: {Type: "AWS::AppMesh::Mesh", Properties: {MeshName: shop}}
      Node:
        Type: AWS::AppMesh::VirtualNode
        Properties:
          VirtualNodeName: web
          \(properties)
    \(rest)
    """
  }

  private static func hostname(
    _ value: String, _ rest: String = "", parameters: [String: String] = [:]
  ) throws -> String? {
    let text = node(
      "MeshName: shop\n      Spec: {ServiceDiscovery: {DNS: {Hostname: \(value)}}}", rest)
    let node = try Reading.read(text, parameters: parameters).mesh.node("web")
    guard case .dns(let hostname, _, _) = node.serviceDiscovery else { return nil }
    return hostname
  }

  @Test(arguments: [
    "!GetAtt Mesh.MeshName", "!GetAtt [Mesh, MeshName]", "!Ref Mesh", "!GetAtt Mesh.Arn",
    "!Select [1, !Split ['/', !GetAtt Mesh.Arn]]",
    "!Select [1, !Split [/, !Select [5, !Split [':', !Ref Mesh]]]]",
    "!Join ['', [sh, !Sub 'op']]", "!Sub ['${a}op', {a: sh}]",
    "!Sub '${Mesh.MeshName}'", "{'Fn::If': [IsShop, shop, other]}",
    "!FindInMap [Names, mesh, name]",
  ])
  func theMeshIsNamed(by function: String) throws {
    let rest = """
      Conditions: {IsShop: !And [!Equals [a, a], !Not [!Equals [a, b]], !Or [!Equals [a, a]]]}
      Mappings: {Names: {mesh: {name: shop}}}
      """
    let text = Self.node("MeshName: \(function)\n      Spec: {}", rest)
    #expect(try Reading.read(text).mesh.virtualNodes.map(\.name) == ["web"])
  }

  @Test func parametersCountBeforeTheirDefaults() throws {
    let rest = "Parameters: {Domain: {Type: String, Default: a.local}}"
    let value = "!Sub 'web.${Domain}'"
    #expect(try Self.hostname(value, rest) == "web.a.local")
    #expect(try Self.hostname(value, rest, parameters: ["Domain": "b"]) == "web.b")
  }

  @Test func aPseudoParameterIsKnownWhenItIsGiven() throws {
    let value = "!Sub 'web.${AWS::Region}.local'"
    #expect(
      try Self.hostname(value, parameters: ["AWS::Region": "eu-west-1"]) == "web.eu-west-1.local")
  }

  @Test(arguments: [
    ("!Sub 'web.${AWS::Region}.local'", "AWS::Region"),
    ("!Sub 'web.${AWS::StackName}'", "AWS::StackName"),
    ("!Sub 'web.${Domain}'", "Domain"),
    ("!Ref Stored", "Stored"),
    ("!GetAtt Mesh.Uid", "Mesh.Uid"),
    ("!GetAtt Balancer.DNSName", "Balancer.DNSName"),
    ("!Ref Balancer", "Balancer"),
    ("!GetAtt Mesh.Arn", "AWS::Partition"),
    ("!ImportValue Elsewhere", "'Elsewhere'"),
    ("!Select [0, !Split ['-', !Ref 'AWS::Region']]", "AWS::Region"),
    ("!If [InRegion, a, b]", "AWS::Region"),
    ("!FindInMap [A, !Ref 'AWS::Region', b]", "AWS::Region"),
    ("!Ref Nothing", "'Nothing'"),
    ("!If [Undeclared, a, b]", "'Undeclared'"),
    ("{'Fn::Base64': a}", "Fn::Base64"),
    ("!Select [2, [a]]", "Fn::Select"),
    ("!GetAtt Circle.VirtualNodeName", "refers to itself"),
  ])
  func whatIsNotKnownIsNamed(function: String, name: String) throws {
    let rest = """
        Balancer: {Type: "AWS::ElasticLoadBalancingV2::LoadBalancer", Properties: {}}
        Circle:
          Type: AWS::AppMesh::VirtualNode
          Condition: Never
          Properties: {VirtualNodeName: !GetAtt Circle.VirtualNodeName}
      Parameters:
        Domain: {Type: String}
        Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /web/name}
      Conditions:
        InRegion: !Equals [!Ref "AWS::Region", eu-west-1]
        Never: !Equals [a, b]
      """
    let text = Self.node(
      "MeshName: shop\n      Spec: {ServiceDiscovery: {DNS: {Hostname: \(function)}}}", rest)
    let problems = Reading.problems(text)
    #expect(problems.count == 1, "\(problems)")
    #expect(problems.first?.contains(name) == true, "\(problems)")
    #expect(
      problems.first?.hasPrefix(
        "file1:8: /Resources/Node/Properties/Spec/ServiceDiscovery/DNS/Hostname: 'hostname' cannot")
        == true, "\(problems)")
  }

  @Test func attributesOfOtherResourcesCanBeGiven() throws {
    let rest = "  Balancer: {Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {}}"
    #expect(
      try Self.hostname(
        "!GetAtt Balancer.DNSName", rest, parameters: ["Balancer.DNSName": "web.elb.local"])
        == "web.elb.local")
  }

  @Test func aParameterOfNoTemplateIsRefused() {
    let text = Self.node("MeshName: shop\n      Spec: {}")
    #expect(
      Reading.problems(text, parameters: ["Domian": "a"]) == [
        "No template has a parameter 'Domian', so its value would have no effect. Leave it out, "
          + "or correct its name."
      ])
  }

  @Test func aValueThatIsNotAllowedIsRefused() {
    let rest = "Parameters: {Weight: {Type: Number, Default: 0, AllowedValues: [0, 1]}}"
    let text = Self.node("MeshName: shop\n      Spec: {}", rest)
    #expect(Reading.problems(text, parameters: ["Weight": "1"]) == [])
    #expect(
      Reading.problems(text, parameters: ["Weight": "2"]) == [
        "The template does not allow '2' for its parameter 'Weight'. Give one of: 0, 1."
      ])
  }

  @Test func resourcesThatWouldBeLostAreRefused() {
    let text = """
      Resources:
        Mesh: {Type: "AWS::AppMesh::Mesh", Properties: {MeshName: shop}}
        Node: {Type: "AWS::AppMesh::Node", Properties: {MeshName: shop}}
        Fn::ForEach::Nodes: [Name, [a, b], {}]
      """
    let problems = Reading.problems(text)
    #expect(problems.count == 2, "\(problems)")
    #expect(problems[0].contains("file1:3: /Resources/Node: App Mesh does not have resource type"))
    #expect(problems[1].contains("Fn::ForEach::Nodes generates are not read"))
  }

  @Test func resourcesWhoseConditionFailsAreLeftOut() throws {
    let text = """
      Parameters: {Stage: {Type: String, Default: test}}
      Conditions: {IsLive: !Equals [!Ref Stage, live]}
      Resources:
        Mesh: {Type: "AWS::AppMesh::Mesh", Properties: {MeshName: shop}}
        Node:
          Type: AWS::AppMesh::VirtualNode
          Condition: IsLive
          Properties: {MeshName: shop, VirtualNodeName: web, Spec: {}}
      """
    #expect(try Reading.read(text).mesh.virtualNodes.isEmpty)
    #expect(try Reading.read(text, parameters: ["Stage": "live"]).mesh.virtualNodes.count == 1)
  }

  @Test func namesThatCloudFormationMakesUpAreAskedFor() {
    let text = """
      Resources:
        Node: {Type: "AWS::AppMesh::VirtualNode", Properties: {MeshName: shop, Spec: {}}}
        Service:
          Type: AWS::AppMesh::VirtualService
          Properties:
            MeshName: shop
            VirtualServiceName: a
            Spec: {Provider: {VirtualNode: {VirtualNodeName: !GetAtt Node.VirtualNodeName}}}
      """
    let problems = Reading.problems(text)
    #expect(problems.count == 2, "\(problems)")
    #expect(problems.contains { $0.contains("'virtualNodeName' is missing") }, "\(problems)")
    #expect(
      problems.contains { $0.contains("'Node' does not have VirtualNodeName, so CloudFormation") },
      "\(problems)")
  }

  @Test func whatIsNeededOftenIsSaidOnce() {
    let text = """
      Parameters: {Name: {Type: String}}
      Resources:
        Mesh: {Type: "AWS::AppMesh::Mesh", Properties: {MeshName: !Ref Name}}
        A: {Type: "AWS::AppMesh::VirtualNode",
          Properties: {MeshName: !Ref Name, VirtualNodeName: a, Spec: {}}}
        B: {Type: "AWS::AppMesh::VirtualNode",
          Properties: {MeshName: !Ref Name, VirtualNodeName: b, Spec: {}}}
      """
    #expect(
      Reading.problems(text) == [
        "file1:3: /Resources/Mesh/Properties/MeshName: 'meshName' cannot be evaluated, here and "
          + "in 2 more places. 'Name' does not have a value. Give 'Name' a value with parameter."
      ])
  }
}
