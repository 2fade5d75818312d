package import EnvoyBootstrap
package import LosslessJSON
package import TaskDefinitions

/// The parts of an added container that need permissions. They are read from the finished document, so
/// that overrides and patches count.
package struct AddedContainer {
  package let image: String
  /// The virtual node or gateway that an App Mesh Envoy runs for.
  package let appMeshResource: TemplateText?
  package let logGroup: LogGroup?
  package let secrets: [SecretReference]
  /// The intrinsic functions that name a secret and cannot be evaluated.
  package let undecidedSecrets: [NodeID]
  /// Names of resources that contain a wildcard of IAM, and so would match other resources as well.
  package let wildcards: [NodeID]
  /// ARNs of files in S3 that hold environment variables.
  package let environmentFiles: [TemplateText]
  /// The calls of AWS in the configuration of an Envoy; `nil` if it makes none.
  package let calls: AWSCalls?

  package init(_ task: TaskDefinition, _ container: NodeID) {
    image = task.text(.image, of: container) ?? ""
    calls = task.callsOfAWS(by: container)
    appMeshResource = task.list(.environment, of: container)
      .first { task.text(.name, of: $0) == AgentVariable.resourceARN.rawValue }
      .flatMap { task.templateText(.value, of: $0) }
    let log = task.node(.logConfiguration, of: container)
    logGroup = log.flatMap { LogGroup(task, $0) }
    let lists =
      task.list(.secrets, of: container) + (log.map { task.list(.secretOptions, of: $0) } ?? [])
    let values = lists.compactMap { task.node(.valueFrom, of: $0) }
    let references = values.map { SecretReference(valueFrom: $0, in: task) }
    let credentials = task.node(.repositoryCredentials, of: container)
      .flatMap { task.templateText(.credentialsParameter, of: $0) }
    secrets =
      references.compactMap { $0 }
      + [credentials].compactMap { $0 }.map(SecretReference.init(registryCredentials:))
    undecidedSecrets = zip(values, references).filter { $0.1 == nil }.map(\.0)
    let files = task.list(.environmentFiles, of: container).compactMap { task.node(.value, of: $0) }
    environmentFiles = files.compactMap { task.templateText(task.document.value($0)) }
    let logName = log.flatMap { task.node(.options, of: $0) }
      .flatMap { task.document.member(LogOption.group, of: $0) }
    let named =
      values + files
      + [
        logName, task.node(.image, of: container),
        task.node(.repositoryCredentials, of: container)
          .flatMap { task.node(.credentialsParameter, of: $0) },
        task.list(.environment, of: container)
          .first { task.text(.name, of: $0) == AgentVariable.resourceARN.rawValue }
          .flatMap { task.node(.value, of: $0) },
      ].compactMap { $0 }
    wildcards = named.filter {
      task.templateText(task.document.value($0))?.hasWildcard == true
    }
  }
}
