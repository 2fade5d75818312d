import AppMesh
import LosslessJSON
import Testing

struct SizeTests {
  /// ECS accepts at most 64 KiB
  /// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html>);
  /// The rest of a task definition uses up to 10 KiB of that.
  static let roomBytes = 54 * 1024

  /// A caller of services with two targets each.
  func mesh(backends count: Int, hasHealthCheckAndTLS: Bool) -> Mesh {
    var mesh = Mesh(name: "shop")
    var web = VirtualNode("web", .http, 3000)
    web.backendDefaults =
      hasHealthCheckAndTLS
      ? .init(tls: .init(validation: .init(trust: .file(certificateChain: "/keys/ca.pem")))) : nil
    web.backendDefaults?.tls?.certificate = TLSTests.file
    for index in 1...count {
      let service = "service-\(index)"
      for version in ["v1", "v2"] {
        var node = VirtualNode("\(service)-\(version)", .http, 8080)
        if hasHealthCheckAndTLS {
          node.listeners[0].healthCheck = .init(
            healthyThreshold: 2, unhealthyThreshold: 2, interval: .seconds(5), timeout: .seconds(2),
            protocol: .http, path: "/ping")
          node.listeners[0].tls = .init(mode: .strict, certificate: TLSTests.file)
        }
        mesh.virtualNodes.append(node)
      }
      let route = MeshRoute("route", .http, ["\(service)-v1": 90, "\(service)-v2": 10])
      mesh.virtualRouters.append(VirtualRouter(service, .http, 8080, [route]))
      mesh.virtualServices.append(VirtualService("\(service).shop.local", router: service))
      web.backends.append(.init(virtualServiceName: "\(service).shop.local"))
    }
    mesh.virtualNodes.append(web)
    return mesh
  }

  /// The size of the configuration as a string in a task definition.
  func embedded(_ mesh: Mesh) throws -> Int {
    let text = try Compiling.sidecar(mesh).json.compactText
    return JSONValue.string(text).compactText.utf8.count
  }

  @Test func tenPlainBackendsOrNineWithEverythingFitATaskDefinition() throws {
    let plain = try embedded(mesh(backends: 10, hasHealthCheckAndTLS: false))
    let full = try embedded(mesh(backends: 9, hasHealthCheckAndTLS: true))
    #expect(plain < 45_000 && full < Self.roomBytes, "\(plain), \(full)")
  }

  @Test func twentyBackendsWithEverythingDoNot() throws {
    let full = try embedded(mesh(backends: 20, hasHealthCheckAndTLS: true))
    #expect(full > Self.roomBytes && full < 112_000, "\(full)")
  }

  /// The order of the files, and of the resources in them, does not matter.
  @Test func theSameMeshGivesTheSameBytes() throws {
    let mesh = mesh(backends: 5, hasHealthCheckAndTLS: true)
    var shuffled = mesh
    shuffled.virtualNodes.reverse()
    shuffled.virtualRouters.reverse()
    shuffled.virtualServices.reverse()
    let last = shuffled.virtualNodes.firstIndex { $0.name == "web" }
    shuffled.virtualNodes[try #require(last)].backends.reverse()
    #expect(try Compiling.sidecar(mesh).json == Compiling.sidecar(shuffled).json)
  }
}
