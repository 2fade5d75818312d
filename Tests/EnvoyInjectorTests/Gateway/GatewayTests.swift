import AppMesh
import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskDefinitions
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

@Suite struct GatewayTests {
  private static let arn = "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualGateway/door"

  private static func `static`() throws -> InjectionOptions {
    var options = InjectionOptions()
    options.upstreams = [try Upstream("web=web.internal:8080")]
    return options
  }

  private static func value(
    _ options: InjectionOptions, _ gateway: GatewayOptions = GatewayOptions()
  ) throws -> JSONValue {
    let document = try Document(try Gateway(options, gateway).taskDefinition().output)
    return document.value(document.root)
  }

  private static func refusal(
    _ options: InjectionOptions, _ change: (inout GatewayOptions) -> Void = { _ in }
  ) -> Problem? {
    var gateway = GatewayOptions()
    change(&gateway)
    do {
      _ = try Gateway(options, gateway).taskDefinition()
    } catch {
      if case .options(let problem) = error { return problem }
    }
    return nil
  }

  @Test func isEnvoyAlone() throws {
    let task = try Self.value(.appMesh(Self.arn))
    #expect(task["family"] == "door")
    #expect(task["proxyConfiguration"] == nil)
    let containers = try #require(task["containerDefinitions"]?.array)
    #expect(containers.count == 1)
    // In App Mesh's guide, a gateway has no user.
    #expect(containers[0]["user"] == nil)
    #expect(containers[0]["essential"] == true)
    #expect(containers[0]["portMappings"] == [["containerPort": 3000, "protocol": "tcp"]])
    #expect(try Self.value(Self.static())["containerDefinitions"]?.array?.first?["user"] == "1337")
  }

  @Test func sameOptionsSameBytes() throws {
    let gateway = Gateway(try Self.static(), GatewayOptions())
    #expect(try gateway.taskDefinition().output == gateway.taskDefinition().output)
    #expect(try gateway.taskDefinition().output.last == 0x0A)
  }

