import CloudFormation
package import LosslessJSON
package import TaskDefinitions

/// A task definition's reference to a value that ECS reads for a container.
package struct SecretReference: Hashable, Sendable {
  /// The resource that a policy must allow: an ARN, or a resource without account and region.
  package let resource: TemplateText
  package let isSecretsManager: Bool

  private init(_ resource: TemplateText, isSecretsManager: Bool) {
    self.resource = resource
    self.isSecretsManager = isSecretsManager
  }

  /// Reads an element of `secrets` or `secretOptions`: an ARN of Secrets Manager, to which a key, a
  /// stage and a version may be appended, or the ARN or name of a parameter.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html>
  ///
  /// - Returns: `nil` if an intrinsic function decides which of them it is.
  package init?(valueFrom node: NodeID, in task: TaskDefinition) {
    guard let text = task.templateText(task.document.value(node)) else { return nil }
    guard let prefix = text.prefix else {
      self.init(madeIn: task.document, text)
      return
    }
    if !prefix.hasPrefix("arn:") {
      self.init(Self.parameter(text), isSecretsManager: false)
      return
    }
    let fields = text.split(by: ":")
    guard fields.count > 2, let service = fields[2].known else { return nil }
    if service == "secretsmanager" {
      let arn = fields.prefix(7).reduce(into: [TemplateText]()) { parts, field in
        parts += parts.isEmpty ? [field] : [":", field]
      }
      self.init(Self.withSuffix(arn.reduce("", +)), isSecretsManager: true)
    } else {
      self.init(text, isSecretsManager: false)
    }
  }

  /// Reads `repositoryCredentials`: the ARN or the name of a secret. A function counts as an ARN.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RepositoryCredentials.html>
  package init(registryCredentials text: TemplateText) {
    guard let prefix = text.prefix else {
      self.init(text, isSecretsManager: true)
      return
    }
    self.init(
      Self.withSuffix(prefix.hasPrefix("arn:") ? text : "secret:" + text), isSecretsManager: true)
  }

  /// The value of a `Ref` to a resource of the same template: the ARN of a secret, or the name of a
  /// parameter.
  private init?(madeIn document: Document, _ text: TemplateText) {
    guard case .function(let function, _) = text.parts.first,
      let resource = function[Intrinsic.ref]?.string
        .flatMap({ TemplateResource(named: $0, in: document) })
    else { return nil }
    switch resource.kind {
    case .secret, .secretAttachment:
      // A key, a stage and a version may follow.
      self.init(TemplateText([.function(function, known: nil)]), isSecretsManager: true)
    case .parameter:
      let name = resource.property("Name", in: document).map { document.value($0) }
      // A name that CloudFormation generates has no slash.
      guard let prefix = name.map({ TemplateText($0)?.prefix }) ?? "" else { return nil }
      self.init(
        TemplateText(prefix.hasPrefix("/") ? "parameter" : "parameter/") + text,
        isSecretsManager: false)
    default: return nil
    }
  }

  private static func parameter(_ name: TemplateText) -> TemplateText {
    guard case .literal(let text) = name.parts.first else { return "parameter/" + name }
    let rest = TemplateText(Array(name.parts.dropFirst()))
    return TemplateText("parameter/" + text.drop { $0 == "/" }) + rest
  }

  /// Adds a wildcard for the hyphen and the six random characters at the end of every secret's ARN. A
  /// reference may leave them out, but IAM compares the whole ARN.
  /// <https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen>
  private static func withSuffix(_ arn: TemplateText) -> TemplateText {
    guard case .literal(let text) = arn.parts.last else { return arn + "-??????" }
    let isFull =
      text.utf8.count > 7 && text.utf8.dropLast(6).last == UInt8(ascii: "-")
      && text.suffix(6).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return isFull ? arn : arn + "-??????"
  }
}
