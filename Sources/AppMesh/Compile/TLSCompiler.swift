internal import EnvoyBootstrap
internal import LosslessJSON

/// Compiles the TLS settings of listeners, and of clusters for calls.
struct TLSCompiler {
  let compilation: EnvoyCompilation
  private var certificates: MeshCertificates { compilation.certificates }
  private var origin: Origin { compilation.profile.origin }

  /// The filter chains of a listener for its TLS mode: one with TLS, one without, or both.
  func secured(
    _ chain: FilterChain, _ tls: ListenerTLS?, _ protocol: PortProtocol
  ) -> [FilterChain] {
    guard let tls, tls.mode != .disabled else { return [chain] }
    var secure = chain
    secure.transportSocket = DownstreamTLS(
      context: .init(
        alpnProtocols: `protocol`.alpnProtocols, certificate: certificate(tls.certificate),
        validation: tls.validation.flatMap { validation($0, $0.subjectAlternativeNames) }),
      requiresClientCertificate: tls.validation != nil)
    guard tls.mode == .permissive else { return [secure] }
    var plain = chain
    plain.match.transportProtocol = .rawBuffer
    secure.match.transportProtocol = .tls
    secure.name += "_tls"
    return [secure, plain]
  }

  /// The TLS settings for calls to a node, or `nil` for plain text.
  ///
  /// - Parameter policy: the client policy of the caller.
  func upstreamTLS(
    to node: VirtualNode, _ listener: NodeListener, _ policy: ClientPolicyTLS?
  ) -> UpstreamTLS? {
    let port = listener.portMapping.port
    let alpnProtocols = listener.portMapping.protocol.alpnProtocols
    let server = listener.tls.flatMap { $0.mode == .disabled ? nil : $0 }
    guard let policy, policy.ports.isEmpty || policy.ports.contains(port) else {
      guard let server else { return nil }
      return UpstreamTLS(
        context: .init(
          alpnProtocols: alpnProtocols, validation: standardValidation(of: server, at: node),
          offersTLS13: certificates.offersTLS13))
    }
    if server == nil {
      guard policy.enforce else { return nil }
      compilation.note(
        Problem(Self.enforcedTLS, ["node": node.name, "port": "\(port)"], at: origin))
    }
    let given = policy.validation.subjectAlternativeNames
    let names = given.isEmpty ? [node.serviceDiscovery?.hostname].compactMap(\.self) : given
    return UpstreamTLS(
      context: .init(
        alpnProtocols: alpnProtocols, certificate: policy.certificate.flatMap { certificate($0) },
        validation: validation(policy.validation, names), offersTLS13: certificates.offersTLS13))
  }

  /// The validation for callers without a client policy.
  private func standardValidation(
    of server: ListenerTLS, at node: VirtualNode
  ) -> CertificateValidation? {
    guard case .acm(let arn) = server.certificate else { return nil }
    guard let authority = certificates.authorities[arn] else {
      compilation.note(
        Problem(
          Self.acmUnverified, ["node": node.name, "arn": arn],
          fix: "Give the authority's PEM file with \(.authorities, "\(arn)=FILE").",
          at: node.origin))
      return nil
    }
    return .init(trustedCA: read(authority))
  }

  private func certificate(_ certificate: Certificate) -> TLSCertificate? {
    switch certificate {
    case .file(let chain, let key):
      return .pem(certificateChain: .file(chain), privateKey: .file(key))
    case .sds(let name): return .sds(secret(name))
    case .acm(let arn):
      guard let given = certificates.certificates[arn] else {
        compilation.note(
          Problem(
            Self.acmCertificate, ["arn": arn],
            fix: "Export it, mount the files, and give their paths with "
              + "\(.certificates, "\(arn)=CHAIN,KEY").", at: origin))
        return nil
      }
      compilation.note(Problem(Self.acmByFile, ["arn": arn], fix: renewal(of: given), at: origin))
      if let stored = given.stored { compilation.add(stored.service.cluster) }
      return given
    }
  }

  /// How to renew a certificate. `nil` means the way for files.
  private func renewal(of certificate: TLSCertificate) -> Wording? {
    if certificate.stored != nil {
      return "Put each renewed certificate into the secret. Envoy reads it without a restart."
    }
    return certificate.sources.contains(where: \.isVariable)
      ? "Renew the secret and start new tasks before the certificate expires." : nil
  }

