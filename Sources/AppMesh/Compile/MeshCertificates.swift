/// What App Mesh handed to its Envoys and files have to bring now.
public struct MeshCertificates: Hashable, Sendable {
  /// PEM files inside Envoy's container.
  public struct Files: Hashable, Sendable {
    public var certificateChain: String
    public var privateKey: String

    public init(certificateChain: String, privateKey: String) {
      self.certificateChain = certificateChain
      self.privateKey = privateKey
    }
  }

  /// The files in place of certificates of ACM, by ARN.
  public var certificates: [String: Files]
  /// PEM files inside Envoy's container in place of authorities of ACM PCA, by the ARN of the
  /// authority, or of a certificate that it issued.
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
