import AppMesh
import Foundation
import LosslessJSON
import Surroundings
import Testing

/// Reads descriptions that a test writes.
enum Reading {
  static func files(_ texts: [String]) -> [MeshFile] {
    texts.enumerated().map { MeshFile(name: "file\($0.offset + 1)", bytes: Array($0.element.utf8)) }
  }

  static func read(
    _ texts: String..., parameters: [String: String] = [:], meshName: String? = nil
  ) throws -> MeshReading {
    try MeshReader(parameters: parameters, meshName: meshName).read(files(texts))
  }

  /// The problems of a description in the form that users see.
  static func problems(
    _ texts: String..., parameters: [String: String] = [:], meshName: String? = nil,
    requiresParameters: Bool = false
  ) -> [String] {
    do throws(MeshError) {
      _ = try MeshReader(
        parameters: parameters, meshName: meshName, requiresParameters: requiresParameters
      ).read(files(texts))
      return []
    } catch {
      return error.problems.map(\.descriptionWithPlace)
    }
  }

  /// A file of `testdata`.
  static func testdata(_ path: String) throws -> String {
    try Folders.text(Folders.testdata.appendingPathComponent(path))
  }
}

extension Mesh {
  /// The mesh without the places where it was described.
  var withoutOrigins: Mesh {
    let nowhere = Origin(file: "", pointer: "", line: 0)
    var mesh = self
    for index in virtualNodes.indices { mesh.virtualNodes[index].origin = nowhere }
    for index in virtualServices.indices { mesh.virtualServices[index].origin = nowhere }
    for index in virtualRouters.indices {
      mesh.virtualRouters[index].origin = nowhere
      for route in virtualRouters[index].routes.indices {
        mesh.virtualRouters[index].routes[route].origin = nowhere
      }
    }
    for index in virtualGateways.indices {
      mesh.virtualGateways[index].origin = nowhere
      for route in virtualGateways[index].routes.indices {
        mesh.virtualGateways[index].routes[route].origin = nowhere
      }
    }
    return mesh
  }

  func node(_ name: String) throws -> VirtualNode {
    try #require(virtualNodes.first { $0.name == name })
  }
}
