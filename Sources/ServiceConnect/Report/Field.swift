import LosslessJSON

/// The parts of a mesh that a loss can change, by names instead of indices.
///
/// A virtual service is seen as its callers see it: `/virtualServices/NAME/PORT` stands for what
/// answers on that port, whether a node or the routes of a router.
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
