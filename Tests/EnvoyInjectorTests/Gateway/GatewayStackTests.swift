import AppMesh
import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON
import TaskDefinitions
import Testing

/// The template for a gateway's task definition.
@Suite struct GatewayStackTests {
  private func template(
    _ gateway: GatewayOptions = GatewayOptions(),
    _ change: (inout InjectionOptions) throws -> Void = { _ in }
  ) throws -> JSONValue {
    var options = InjectionOptions()
    options.upstreams = [try Upstream("web=web.internal:8080")]
    try change(&options)
    let output = try Gateway(options, gateway).template().output
    let document = try Document(output)
    return document.value(document.root)
  }

  private func properties(_ template: JSONValue, _ resource: String) -> JSONValue? {
    template["Resources"]?[resource]?["Properties"]
  }

  @Test func rolesAllowWhatTheContainersNeed() throws {
    let template = try template {
      $0.secrets = [.init(name: "A", value: "/a")]
    }
    let policies = properties(template, "ExecutionRole")?["Policies"]?.array ?? []
    let statements = policies.flatMap { $0["PolicyDocument"]?["Statement"]?.array ?? [] }
    #expect(
      statements.compactMap { $0["Sid"]?.string }.sorted() == ["ReadParameters", "WriteLogs"])
    #expect(properties(template, "TaskRole")?["Policies"] == nil)
  }

  /// Clients can reach the load balancer, and only the load balancer can reach the tasks.
  @Test func tasksAreClosedToAllButTheLoadBalancer() throws {
    let template = try template()
    let rules = properties(template, "TaskSecurityGroup")?["SecurityGroupIngress"]?.array ?? []
    #expect(rules.count == 1 && rules[0]["CidrIp"] == nil)
    #expect(
      rules[0]["SourceSecurityGroupId"] == [
        "Fn::GetAtt": ["LoadBalancerSecurityGroup", "GroupId"]
      ])
  }

  @Test func everyPortHasAListenerAndATargetGroup() throws {
    var gateway = GatewayOptions()
    gateway.ports = [8080, 8443]
    let template = try template(gateway)
    for port in [8080, 8443] {
      #expect(properties(template, "TargetGroup\(port)")?["Port"] == .integer(port))
      #expect(properties(template, "Listener\(port)")?["Protocol"] == "TCP")
    }
    #expect(template["Parameters"]?["ListenerPort8080"]?["Default"] == 80)
    #expect(template["Parameters"]?["ListenerPort8443"]?["Default"] == 8443)
    gateway.ports = [8080, 8081, 8082, 8083, 8084, 8085]
    #expect(throws: InjectionError.self) { try self.template(gateway) }
  }

  @Test func outputsNameTheMeshAndItsGateway() throws {
    #expect(try template()["Outputs"]?["MeshName"] == nil)
    var mesh = Mesh(name: "shop")
    var door = VirtualGateway(name: "door", origin: .init(file: "m", pointer: "", line: 1))
    door.listeners = [GatewayListener(portMapping: .init(port: 8080, protocol: .http))]
    mesh.virtualGateways = [door]
    let outputs = try template { options in
      options.upstreams = []
      options.controlPlane = .mesh(MeshOptions(MeshCompiler(mesh), member: "door"))
    }["Outputs"]
    #expect(outputs?["MeshName"]?["Value"] == "shop")
    #expect(outputs?["GatewayName"]?["Value"] == "door")
  }

  @Test func rolesThatAreGivenAreNotMade() throws {
    var gateway = GatewayOptions()
    gateway.taskRoleArn = "arn:aws:iam::111122223333:role/t"
    gateway.executionRoleArn = "arn:aws:iam::111122223333:role/e"
    let template = try template(gateway)
    #expect(properties(template, "TaskRole") == nil)
    #expect(properties(template, "ExecutionRole") == nil)
    #expect(
      properties(template, "TaskDefinition")?["ExecutionRoleArn"]
        == "arn:aws:iam::111122223333:role/e")
  }
}
