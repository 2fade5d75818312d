import LosslessJSON

/// What of a container that was added matters to the roles: read from the document as it came
/// out, so that overrides and patches count.
struct AddedContainer {
  /// A value that ECS reads for the container.
  struct Secret: Hashable {
    let valueFrom: String

    var isSecretsManager: Bool { valueFrom.contains(":secretsmanager:") }

    /// The secret or parameter itself: ECS appends the key, stage and version to take from it.
    /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html>
    var arn: String {
      guard isSecretsManager else { return valueFrom }
      let parts = valueFrom.split(separator: ":", omittingEmptySubsequences: false)
      return parts.prefix(7).joined(separator: ":")
    }
  }

  let image: String
  let environment: [String: String]
  let secrets: [Secret]
  /// Of CloudWatch Logs.
  let logGroup: String?
  let createsLogGroup: Bool

  init(_ task: TaskDefinition, _ container: NodeID) {
    image = task.text(.image, of: container) ?? ""
    var environment: [String: String] = [:]
    for variable in task.list(.environment, of: container) {
      guard let name = task.text(.name, of: variable) else { continue }
      environment[name] = task.text(.value, of: variable)
    }
    self.environment = environment
    let log = task.node(.logConfiguration, of: container)
    let isAWSLogs = log.flatMap { task.text(.logDriver, of: $0) } == LogDriver.awslogs
    let options = log.flatMap { task.node(.options, of: $0) }.map { task.document.value($0) }
    logGroup = isAWSLogs ? options?[LogOption.group]?.string : nil
    createsLogGroup = options?[LogOption.createGroup]?.string == "true"
    let credentials = task.node(.repositoryCredentials, of: container)
      .flatMap { task.text(.credentialsParameter, of: $0) }
    let lists =
      task.list(.secrets, of: container)
      + (log.map { task.list(.secretOptions, of: $0) } ?? [])
    secrets =
      (lists.compactMap { task.text(.valueFrom, of: $0) } + [credentials].compactMap { $0 })
      .map(Secret.init)
  }
}
