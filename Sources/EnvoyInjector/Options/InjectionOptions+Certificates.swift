import AppMesh
import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions

/// The options that say what Envoy presents and trusts.
extension InjectionOptions {
  /// The upstreams with their certificates and authorities.
  var securedUpstreams: [Upstream] {
    guard !upstreamCertificates.isEmpty || !upstreamAuthorities.isEmpty else { return upstreams }
    return upstreams.map { upstream in
      var upstream = upstream
      upstream.tls?.certificate = upstreamCertificates[upstream.name]
      if let authorities = upstreamAuthorities[upstream.name] {
        upstream.tls?.authorities = authorities
      }
      return upstream
    }
  }

  /// Whether Envoy may read certificates from a service, which takes a moment.
  var readsCertificates: Bool {
    upstreamCertificates.values.contains { $0.stored != nil }
      || mesh?.compiler.certificates.storedSecrets.isEmpty == false
  }

  /// - Throws: if an upstream with a certificate or authority does not exist or does not use TLS, or
  ///   Envoy's container does not have a variable that holds one.
  func validateCertificates() throws(Problem) {
    let secure = Set(upstreams.filter { $0.tls != nil }.map(\.name))
    let given: [(Setting, [String])] = [
      (.upstreamCertificate, upstreamCertificates.keys.sorted()),
      (.upstreamAuthority, upstreamAuthorities.keys.sorted()),
    ]
    for (setting, names) in given {
      guard let name = names.first(where: { !secure.contains($0) }) else { continue }
      throw .noSecureUpstream(name, setting)
    }
    let sources =
      upstreamCertificates.sorted { $0.key < $1.key }.flatMap(\.value.sources)
      + upstreamAuthorities.sorted { $0.key < $1.key }.map(\.value)
      + (controlPlane.mesh?.compiler.certificates.sources ?? [])
    for source in sources {
      guard case .environment(let name) = source, !hasVariable(name) else { continue }
      throw .missingVariable(name)
    }
  }

  /// Whether Envoy's container gets the variable, from an option or from the user's override.
  private func hasVariable(_ name: String) -> Bool {
    let overrides = [Field.environment, .secrets].compactMap { envoyContainer?[$0.spelling]?.array }
    return (environment + secrets).contains { $0.name == name }
      || overrides.joined().contains { $0[Field.name.spelling]?.string == name }
  }
}

extension Problem {
  fileprivate static func noSecureUpstream(_ name: String, _ setting: Setting) -> Self {
    Self(
      "\(setting) names '\(name)', which is not an upstream with TLS.",
      fix: "Use the name of an upstream with TLS, such as \(.upstream, "\(name)=HOST:443/https").")
  }
  fileprivate static func missingVariable(_ name: String) -> Self {
    Self(
      "A certificate comes from the variable \(name), which Envoy's container does not have, so Envoy "
        + "would not start.",
      fix: "Set it with \(.secret, "\(name)=ARN").")
  }
}
