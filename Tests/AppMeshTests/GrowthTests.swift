import AppMesh
import EnvoyBootstrap
import LawTesting
import LosslessJSON
import Testing

/// The time for reading and compiling a mesh is proportional to its size.
struct GrowthTests {
  /// Time is less precise than instructions. Quadratic work would take 16 times as long.
  private static let limit = 6.0

  /// A ring: every node calls the next one, through a router.
  private static func ring(_ count: Int) -> String {
    (0..<count).map { index in
      """
      {"meshName": "m", "virtualNodeName": "n\(index)", "spec": {"listeners": [{"portMapping":
        {"port": 80, "protocol": "http"}}], "backends": [{"virtualService":
        {"virtualServiceName": "s\((index + 1) % count).local"}}], "serviceDiscovery": {"awsCloudMap":
        {"serviceName": "n\(index)", "namespaceName": "x.local"}}}}
      {"meshName": "m", "virtualServiceName": "s\(index).local", "spec": {"provider":
        {"virtualRouter": {"virtualRouterName": "r\(index)"}}}}
      {"meshName": "m", "virtualRouterName": "r\(index)", "spec": {"listeners": [{"portMapping":
        {"port": 80, "protocol": "http"}}]}}
      {"meshName": "m", "virtualRouterName": "r\(index)", "routeName": "a", "spec": {"httpRoute":
        {"match": {"prefix": "/"}, "action": {"weightedTargets":
        [{"virtualNode": "n\(index)", "weight": 1}]}}}}

      """
    }.joined()
  }

  /// A gateway with a route for each service, each with a separate host.
  private static func gateway(_ count: Int) -> String {
    ring(count)
      + #"{"meshName": "m", "virtualGatewayName": "g", "spec": {"listeners": [{"portMapping": "#
      + #"{"port": 8080, "protocol": "http"}}]}}"#
      + (0..<count).map { index in
        """
        {"meshName": "m", "virtualGatewayName": "g", "gatewayRouteName": "g\(index)", "spec":
          {"httpRoute": {"match": {"prefix": "/", "hostname": {"exact": "h\(index).example.com"}},
          "action": {"target": {"virtualService": {"virtualServiceName": "s\(index).local"}}}}}}

        """
      }.joined()
  }

  /// - Returns: The nanoseconds for reading a mesh and compiling every Envoy.
  private static func time(_ text: String) throws -> Int {
    let files = Reading.files([text])
    return try threadTime {
      let reading = try MeshReader().read(files)
      let compiler = MeshCompiler(reading.mesh)
      let problems = DescriptionProblems(reading.problems, of: compiler)
      for node in reading.mesh.virtualNodes {
        _ = try compiler.sidecar(node: node.name, server: Compiling.server)
        _ = problems.concerning(.virtualNode, node.name)
      }
      for gateway in reading.mesh.virtualGateways {
        _ = try compiler.gateway(gateway.name, server: Compiling.server)
      }
    }
  }

  @Test(arguments: [ring, gateway])
  func fourTimesTheMeshTakesAboutFourTimesTheTime(mesh: @Sendable (Int) -> String) throws {
    let growth = try Growth.measured(from: 60, to: 240, until: Self.limit) {
      try Self.time(mesh($0))
    }
    #expect(growth.ratio <= Self.limit, "\(growth)")
  }
}