  @Test func severalPorts() throws {
    var gateway = GatewayOptions()
    gateway.ports = [3000, 15000, 15001]
    let task = try Self.value(Self.static(), gateway)
    #expect(
      task["containerDefinitions"]?.array?.first?["portMappings"]?.array?.map {
        $0["containerPort"] ?? .null
      } == [3000, 15000, 15001])
  }

  @Test(arguments: [
    ([3000, 3000], "Port 3000 is already used by the gateway itself."),
    ([3000, 9901], "Port 9901 is already used by Envoy's admin interface."),
    ([4317], "Port 4317 is already used by the tracing daemon."),
    ([2000], "Port 2000 is already used by the tracing daemon."),
    ([], "no port"),
  ])
  func refusesPorts(_ ports: [Int], _ text: String) throws {
    for var options in [
      try Self.static(), try .appMesh(Self.arn),
      InjectionOptions(controlPlane: .xds(SocketAddress("ads", 1), usesTLS: false)),
    ] {
      options.tracing = .otel
      let message = Self.refusal(options) { $0.ports = ports }
      #expect(message?.text.spelled.contains(text) == true)
    }
  }

  @Test(arguments: [
    (300, 512, 512, 1024), (256, 600, 256, 1024), (256, 4096, 512, 4096),
    (4096, 512, 4096, 8192), (1024, 2049, 1024, 3072),
  ])
  func namesTheNextLegalSize(_ cpu: Int, _ memory: Int, _ nextCPU: Int, _ next: Int) throws {
    let message = Self.refusal(try Self.static()) { ($0.cpu, $0.memory) = (cpu, memory) }
    #expect(message?.text.spelled == "Fargate has no task of \(cpu) CPU units and \(memory) MiB.")
    #expect(message?.fix.spelled == "Use the next size: --cpu \(nextCPU) --memory \(next).")
  }

  @Test func takesPortsAndNameFromAMesh() throws {
    var door = VirtualGateway(name: "door", origin: Origin(file: "m.yaml", pointer: "", line: 1))
    for port: UInt16 in [8443, 8080] {
      door.listeners.append(GatewayListener(portMapping: PortMapping(port: port, protocol: .http)))
    }
    var mesh = Mesh(name: "shop")
    mesh.virtualGateways = [door]
    var options = InjectionOptions(controlPlane: .mesh(MeshOptions(MeshCompiler(mesh))))
    #expect(Self.refusal(options)?.fix.spelled == "Give --gateway with one of: door.")
    options.controlPlane = .mesh(MeshOptions(MeshCompiler(mesh), member: "door"))
    options.statsTags = true
    let task = try Self.value(options)
    #expect(task["family"] == "door")
    let envoy = try #require(task["containerDefinitions"]?.array?.first)
    #expect(envoy["portMappings"]?.array?.map { $0["containerPort"] } == [8080, 8443])
    #expect(
      envoy["dockerLabels"]?["inject-envoy.io/mesh-resource"] == "mesh/shop/virtualGateway/door")
    let bootstrap = envoy["command"]?.array?.compactMap(\.string).joined() ?? ""
    #expect(bootstrap.contains(#""fixed_value":"door""#))
    #expect(Self.refusal(options) { $0.ports = [8080] } == nil)
    #expect(
      Self.refusal(options) { $0.ports = [3000] }?.text.spelled.contains("no listener on port 3000")
        == true)
  }

  @Test func everyLegalSizeIsTaken() throws {
    let options = try Self.static()
    for pair in TaskSize.fargate {
      for memory in pair.memory {
        #expect(Self.refusal(options) { ($0.cpu, $0.memory) = (pair.cpu, memory) } == nil)
      }
    }
  }

  @Test func injectRefusesAGateway() throws {
    let gateway = try Gateway(Self.static(), GatewayOptions()).taskDefinition().output
    #expect {
      try Injector(InjectionOptions()).inject(gateway)
    } throws: { error in
      guard case .refused(let findings) = error as? InjectionError else { return false }
      return findings.map(\.code) == ["gateway"]
        && findings[0].fix.spelled.contains("inject-envoy gateway")
    }
  }

  @Test func policyReadsAGateway() throws {
    var options = try InjectionOptions.appMesh(Self.arn)
    options.tracing = .xray
    options.logs = .group("/gateway")
    options.envoyImage = "840364872350.dkr.ecr.eu-west-1.amazonaws.com/aws-appmesh-envoy:v1-prod"
    var gateway = GatewayOptions()
    let role = "arn:aws:iam::111122223333:role/door"
    gateway.taskRoleArn = role
    let output = try Gateway(options, gateway).taskDefinition().output
    let policies = try Injector(InjectionOptions()).policies(for: output)
    #expect(policies.family == "door" && policies.taskRole == .named(role))
    #expect(
      policies.taskStatements.map(\.sid)
        == ["EnvoyReadsItsConfiguration", "TracingDaemonSendsTraces"])
    #expect(policies.taskStatements[0].resources.map(\.pattern) == [Self.arn])
    #expect(
      policies.executionStatements.map(\.sid)
        == ["LogInToImageRegistry", "PullImages", "WriteLogs"])
  }

  @Test func warnsOfMissingRoles() throws {
    let warnings = try Gateway(.appMesh(Self.arn), GatewayOptions()).taskDefinition().warnings
    #expect(warnings.map(\.code).contains("no-task-role"))
  }

  /// Nothing else names the region of a gateway without a mesh.
  @Test func logsToAGroupByARN() throws {
    var options = try Self.static()
    options.logs = .group("arn:aws:logs:eu-west-1:111122223333:log-group:/door:*")
    let log = try Self.value(options)["containerDefinitions"]?.array?.first?["logConfiguration"]
    #expect(
      log == [
        "logDriver": "awslogs",
        "options": [
          "awslogs-group": "/door", "awslogs-region": "eu-west-1",
          "awslogs-stream-prefix": "envoy",
        ],
      ])
    options.logs = .group("/door")
    #expect(throws: InjectionError.self) { try Self.value(options) }
  }
}
