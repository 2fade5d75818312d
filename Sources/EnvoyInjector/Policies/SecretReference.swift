/// A value that ECS reads for a container, as a task definition names it.
struct SecretReference: Hashable, Sendable {
  /// What a policy must allow: an ARN, or a resource whose account and region are not told.
  let resource: String
  let isSecretsManager: Bool

  /// Of `secrets` and `secretOptions`: an ARN of Secrets Manager, to which a key, a stage and a
  /// version may be appended, or the ARN or name of a parameter.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html>
  init(valueFrom text: String) {
    isSecretsManager = ARN(text)?.service == "secretsmanager"
    if isSecretsManager {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      resource = Self.withSuffix(parts.prefix(7).joined(separator: ":"))
    } else {
      resource = text.hasPrefix("arn:") ? text : "parameter/" + text.drop { $0 == "/" }
    }
  }

  /// Of `repositoryCredentials`: the ARN or the name of a secret.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RepositoryCredentials.html>
  init(registryCredentials text: String) {
    isSecretsManager = true
    resource = Self.withSuffix(text.hasPrefix("arn:") ? text : "secret:" + text)
  }

  /// Secrets Manager ends every secret's ARN with a hyphen and six characters of its own, and IAM
  /// compares with that. A reference may leave them out.
  /// <https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen>
  private static func withSuffix(_ arn: String) -> String {
    let isFull =
      arn.utf8.count > 7 && arn.utf8.dropLast(6).last == UInt8(ascii: "-")
      && arn.suffix(6).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return isFull ? arn : arn + "-??????"
  }
}
