/// The TLS settings of a caller: the requirements on servers, and the certificate that it presents.
public struct ClientPolicy: Hashable, Sendable {
  /// `nil` if the policy does not configure TLS.
  public var tls: ClientPolicyTLS?

  public init(tls: ClientPolicyTLS? = nil) { self.tls = tls }
}

public struct ClientPolicyTLS: Hashable, Sendable {
  /// The certificate that the caller presents to servers that request one.
  public var certificate: Certificate?
  /// Whether a server without TLS is rejected. App Mesh's default is true.
  public var enforce = true
  /// The target ports that the policy applies to. Empty means all ports.
  public var ports: [UInt16] = []
  public var validation: TLSValidation

  public init(validation: TLSValidation) { self.validation = validation }
}

public struct ListenerTLS: Hashable, Sendable {
  public enum Mode: String, Hashable, Sendable, CaseIterable {
    case strict = "STRICT"
    /// Both TLS and plain text.
    case permissive = "PERMISSIVE"
    case disabled = "DISABLED"
  }

  public var mode: Mode
  public var certificate: Certificate
  /// The requirements on client certificates, or `nil` if clients do not need one.
  public var validation: TLSValidation?

  public init(mode: Mode, certificate: Certificate, validation: TLSValidation? = nil) {
    self.mode = mode
    self.certificate = certificate
    self.validation = validation
  }
}

public enum Certificate: Hashable, Sendable {
  /// PEM files in Envoy's container.
  case file(certificateChain: String, privateKey: String)
  /// A secret of the Secret Discovery Service.
  case sds(secretName: String)
  case acm(certificateARN: String)
}

/// The requirements on the certificate of the peer.
public struct TLSValidation: Hashable, Sendable {
  public enum Trust: Hashable, Sendable {
    /// A PEM file in Envoy's container.
    case file(certificateChain: String)
    case sds(secretName: String)
    case acm(certificateAuthorityARNs: [String])
  }

  public var trust: Trust
  /// Exact names, of which the certificate must have one. If empty, App Mesh's own rules apply.
  public var subjectAlternativeNames: [String]

  public init(trust: Trust, subjectAlternativeNames: [String] = []) {
    self.trust = trust
    self.subjectAlternativeNames = subjectAlternativeNames
  }
}
