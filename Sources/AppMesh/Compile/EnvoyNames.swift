/// The names that App Mesh gave to Envoy's resources. Dashboards and alarms depend on them.
struct EnvoyNames {
  let mesh: String

  static let ingress = "ingress"
  static let egress = "egress"

  static func listener(_ direction: String, _ port: UInt16) -> String {
    "lds_\(direction)_0.0.0.0_\(port)"
  }

  static func routeTable(_ direction: String, _ port: UInt16) -> String {
    "rds_\(direction)_http_\(port)"
  }

  static func filterChain(
    _ direction: String, _ protocol: PortProtocol, _ port: UInt16
  ) -> String {
    "\(direction)_\(`protocol`.rawValue)_\(port)"
  }

  /// The cluster of a node's application.
  func application(_ node: String, _ mapping: PortMapping) -> String {
    "cds_ingress_\(mesh)_\(node)_\(mapping.protocol.rawValue)_\(mapping.port)"
  }

  /// The cluster of a node, as its callers see it.
  func target(_ node: String, _ protocol: PortProtocol, _ port: UInt16) -> String {
    "cds_egress_\(mesh)_\(node)_\(`protocol`.rawValue)_\(port)"
  }

  /// The cluster of a gateway's second hop.
  func selfRedirect(
    _ gateway: GatewayListener, of name: String, isOnly: Bool, egressPort: UInt16
  ) -> String {
    let mapping = gateway.portMapping
    let port = isOnly ? "" : "\(mapping.port)_"
    return "cds_ingress_\(mesh)_\(name)_self_redirect_\(port)\(mapping.protocol.rawValue)"
      + "_\(egressPort)"
  }

  var amazonAWS: String { "cds_egress_\(mesh)_amazonaws" }

  var allowAll: String { "cds_egress_\(mesh)_mesh-allow-all" }

  /// The cluster without endpoints. App Mesh had none.
  var nowhere: String { "cds_egress_\(mesh)_nowhere" }

  static let secretService = "static_cluster_sds_unix_socket"
}
