import AppMesh
import LosslessJSON

/// The losses of a node's listener, for all callers.
struct ListenerLosses {
  let node: VirtualNode
  let listener: NodeListener

  private var port: UInt16 { listener.portMapping.port }

  func note(_ losses: inout LossList) {
    if listener.outlierDetection != nil {
      add(Self.outlierDetection, ["outlierDetection"], &losses)
    }
    if listener.connectionPool != nil { add(Self.connectionPool, ["connectionPool"], &losses) }
    if listener.healthCheck != nil { add(Self.healthCheck, ["healthCheck"], &losses) }
  }

  /// The port gets no entry in `services`, so nothing can be set for it.
  func noteWithoutAlias(_ losses: inout LossList) {
    add(Self.withoutAlias, ["timeout", "tls"], &losses)
  }

  private func add(_ kind: Loss.Kind, _ members: [String], _ losses: inout LossList) {
    losses.add(
      kind, ["node": node.name, "port": "\(port)"],
      fields: members.map { Field.listener(port, of: node.name, $0) }, nodes: [node.name],
      at: node.origin)
  }
}

extension ListenerLosses {
  static let kinds = [outlierDetection, connectionPool, healthCheck, withoutAlias]

  private static let outlierDetection = Loss.Kind.warning(
    "sc-outlier-detection",
    "The outlier detection of port {port} of node '{node}' is replaced by Service Connect's, which "
      + "cannot be set.",
    fix: "Nothing can be set. Watch how often tasks are ejected.")
  private static let connectionPool = Loss.Kind.warning(
    "sc-connection-pool",
    "The connection pool of port {port} of node '{node}' is lost: Service Connect has no limits.",
    fix: "Limit connections or requests in the application.")
  private static let healthCheck = Loss.Kind.warning(
    "sc-health-check",
    "Callers no longer check the health of port {port} of node '{node}'.",
    fix: "Give the container a 'healthCheck': ECS takes tasks that fail it out of the endpoints.")
  private static let withoutAlias = Loss.Kind.note(
    "sc-without-alias",
    "Port {port} of node '{node}' gets no alias, because no virtual service leads there alone. "
      + "Its timeouts and its TLS cannot be set.",
    fix: "Nothing is needed if nobody calls the port.")
}
