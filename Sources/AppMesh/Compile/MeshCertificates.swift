public import EnvoyBootstrap

/// The certificates that App Mesh passed to its Envoys, and that files or a secret service must now provide.
public struct MeshCertificates: Hashable, Sendable {
  /// The replacements for certificates of ACM, by ARN.
  public var certificates: [String: TLSCertificate]
  /// The replacements for certificate authorities of ACM PCA, by the ARN of the authority or of a certificate that it
  /// issued.
  public var authorities: [String: CertificateValidation.TrustedCA]
  /// The Unix domain socket of the Secret Discovery Service.
  public var sdsSocketPath: String?

  public init(
    certificates: [String: TLSCertificate] = [:],
    authorities: [String: CertificateValidation.TrustedCA] = [:], sdsSocketPath: String? = nil
  ) {
    self.certificates = certificates
    self.authorities = authorities
    self.sdsSocketPath = sdsSocketPath
  }

  /// Every source of a certificate, a key or an authority, in a fixed order.
  public var sources: [PEMSource] {
    certificates.sorted { $0.key < $1.key }.flatMap(\.value.sources)
      + authorities.sorted { $0.key < $1.key }.compactMap(\.value.source)
  }

  /// The secrets of AWS Secrets Manager that Envoy may read.
  public var storedSecrets: [StoredCertificate] {
    certificates.values.compactMap(\.stored) + authorities.values.compactMap(\.stored)
  }

  /// Whether calls to other services can use TLS 1.3. With files only, they stop at TLS 1.2, as they did
  /// with App Mesh.
  var offersTLS13: Bool {
    !storedSecrets.isEmpty
      || sources.contains { source in
        if case .environment = source { true } else { false }
      }
  }
}
