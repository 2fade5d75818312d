import AppMesh
import Foundation
import LosslessJSON
import Testing

/// All descriptions that others published.
@Suite(.enabled(if: !RealMesh.all.isEmpty, RealMesh.howToGet))
struct RealMeshTests {
  @Test(arguments: RealMesh.all)
  func everyResourceIsRead(real: RealMesh) throws {
    let files = try real.files()
    let mesh = try MeshReader(parameters: real.parameters(files)).read(files).mesh
    let counts = [
      "VirtualNode": mesh.virtualNodes.count,
      "VirtualGateway": mesh.virtualGateways.count,
      "VirtualRouter": mesh.virtualRouters.count,
      "VirtualService": mesh.virtualServices.count,
      "Route": mesh.virtualRouters.map(\.routes.count).reduce(0, +),
      "GatewayRoute": mesh.virtualGateways.map(\.routes.count).reduce(0, +),
    ]
    for (kind, count) in counts {
      #expect(try count == real.count(of: kind), "\(kind)")
    }
  }

  @Test(arguments: RealMesh.all)
  func theOrderOfFilesDoesNotCount(real: RealMesh) throws {
    let files = try real.files()
    let reader = MeshReader(parameters: real.parameters(files))
    #expect(try reader.read(files) == reader.read(files.reversed()))
  }

  @Test func noMeshIsLeftOut() { #expect(RealMesh.all.count == 26) }

  /// The losses are those that a person found in these files, and nothing else but defaults in use.
  @Test func lossesAreThoseOfTheFiles() throws {
    var found: [String: [String]] = [:]
    for real in RealMesh.all {
      let files = try real.files()
      let losses = try MeshReader(parameters: real.parameters(files)).read(files).problems
        .filter { $0.code != "template-parameter-default" }
      if !losses.isEmpty { found[real.testDescription] = losses.map(\.code) }
    }
    #expect(found == ["yelb-tcp": ["mesh-not-described"], "howto-alb": ["mesh-not-described"]])
  }
}

extension RealMesh {
  /// The number of times that the files contain the type, counted as text.
  func count(of kind: String) throws -> Int {
    if let items = inputs["items"]?.array {
      let name = kind.prefix(1).lowercased() + kind.dropFirst()
      return items.count { $0["kind"]?.string == name }
    }
    let type = try Regex("AWS::AppMesh::\(kind)['\"\\s]")
    return try files().map { String(decoding: $0.bytes, as: UTF8.self).matches(of: type).count }
      .reduce(0, +)
  }
}
