/// The certificates that App Mesh passed to its Envoys, and that files or a secret service must now provide.
public struct MeshCertificates: Hashable, Sendable {
  /// PEM files in Envoy's container.
  public struct Files: Hashable, Sendable {
    public var certificateChain: String
    public var privateKey: String

    public init(certificateChain: String, privateKey: String) {
      self.certificateChain = certificateChain
      self.privateKey = privateKey
    }
  }

  /// The files that replace certificates of ACM, by ARN.
  public var certificates: [String: Files]
  /// PEM files in Envoy's container that replace certificate authorities of ACM PCA, by the ARN of the
  /// authority or of a certificate that it issued.
  public var authorities: [String: String]
  /// The Unix domain socket of the Secret Discovery Service.
  public var sdsSocketPath: String?

  public init(
    certificates: [String: Files] = [:], authorities: [String: String] = [:],
    sdsSocketPath: String? = nil
  ) {
    self.certificates = certificates
    self.authorities = authorities
    self.sdsSocketPath = sdsSocketPath
  }
}
