/// The kinds of resources that App Mesh has.
enum MeshResourceKind: String, Hashable, CaseIterable {
  case mesh, virtualNode, virtualGateway, virtualRouter, virtualService, route, gatewayRoute

  /// The member that names one in App Mesh's API.
  var nameKey: String { rawValue + "Name" }

  /// The kind of the resource, other than the mesh, that contains it.
  var parent: MeshResourceKind? {
    switch self {
    case .route: .virtualRouter
    case .gatewayRoute: .virtualGateway
    default: nil
    }
  }

  /// The prefix of the types of CloudFormation's resources.
  static let templateTypes = "AWS::AppMesh::"

  var templateType: String { Self.templateTypes + typeName }

  /// The name in types and in operations of the API: `VirtualNode`.
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

  /// The limits in characters. Names of virtual services do not have a limit of their own.
  var nameLength: ClosedRange<Int> { self == .virtualService ? 1...Int.max : 1...255 }

  init?(templateType: String) {
    guard let kind = Self.allCases.first(where: { $0.templateType == templateType }) else {
      return nil
    }
    self = kind
  }
}
