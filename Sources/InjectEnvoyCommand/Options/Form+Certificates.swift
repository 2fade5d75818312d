import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON

/// Certificates and authorities, each for the name before the equals sign.
extension Form<PEMSource> {
  private static var variablePrefix: String { "env:" }

  static var pem: Form {
    Form("PATH|env:VARIABLE", samples: ["/c/ca.pem", "env:CA"], oddities: ["env:", "env:A B"]) {
      text throws(Problem) in
      guard text.hasPrefix(variablePrefix) else {
        return .file(try Form<String>.containerPath.read([text]))
      }
      let name = String(text.dropFirst(variablePrefix.count))
      guard !name.isEmpty, name.utf8.allSatisfy(\.isPartOfVariable) else {
        throw .value(
          name, "is not the name of an environment variable.", fix: "Write it like env:TLS_KEY.")
      }
      return .environment(name)
    }
  }
}

extension Form<[String: TLSCertificate]> {
  /// - Parameters:
  ///   - key: the placeholder of what is before the equals sign.
  ///   - sample: an example of it.
  static func certificates(_ key: String, sample: String) -> Form {
    Form<[NamedValue]>.namedValues(
      "\(key)=CHAIN,KEY", samples: "\(sample)=/c/chain.pem,/c/key.pem",
      "\(sample)=secret:arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/tls-AbCdEf"
    ).map { pairs throws(Problem) in
      var certificates: [String: TLSCertificate] = [:]
      for pair in pairs { certificates[pair.name] = try TLSCertificate(chainAndKey: pair.value) }
      return certificates
    }
  }
}

extension Form<[String: PEMSource]> {
  static func authorities(_ key: String, sample: String) -> Form {
    Form<[NamedValue]>.namedValues("\(key)=FILE", samples: "\(sample)=/c/ca.pem")
      .map { pairs throws(Problem) in
        var authorities: [String: PEMSource] = [:]
        for pair in pairs { authorities[pair.name] = try Form<PEMSource>.pem.read([pair.value]) }
        return authorities
      }
  }
}

extension Form<[String: CertificateValidation.TrustedCA]> {
  static func replacedAuthorities(_ key: String, sample: String) -> Form {
    Form<[NamedValue]>.namedValues(
      "\(key)=FILE", samples: "\(sample)=/c/ca.pem",
      "\(sample)=secret:arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/ca-AbCdEf"
    ).map { pairs throws(Problem) in
      var authorities: [String: CertificateValidation.TrustedCA] = [:]
      for pair in pairs {
        authorities[pair.name] =
          if let secret = try StoredCertificate(prefixed: pair.value) { .stored(secret) } else {
            .pem(try Form<PEMSource>.pem.read([pair.value]))
          }
      }
      return authorities
    }
  }
}

extension StoredCertificate {
  private static var prefix: String { "secret:" }

  /// Reads `secret:ARN`. `nil` if the text is something else.
  fileprivate init?(prefixed text: String) throws(Problem) {
    guard text.hasPrefix(Self.prefix) else { return nil }
    let arn = String(text.dropFirst(Self.prefix.count))
    guard let secret = StoredCertificate(arn: arn) else {
      throw .value(
        arn, "is not the complete ARN of a secret in AWS Secrets Manager.",
        fix: "Give the ARN that `aws secretsmanager describe-secret` prints.")
    }
    self = secret
  }
}

extension TLSCertificate {
  fileprivate init(chainAndKey text: String) throws(Problem) {
    if let secret = try StoredCertificate(prefixed: text) {
      self = .stored(secret)
      return
    }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      throw .value(
        text, "is not of the form CHAIN,KEY.",
        fix: "Give two paths, two variables as env:NAME, or secret:ARN.")
    }
    self = .pem(
      certificateChain: try Form<PEMSource>.pem.read([parts[0]]),
      privateKey: try Form<PEMSource>.pem.read([parts[1]]))
  }
}

extension UInt8 {
  fileprivate var isPartOfVariable: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
