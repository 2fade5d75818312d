/// What a caller demands of, and shows to, the services that it calls.
public struct ClientPolicy: Hashable, Sendable {
  /// `nil`: the policy says nothing about TLS.
  public var tls: ClientPolicyTLS?

  public init(tls: ClientPolicyTLS? = nil) { self.tls = tls }
}

public struct ClientPolicyTLS: Hashable, Sendable {
  /// What the caller shows to servers that ask for it.
  public var certificate: Certificate?
  /// Whether a server without TLS is refused; App Mesh's default is yes.
  public var enforce = true
  /// The target ports that the policy is for; empty: all.
  public var ports: [UInt16] = []
  public var validation: TLSValidation

  public init(validation: TLSValidation) { self.validation = validation }
}

public struct ListenerTLS: Hashable, Sendable {
  public enum Mode: String, Hashable, Sendable, CaseIterable {
    case strict = "STRICT"
    /// TLS and plain text.
    case permissive = "PERMISSIVE"
    case disabled = "DISABLED"
  }

  public var mode: Mode
  public var certificate: Certificate
  /// What clients must show; `nil`: nothing.
  public var validation: TLSValidation?

  public init(mode: Mode, certificate: Certificate, validation: TLSValidation? = nil) {
    self.mode = mode
    self.certificate = certificate
    self.validation = validation
  }
}

public enum Certificate: Hashable, Sendable {
  /// PEM files inside Envoy's container.
  case file(certificateChain: String, privateKey: String)
  /// A secret of the Secret Discovery Service.
  case sds(secretName: String)
  case acm(certificateARN: String)
}

/// Which certificates of the other side are accepted.
public struct TLSValidation: Hashable, Sendable {
  public enum Trust: Hashable, Sendable {
    /// A PEM file inside Envoy's container.
    case file(certificateChain: String)
    case sds(secretName: String)
    case acm(certificateAuthorityARNs: [String])
  }

  public var trust: Trust
  /// Exact names of which the certificate must carry one; empty: see App Mesh's rules.
  public var subjectAlternativeNames: [String]

  public init(trust: Trust, subjectAlternativeNames: [String] = []) {
    self.trust = trust
    self.subjectAlternativeNames = subjectAlternativeNames
  }
}
