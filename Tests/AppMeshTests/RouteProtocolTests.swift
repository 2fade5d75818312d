import AppMesh
import LosslessJSON
import Testing

/// Routes with a protocol that differs from that of their router's listener.
struct RouteProtocolTests {
  @Test(arguments: PortProtocol.allCases, PortProtocol.allCases)
  func mismatchesAreErrors(listener: PortProtocol, route: PortProtocol) throws {
    let match = route == .tcp ? "" : "\"match\": {\(route == .grpc ? "" : "\"prefix\": \"/\"")}, "
    let reading = try Reading.read(
      """
      {"meshName": "m", "virtualRouterName": "r", "spec": {"listeners": [
        {"portMapping": {"port": 80, "protocol": "\(listener)"}}]}}
      {"meshName": "m", "virtualServiceName": "s.local",
        "spec": {"provider": {"virtualRouter": {"virtualRouterName": "r"}}}}
      {"meshName": "m", "virtualNodeName": "n", "spec": {"backends": [
        {"virtualService": {"virtualServiceName": "s.local"}}]}}
      {"meshName": "m"}
      {"meshName": "m", "virtualRouterName": "r", "routeName": "a", "spec": {"\(route)Route":
        {\(match)"action": {"weightedTargets": [{"virtualNode": "n", "weight": 1}]}}}}
      """)
    let isMismatch = (listener == .tcp) != (route == .tcp)
    #expect(reading.problems.map(\.code) == (isMismatch ? ["route-protocol"] : []))
    #expect(reading.problems.allSatisfy { $0.place?.line == 8 && $0.severity == .error })
    let problems = DescriptionProblems(reading.problems, of: MeshCompiler(reading.mesh))
    #expect(problems.concerning(.virtualNode, "n") == reading.problems)
  }
}
