extension ClientPolicy {
  /// Reads `BackendDefaults`.
  init?(readingDefaults object: ObjectReader) {
    guard let policy = object["clientPolicy"].object(Self.init(reading:)) else { return nil }
    self = policy
  }

  /// Reads `ClientPolicy`.
  init?(reading object: ObjectReader) {
    self.init(tls: object["tls"].object(ClientPolicyTLS.init(reading:)))
  }
}

extension ClientPolicyTLS {
  fileprivate init?(reading object: ObjectReader) {
    let certificate = object["certificate"].object { Certificate(reading: $0, hasACM: false) }
    let enforce = object["enforce"].bool()
    let ports = object["ports"].list { $0.port() }
    let validation = object["validation"].required.object {
      TLSValidation(reading: $0, hasACM: true)
    }
    guard let validation else { return nil }
    self.init(validation: validation)
    self.certificate = certificate
    self.enforce = enforce ?? true
    self.ports = ports ?? []
  }
}

extension ListenerTLS {
  init?(reading object: ObjectReader) {
    let mode = object["mode"].required.choice(Mode.allCases)
    let certificate = object["certificate"].required.object {
      Certificate(reading: $0, hasACM: true)
    }
    let validation = object["validation"].object { TLSValidation(reading: $0, hasACM: false) }
    guard let mode, let certificate else { return nil }
    self.init(mode: mode, certificate: certificate, validation: validation)
  }
}

extension Certificate {
  fileprivate init?(reading object: ObjectReader, hasACM: Bool) {
    let choices: [(name: String, read: (SpecField) -> Certificate?)] = [
      ("file", { $0.object(Self.file) }),
      ("sds", { $0.object { $0["secretName"].required.text().map(Self.sds) } }),
      ("acm", { $0.object { $0["certificateArn"].required.text().map(Self.acm) } }),
    ]
    guard let certificate = object.oneOf(hasACM ? choices : choices.dropLast()) else {
      return nil
    }
    self = certificate
  }

  private static func file(_ object: ObjectReader) -> Certificate? {
    let chain = object["certificateChain"].required.text(length: 1...255)
    let key = object["privateKey"].required.text(length: 1...255)
    guard let chain, let key else { return nil }
    return .file(certificateChain: chain, privateKey: key)
  }
}

extension TLSValidation {
  fileprivate init?(reading object: ObjectReader, hasACM: Bool) {
    let trust = object["trust"].required.object { Trust(reading: $0, hasACM: hasACM) }
    let names = object["subjectAlternativeNames"].object { names in
      names["match"].required.object { match in
        match["exact"].required.list { $0.text(length: 1...254) }
      }
    }
    guard let trust else { return nil }
    self.init(trust: trust, subjectAlternativeNames: names ?? [])
  }
}

extension TLSValidation.Trust {
  fileprivate init?(reading object: ObjectReader, hasACM: Bool) {
    let choices: [(name: String, read: (SpecField) -> Self?)] = [
      (
        "file",
        { $0.object { $0["certificateChain"].required.text(length: 1...255).map(Self.file) } }
      ),
      ("sds", { $0.object { $0["secretName"].required.text().map(Self.sds) } }),
      ("acm", { $0.object(Self.acm) }),
    ]
    guard let trust = object.oneOf(hasACM ? choices : choices.dropLast()) else { return nil }
    self = trust
  }

  private static func acm(_ object: ObjectReader) -> Self? {
    object["certificateAuthorityArns"].required.list(count: 1...3) { $0.text() }
      .map(Self.acm(certificateAuthorityARNs:))
  }
}
