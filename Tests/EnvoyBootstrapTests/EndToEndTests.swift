import EnvoyBootstrap
import Foundation
import LosslessJSON
import Testing

/// Task definitions run with real Envoy and the iptables rules that ECS writes; the scenarios and
/// their expectations are in `Tests/EndToEnd/end_to_end.py`.
@Suite(.needsEnvoy, .needsNamespaces, .serialized) struct EndToEndTests {
  static let node = Node(id: "orders-id", cluster: "orders")
  static let web: (UInt16, String, ServiceProtocol?) = (8080, "http-web", .http)

  @Test func traffic() throws {
    let ports: [(UInt16, String, ServiceProtocol?)] = [
      Self.web, (8081, "http-plain", nil), (8082, "http2-web", .http2), (8083, "grpc-echo", .grpc),
      (7000, "greet-first", nil),
    ]
    let upstreams = try Combinations.upstreams(
      "payments=payments.internal:8080", "two=payments.internal:9020/http2",
      "rpc=payments.internal:9030/grpc", "db=db.internal:9010/tcp",
      "secure.test=payments.internal:443/tcp")
    let sidecar = StaticSidecar(
      server: .init(node: Self.node, memoryMiB: 256), appPorts: ports.map { AppPort($0.0, $0.2) },
      upstreams: upstreams)
    try run("traffic", TaskDefinition(ports: ports, bootstrap: try sidecar.bootstrap()))
  }

  @Test func openTelemetry() throws {
    try run("tracing", try traced(.openTelemetry(samplingRate: 1), (4317, "otlp-grpc")))
  }

  @Test func xray() throws {
    try run("tracing", try traced(.xray(samplingRate: 1), (2000, "xray-udp")))
  }

  @Test(arguments: ["drain", "stop"]) func requestInFlight(scenario: String) throws {
    try run(scenario, TaskDefinition(ports: [Self.web], bootstrap: try sidecar().bootstrap()))
  }

  @Test func gateway() throws {
    let gateway = StaticGateway(
      server: .init(node: Self.node),
      upstreams: try Combinations.upstreams(
        "payments=payments.internal:8080", "two=payments.internal:9020/http2"))
    try run("gateway", TaskDefinition(ports: [], bootstrap: try gateway.bootstrap()))
  }

  @Test func managementServer() throws {
    try run("xds", try managed(by: .init("10.213.0.1", 18000)))
  }

  @Test(arguments: ["10.213.0.1:18001", "10.99.0.66:18000", "nowhere.internal:18000"])
  func managementServerAway(address: String) throws {
    let address = try #require(SocketAddress(hostAndPort: address))
    try run("xds-unreachable", try managed(by: address))
  }

  private func sidecar(_ tracing: Tracing? = nil) -> StaticSidecar {
    StaticSidecar(
      server: .init(node: Self.node, tracing: tracing), appPorts: [AppPort(8080, .http)])
  }

  private func traced(_ tracing: Tracing, _ daemon: (UInt16, String)) throws -> TaskDefinition {
    TaskDefinition(
      ports: [Self.web], bootstrap: try sidecar(tracing).bootstrap(), daemon: daemon)
  }

  private func managed(by server: SocketAddress) throws -> TaskDefinition {
    let sidecar = XDSSidecar(server: .init(node: Self.node), managementServer: server)
    return TaskDefinition(ports: [Self.web], bootstrap: try sidecar.bootstrap())
  }

  private func run(_ scenario: String, _ definition: TaskDefinition) throws {
    let envoy = try #require(RealEnvoy.path, RealEnvoy.howToGet)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "taskdef.json")
    try Data(definition.json.compactText.utf8).write(to: file)
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../EndToEnd/end_to_end.py").standardized
    let (status, output) = try RealEnvoy.run(
      "/usr/bin/env", "PYTHONDONTWRITEBYTECODE=1", "ENVOY_BIN=\(envoy)", Namespaces.python,
      script.path, scenario, file.path, folder.path)
    #expect(status == 0, "\(output)")
    for line in output.split(separator: "\n") where line.hasPrefix("NOTE") { print(line) }
  }
}

/// What the end-to-end tests need besides Envoy.
enum Namespaces {
  static let python =
    ProcessInfo.processInfo.environment["E2E_PYTHON"]
    ?? RealEnvoy.virtualEnvironment + "/bin/python"

  static let howToGet: Comment =
    """
    the end-to-end tests need root, ip, iptables, curl, and a Python with grpcio, h2 and \
    xds-protos (E2E_PYTHON, or pip install them into /opt/envoy-venv)
    """

  static let areAvailable: Bool = {
    guard getuid() == 0 else { return false }
    let probe =
      "command -v ip iptables curl setpriv && \(python) -c 'import grpc, h2, envoy.config'"
    return (try? RealEnvoy.run("/bin/sh", "-c", probe).status) == 0
  }()
}

extension Trait where Self == ConditionTrait {
  static var needsNamespaces: Self {
    .enabled(if: Namespaces.areAvailable || RealEnvoy.isCI, Namespaces.howToGet)
  }
}
