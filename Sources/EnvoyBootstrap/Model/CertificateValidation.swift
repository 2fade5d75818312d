internal import LosslessJSON

/// Which certificates are accepted.
public struct CertificateValidation: Hashable, Sendable {
  public enum TrustedCA: Hashable, Sendable {
    /// A PEM file inside Envoy's container.
    case file(String)
    case sds(SDSSecret)
  }

  public var trustedCA: TrustedCA
  /// Exact names of which the certificate must carry one: DNS names, or URIs with `://`. Empty:
  /// names are not looked at.
  public var subjectAltNames: [String]

  public init(trustedCA: TrustedCA, subjectAltNames: [String] = []) {
    self.trustedCA = trustedCA
    self.subjectAltNames = subjectAltNames
  }

  var member: JSONValue.Member {
    switch trustedCA {
    case .file(let path):
      .init(
        "validation_context",
        .fields(["trusted_ca": ["filename": .string(path)], Self.matchersKey: matchers]))
    case .sds(let secret):
      // Envoy merges the secret into the default, which holds the names.
      .init(
        "combined_validation_context",
        [
          "default_validation_context": .fields([Self.matchersKey: matchers]),
          "validation_context_sds_secret_config": secret.json,
        ])
    }
  }

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
