internal import LosslessJSON

/// A certificate with its key.
public enum TLSCertificate: Hashable, Sendable {
  /// PEM files inside Envoy's container, read once.
  case files(certificateChain: String, privateKey: String)
  case sds(SDSSecret)

  var member: JSONValue.Member {
    switch self {
    case .files(let chain, let key):
      .init(
        "tls_certificates",
        [
          [
            "certificate_chain": ["filename": .string(chain)],
            "private_key": ["filename": .string(key)],
          ]
        ])
    case .sds(let secret): .init("tls_certificate_sds_secret_configs", [secret.json])
    }
  }
}
