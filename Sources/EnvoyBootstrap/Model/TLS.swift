internal import LosslessJSON

/// TLS for connections from clients to a ``FilterChain``.
public struct DownstreamTLS: Hashable, Sendable {
  public var context: CommonTLSContext
  public var requiresClientCertificate: Bool

  public init(context: CommonTLSContext, requiresClientCertificate: Bool = false) {
    self.context = context
    self.requiresClientCertificate = requiresClientCertificate
  }

  var json: JSONValue {
    .typedExtension(
      "envoy.transport_sockets.tls",
      .message(
        "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
        [
          "require_client_certificate": requiresClientCertificate ? true : nil,
          "common_tls_context": context.json,
        ]))
  }
}

/// TLS for connections to a cluster.
public struct UpstreamTLS: Hashable, Sendable {
  /// The server name indication, which is also the name that the certificate must have. If `nil`, Envoy sends
  /// no indication, and ``CertificateValidation`` defines the accepted names.
  public var sni: String?
  public var context: CommonTLSContext

  public init(sni: String? = nil, context: CommonTLSContext) {
    self.sni = sni
    self.context = context
  }

  var json: JSONValue {
    .typedExtension(
      "envoy.transport_sockets.tls",
      .message(
        "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
        [
          "sni": sni.map { .string($0) },
          "auto_sni_san_validation": sni == nil ? nil : true,
          "common_tls_context": context.json,
        ]))
  }
}

/// TLS settings that apply to clients and servers.
public struct CommonTLSContext: Hashable, Sendable {
  public var alpnProtocols: [String]
  /// The certificate to present to the peer, or `nil` for none.
  public var certificate: TLSCertificate?
  /// The requirements on the peer's certificate. If `nil`, the peer needs none, and any is accepted.
  public var validation: CertificateValidation?
  /// Whether a client also offers TLS 1.3. Envoy's servers always do, and its clients stop at TLS 1.2
  /// by default.
  public var offersTLS13: Bool

  public init(
    alpnProtocols: [String] = [], certificate: TLSCertificate? = nil,
    validation: CertificateValidation? = nil, offersTLS13: Bool = false
  ) {
    self.alpnProtocols = alpnProtocols
    self.certificate = certificate
    self.validation = validation
    self.offersTLS13 = offersTLS13
  }

  var json: JSONValue {
    let members: [JSONValue.Member?] = [
      offersTLS13
        ? .init("tls_params", ["tls_maximum_protocol_version": "TLSv1_3"]) : nil,
      alpnProtocols.ifNotEmpty(JSONValue.strings).map { .init("alpn_protocols", $0) },
      certificate?.member, validation?.member,
    ]
    return .object(members.compactMap(\.self))
  }
}

/// Where Envoy reads PEM text. Envoy reads it once, when it starts.
public enum PEMSource: Hashable, Sendable {
  /// A file in Envoy's container.
  case file(String)
  /// An environment variable of Envoy's container, with real line breaks.
  case environment(String)

  /// The bundle of public authorities in Envoy's stock image, from Debian's `ca-certificates`.
  public static let systemAuthorities = PEMSource.file("/etc/ssl/certs/ca-certificates.crt")

  var json: JSONValue {
    switch self {
    case .file(let path): ["filename": .string(path)]
    case .environment(let variable): ["environment_variable": .string(variable)]
    }
  }
}

/// A certificate with its private key.
public enum TLSCertificate: Hashable, Sendable {
  case pem(certificateChain: PEMSource, privateKey: PEMSource)
  case sds(SDSSecret)
  case stored(StoredCertificate)

  /// Where Envoy reads the certificate and the key, unless a service provides them.
  public var sources: [PEMSource] {
    switch self {
    case .pem(let chain, let key): [chain, key]
    case .sds, .stored: []
    }
  }

  var member: JSONValue.Member {
    switch self {
    case .pem(let chain, let key):
      .init("tls_certificates", [["certificate_chain": chain.json, "private_key": key.json]])
    case .sds(let secret): .init(Self.subscriptionsKey, [secret.json])
    case .stored(let secret): .init(Self.subscriptionsKey, [secret.certificate])
    }
  }

  static let subscriptionsKey = "tls_certificate_sds_secret_configs"

  /// The secret that Envoy reads, or `nil` if the certificate is elsewhere.
  public var stored: StoredCertificate? {
    if case .stored(let secret) = self { secret } else { nil }
  }
}

/// Defines which certificates are accepted.
public struct CertificateValidation: Hashable, Sendable {
  public enum TrustedCA: Hashable, Sendable {
    case pem(PEMSource)
    case sds(SDSSecret)
    case stored(StoredCertificate)

    public static let systemAuthorities = TrustedCA.pem(.systemAuthorities)

    /// Where Envoy reads the authorities, unless a service provides them.
    public var source: PEMSource? { if case .pem(let source) = self { source } else { nil } }

    /// The secret that Envoy reads, or `nil` if the authorities are elsewhere.
    public var stored: StoredCertificate? {
      if case .stored(let secret) = self { secret } else { nil }
    }
  }

  public var trustedCA: TrustedCA
  /// Exact names, of which the certificate must have one: DNS names, or URIs with `://`. If empty, Envoy
  /// does not check names.
  public var subjectAltNames: [String]

  public init(trustedCA: TrustedCA, subjectAltNames: [String] = []) {
    self.trustedCA = trustedCA
    self.subjectAltNames = subjectAltNames
  }

  var member: JSONValue.Member {
    switch trustedCA {
    case .pem(let source):
      .init(
        "validation_context",
        .fields(["trusted_ca": source.json, Self.matchersKey: matchers]))
    case .sds(let secret): combined(secret.json)
    case .stored(let secret): combined(secret.authority)
    }
  }

  /// Envoy merges the secret into the default validation context, which holds the names.
  private func combined(_ subscription: JSONValue) -> JSONValue.Member {
    .init(
      "combined_validation_context",
      [
        "default_validation_context": .fields([Self.matchersKey: matchers]),
        Self.subscriptionKey: subscription,
      ])
  }

  static let subscriptionKey = "validation_context_sds_secret_config"

  private static let matchersKey = "match_typed_subject_alt_names"

  private var matchers: JSONValue? {
    subjectAltNames.ifNotEmpty { names in
      .array(
        names.map { name in
          [
            "san_type": name.contains("://") ? "URI" : "DNS",
            "matcher": ["exact": .string(name)],
          ]
        })
    }
  }
}

/// A secret from a Secret Discovery Service (gRPC, resource version 3).
public struct SDSSecret: Hashable, Sendable {
  public var name: String
  /// The name of the static ``Cluster`` for the service.
  public var cluster: String

  public init(name: String, cluster: String) {
    self.name = name
    self.cluster = cluster
  }

  var json: JSONValue {
    [
      "name": .string(name),
      "sds_config": [
        "resource_api_version": "V3",
        "api_config_source": [
          "api_type": "GRPC",
          "transport_api_version": "V3",
          "grpc_services": [["envoy_grpc": ["cluster_name": .string(cluster)]]],
        ],
      ],
    ]
  }
}
