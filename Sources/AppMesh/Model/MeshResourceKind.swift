/// The kinds of App Mesh resources.
enum MeshResourceKind: String, Hashable, CaseIterable {
  case mesh, virtualNode, virtualGateway, virtualRouter, virtualService, route, gatewayRoute

  /// The member that holds a resource's name in App Mesh's API.
  var nameKey: String { rawValue + "Name" }

  /// The kind of the resource that contains resources of this kind, unless that is the mesh.
  var parent: MeshResourceKind? {
    switch self {
    case .route: .virtualRouter
    case .gatewayRoute: .virtualGateway
    default: nil
    }
  }

  /// The prefix of App Mesh's resource types in CloudFormation.
  static let templateTypes = "AWS::AppMesh::"

  var templateType: String { Self.templateTypes + typeName }

  /// The name that types and API operations use: `VirtualNode`.
  var typeName: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  var words: String {
    switch self {
    case .mesh: "mesh"
    case .virtualNode: "virtual node"
    case .virtualGateway: "virtual gateway"
    case .virtualRouter: "virtual router"
    case .virtualService: "virtual service"
    case .route: "route"
    case .gatewayRoute: "gateway route"
    }
  }

  /// The allowed length in characters. Names of virtual services do not have a separate limit.
  var nameLength: ClosedRange<Int> { self == .virtualService ? 1...Int.max : 1...255 }

  init?(templateType: String) {
    guard let kind = Self.allCases.first(where: { $0.templateType == templateType }) else {
      return nil
    }
    self = kind
  }
}
