import LosslessJSON

/// The parts of a mesh that a loss can affect, by name instead of index.
///
/// A virtual service appears as its callers see it: `/virtualServices/NAME/PORT` represents whatever answers
/// on that port, a node or the routes of a router.
enum Field {
  static let egressFilter = JSONPointer(["egressFilter"])
  static let ipPreference = JSONPointer(["ipPreference"])

  static func gateway(_ name: String) -> JSONPointer { JSONPointer(["virtualGateways", name]) }

  static func node(_ name: String, _ member: String...) -> JSONPointer {
    JSONPointer(["virtualNodes", name] + member)
  }

  /// The services that a node may call.
  static func backendNames(of node: String) -> JSONPointer {
    self.node(node, "backends", "-", "virtualServiceName")
  }

  static func listener(_ port: UInt16, of node: String, _ member: String) -> JSONPointer {
    self.node(node, "listeners", "\(port)", member)
  }

  static func service(_ name: String, _ rest: String...) -> JSONPointer {
    JSONPointer(["virtualServices", name] + rest)
  }
}
