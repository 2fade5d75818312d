internal import EnvoyBootstrap

extension MemberCompiler {
  /// A chain as the listener wants it: with TLS, or without, or one of each.
  mutating func secured(
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

  /// TLS to a node; `nil`: plain text.
  ///
  /// - Parameter policy: what the caller demands of what it calls.
  mutating func upstreamTLS(
    to node: VirtualNode, _ listener: NodeListener, _ policy: ClientPolicyTLS?
  ) -> UpstreamTLS? {
    let port = listener.portMapping.port
    let alpnProtocols = listener.portMapping.protocol.alpnProtocols
    let server = listener.tls.flatMap { $0.mode == .disabled ? nil : $0 }
    guard let policy, policy.ports.isEmpty || policy.ports.contains(port) else {
      guard let server else { return nil }
      return UpstreamTLS(
        context: .init(
          alpnProtocols: alpnProtocols, validation: standardValidation(of: server, at: node)))
    }
    if server == nil {
      guard policy.enforce else { return nil }
      note(.enforcedTLS(node.name, port, at: member.origin))
    }
    let given = policy.validation.subjectAlternativeNames
    let names = given.isEmpty ? [node.serviceDiscovery?.hostname].compactMap(\.self) : given
    return UpstreamTLS(
      context: .init(
        alpnProtocols: alpnProtocols, certificate: policy.certificate.flatMap { certificate($0) },
        validation: validation(policy.validation, names)))
  }

  /// What is demanded where no policy says anything.
  private mutating func standardValidation(
    of server: ListenerTLS, at node: VirtualNode
  ) -> CertificateValidation? {
    guard case .acm(let arn) = server.certificate else { return nil }
    guard let authority = certificates.authorities[arn] else {
      note(.acmUnverified(node.name, arn, at: node.origin))
      return nil
    }
    return .init(trustedCA: .file(authority))
  }

  private mutating func certificate(_ certificate: Certificate) -> TLSCertificate? {
    switch certificate {
    case .file(let chain, let key): return .files(certificateChain: chain, privateKey: key)
    case .sds(let name): return .sds(secret(name))
    case .acm(let arn):
      guard let files = certificates.certificates[arn] else {
        note(.acmCertificate(arn, at: member.origin))
        return nil
      }
      note(.acmByFile(arn, at: member.origin))
      return .files(certificateChain: files.certificateChain, privateKey: files.privateKey)
    }
  }

  private mutating func validation(
    _ validation: TLSValidation, _ names: [String]
  ) -> CertificateValidation? {
    switch validation.trust {
    case .file(let path): return .init(trustedCA: .file(path), subjectAltNames: names)
    case .sds(let name): return .init(trustedCA: .sds(secret(name)), subjectAltNames: names)
    case .acm(let arns):
      for arn in arns where certificates.authorities[arn] == nil {
        note(.acmAuthority(arn, at: member.origin))
      }
      let files = Set(arns.compactMap { certificates.authorities[$0] }).sorted()
      if files.count > 1 { note(.authoritiesApart(files, at: member.origin)) }
      return files.first.map { .init(trustedCA: .file($0), subjectAltNames: names) }
    }
  }

  private mutating func secret(_ name: String) -> SDSSecret {
    if certificates.sdsSocketPath == nil { note(.sdsSocket(name, at: member.origin)) }
    usesSecretService = true
    return SDSSecret(name: name, cluster: EnvoyNames.secretService)
  }

  mutating func addSecretService() {
    guard let path = certificates.sdsSocketPath else { return }
    otherClusters.append(
      .init(name: EnvoyNames.secretService, discovery: .pipe(path), httpVersion: .http2))
  }
}

extension PortProtocol {
  /// Many clients speak HTTP/2 over TLS only where the server offers it.
  fileprivate var alpnProtocols: [String] { upstreamVersion == .http2 ? ["h2"] : [] }
}

extension Loss {
  fileprivate static func enforcedTLS(_ node: String, _ port: UInt16, at origin: Origin) -> Loss {
    .init(
      .enforcedTLS,
      "the client policy enforces TLS, and '\(node)' speaks none on port \(port): requests get 503",
      at: origin)
  }

  fileprivate static func acmUnverified(_ node: String, _ arn: String, at origin: Origin) -> Loss {
    .init(
      .acmUnverified,
      "'\(node)' shows the ACM certificate \(arn), which App Mesh verified without being told to: "
        + "connections are encrypted but not verified",
      remedy: "give the authority's PEM file with --authority \(arn)=FILE", at: origin)
  }

  fileprivate static func acmCertificate(_ arn: String, at origin: Origin) -> Loss {
    .init(
      .acmCertificate, "App Mesh handed the certificate \(arn) to Envoy, and nobody does now",
      remedy: "export it, mount the files and give their paths with --certificate \(arn)=CHAIN,KEY",
      at: origin)
  }

  fileprivate static func acmByFile(_ arn: String, at origin: Origin) -> Loss {
    .init(
      .acmByFile, "App Mesh renewed the certificate \(arn), and nobody does now", at: origin)
  }

  fileprivate static func acmAuthority(_ arn: String, at origin: Origin) -> Loss {
    .init(
      .acmAuthority, "App Mesh handed the authority \(arn) to Envoy, and nobody does now",
      remedy: "mount its certificate and give the path with --authority \(arn)=FILE", at: origin)
  }

  fileprivate static func authoritiesApart(_ files: [String], at origin: Origin) -> Loss {
    .init(
      .acmAuthority, "Envoy reads one file of authorities, not \(files.joined(separator: ", "))",
      remedy: "put the certificates into one file and give it for each of the authorities",
      at: origin)
  }

  fileprivate static func sdsSocket(_ secret: String, at origin: Origin) -> Loss {
    .init(
      .sdsSocket,
      "the secret '\(secret)' comes from a Secret Discovery Service, whose socket is not known",
      at: origin)
  }
}
