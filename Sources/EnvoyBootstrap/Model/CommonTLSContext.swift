internal import LosslessJSON

/// What both sides of a TLS connection can be told.
public struct CommonTLSContext: Hashable, Sendable {
  public var alpnProtocols: [String]
  /// What is shown to the other side; `nil`: nothing.
  public var certificate: TLSCertificate?
  /// What the other side must show; `nil`: anything is taken.
  public var validation: CertificateValidation?

  public init(
    alpnProtocols: [String] = [], certificate: TLSCertificate? = nil,
    validation: CertificateValidation? = nil
  ) {
    self.alpnProtocols = alpnProtocols
    self.certificate = certificate
    self.validation = validation
  }

  var json: JSONValue {
    let members: [JSONValue.Member?] = [
      alpnProtocols.ifNotEmpty(JSONValue.strings).map { .init("alpn_protocols", $0) },
      certificate?.member, validation?.member,
    ]
    return .object(members.compactMap(\.self))
  }
}
