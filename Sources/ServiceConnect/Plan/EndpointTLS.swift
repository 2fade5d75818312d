import AppMesh
import LosslessJSON

/// The TLS of a listener. Service Connect only supports certificates that it gets from a private CA.
struct EndpointTLS {
  /// The ARN of the CA, or `nil` if the port does not get TLS.
  private(set) var authority: String?

  /// - Parameter authorities: the CAs that the mesh's client policies trust.
  init(
    of listener: NodeListener, on node: VirtualNode, trusting authorities: [String],
    _ losses: inout LossList
  ) {
    guard let tls = listener.tls, tls.mode != .disabled else { return }
    let port = listener.portMapping.port
    func note(_ kind: Loss.Kind, _ values: KeyValuePairs<String, String>) {
      losses.add(
        kind, values, fields: [Field.listener(port, of: node.name, "tls")], nodes: [node.name],
        at: node.origin)
    }
    let values: KeyValuePairs = ["node": node.name, "port": "\(port)"]
    if tls.validation != nil { note(Self.clientCertificates, values) }
    if tls.mode == .permissive { note(Self.permissive, values) }
    guard case .acm = tls.certificate else {
      note(Self.files, values)
      return
    }
    guard tls.validation == nil, tls.mode == .strict else { return }
    guard authorities.count == 1, let authority = authorities.first else {
      note(Self.unknownAuthority, values)
      return
    }
    self.authority = authority
    note(
      Self.ownCertificates, ["node": node.name, "port": "\(port)", "authority": authority])
  }

  var json: JSONValue? {
    authority.map { ["issuerCertificateAuthority": ["awsPcaAuthorityArn": .string($0)]] }
  }
}

extension EndpointTLS {
  static let kinds = [clientCertificates, permissive, files, unknownAuthority, ownCertificates]

  private static let clientCertificates = Loss.Kind.error(
    "sc-mtls",
    "Port {port} of node '{node}' asks clients for certificates (mTLS). Service Connect does not.",
    fix: "Stay with Envoy, or let security groups or the application decide who may call.")
  private static let permissive = Loss.Kind.error(
    "sc-tls-permissive",
    "Port {port} of node '{node}' takes TLS and plain text. A Service Connect port takes one of "
      + "them.",
    fix: "Decide for the port: STRICT or DISABLED.")
  private static let files = Loss.Kind.error(
    "sc-tls-files",
    "The certificate of port {port} of node '{node}' is a file or an SDS secret. Service Connect "
      + "issues certificates of AWS Private CA only.",
    fix: "Set 'tls' in the configuration with a private CA of yours, or stay with Envoy.")
  private static let unknownAuthority = Loss.Kind.error(
    "sc-tls-authority",
    "The mesh does not say which private CA issues the certificate of port {port} of node '{node}': "
      + "its client policies name none, or several.",
    fix: "Set 'tls' in the configuration with the ARN of the CA and a role.")
  private static let ownCertificates = Loss.Kind.warning(
    "sc-tls",
    "Service Connect issues the certificates of port {port} of node '{node}' itself, with CA "
      + "{authority}, and speaks TLS 1.3 only. Health checks of a load balancer over TLS fail.",
    fix: "Add 'roleArn' to 'tls': a role that may use this CA.")
}