  private func validation(
    _ validation: TLSValidation, _ names: [String]
  ) -> CertificateValidation? {
    switch validation.trust {
    case .file(let path): return .init(trustedCA: .pem(.file(path)), subjectAltNames: names)
    case .sds(let name): return .init(trustedCA: .sds(secret(name)), subjectAltNames: names)
    case .acm(let arns):
      for arn in arns where certificates.authorities[arn] == nil {
        compilation.note(
          Problem(
            Self.acmAuthority, ["arn": arn],
            fix: "Mount its certificate and give the path with \(.authorities, "\(arn)=FILE").",
            at: origin))
      }
      let given = arns.compactMap { certificates.authorities[$0] }
      let files = Set(given.map(\.text)).sorted()
      if files.count > 1 {
        compilation.note(
          Problem(
            Self.acmAuthority, ["arn": arns.joined(separator: ", ")],
            fix: "Put the certificates in \(files.joined(separator: ", ")) into one file, and give "
              + "it for each of the authorities with \(.authorities, "ARN=FILE").", at: origin))
      }
      return given.first.map { .init(trustedCA: read($0), subjectAltNames: names) }
    }
  }

  /// Adds the cluster of the service that provides the authorities, if there is one.
  private func read(_ authorities: CertificateValidation.TrustedCA)
    -> CertificateValidation.TrustedCA
  {
    if let stored = authorities.stored { compilation.add(stored.service.cluster) }
    return authorities
  }

  private func secret(_ name: String) -> SDSSecret {
    if certificates.sdsSocketPath == nil {
      compilation.note(Problem(Self.sdsSocket, ["secret": name], at: origin))
    }
    compilation.usesSecretService = true
    return SDSSecret(name: name, cluster: EnvoyNames.secretService)
  }
}

extension PEMSource {
  fileprivate var isVariable: Bool { if case .environment = self { true } else { false } }
}

extension CertificateValidation.TrustedCA {
  fileprivate var text: String {
    switch self {
    case .pem(.file(let path)): path
    case .pem(.environment(let variable)): "variable \(variable)"
    case .sds(let secret): secret.name
    case .stored(let secret): secret.arn
    }
  }
}

extension PortProtocol {
  /// Many clients use HTTP/2 over TLS only if the server offers it.
  fileprivate var alpnProtocols: [String] { upstreamVersion == .http2 ? ["h2"] : [] }
}

extension TLSCompiler {
  static let rules = [
    acmAuthority, acmByFile, acmCertificate, acmUnverified, enforcedTLS, sdsSocket,
  ]

  private static let acmAuthority = Rule.error(
    "acm-authority",
    "Envoy needs one file with the certificates of {arn}, which App Mesh provided.",
    fix: "Give the authority's PEM file with \(.authorities, "ARN=FILE").")
  private static let acmByFile = Rule.warning(
    "acm-by-file", "App Mesh renewed certificate {arn}. Now nothing does.",
    fix: "Renew the files and restart the task before the certificate expires.")
  private static let acmCertificate = Rule.error(
    "acm-certificate", "App Mesh gave Envoy the certificate {arn}. Now nothing does.",
    fix: "Export it and give its files with \(.certificates, "ARN=CHAIN,KEY").")
  private static let acmUnverified = Rule.warning(
    "acm-unverified",
    "'{node}' presents ACM certificate {arn}. App Mesh verified such certificates without a client "
      + "policy. Envoy encrypts connections to it but does not verify it.",
    fix: "Give the authority's PEM file with \(.authorities, "CERTIFICATE-ARN=FILE").")
  private static let enforcedTLS = Rule.warning(
    "enforced-tls",
    "A client policy enforces TLS, but '{node}' does not use TLS on port {port}. Requests get 503.",
    fix: "Give the node's listener a certificate, or do not enforce TLS.")
  private static let sdsSocket = Rule.error(
    "sds-socket",
    "Secret '{secret}' comes from a Secret Discovery Service, but its socket is not known.",
    fix: "Give the socket's path with \(.sdsSocketPath).")
}
