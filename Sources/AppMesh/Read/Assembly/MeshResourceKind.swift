/// The resources that App Mesh knows.
enum MeshResourceKind: String, Hashable, CaseIterable {
  case mesh, virtualNode, virtualGateway, virtualRouter, virtualService, route, gatewayRoute

  /// The member that names one in App Mesh's API.
  var nameKey: String { rawValue + "Name" }

  /// In which resource, other than the mesh, one stands.
  var parent: MeshResourceKind? {
    switch self {
    case .route: .virtualRouter
    case .gatewayRoute: .virtualGateway
    default: nil
    }
  }

  /// How the types of CloudFormation's resources begin.
  static let templateTypes = "AWS::AppMesh::"

  var templateType: String {
    Self.templateTypes + rawValue.prefix(1).uppercased() + rawValue.dropFirst()
  }

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

  /// In characters; names of virtual services have no limit of their own.
  var nameLength: ClosedRange<Int> { self == .virtualService ? 1...Int.max : 1...255 }

  init?(templateType: String) {
    guard let kind = Self.allCases.first(where: { $0.templateType == templateType }) else {
      return nil
    }
    self = kind
  }
}
