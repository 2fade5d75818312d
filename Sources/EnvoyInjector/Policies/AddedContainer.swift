import LosslessJSON

/// What of a container that was added matters to the roles: read from the document as it came
/// out, so that overrides and patches count.
struct AddedContainer {
  /// Of CloudWatch Logs.
  struct LogGroup: Hashable {
    let name: String
    let region: String?
    /// ECS makes it when it is not there.
    let isMade: Bool
  }

  let image: String
  /// The virtual node or gateway that an App Mesh Envoy stands for.
  let appMeshResource: String?
  let logGroup: LogGroup?
  let secrets: [SecretReference]
  /// ARNs of files in S3 that hold environment variables.
  let environmentFiles: [String]

  init(_ task: TaskDefinition, _ container: NodeID) {
    image = task.text(.image, of: container) ?? ""
    appMeshResource = task.list(.environment, of: container)
      .first { task.text(.name, of: $0) == SetAppMeshEnvironment.Variable.resourceARN.rawValue }
      .flatMap { task.text(.value, of: $0) }
    let log = task.node(.logConfiguration, of: container)
    logGroup = log.flatMap { LogGroup(task, $0) }
    let lists =
      task.list(.secrets, of: container) + (log.map { task.list(.secretOptions, of: $0) } ?? [])
    let credentials = task.node(.repositoryCredentials, of: container)
      .flatMap { task.text(.credentialsParameter, of: $0) }
    secrets =
      lists.compactMap { task.text(.valueFrom, of: $0) }.map(SecretReference.init(valueFrom:))
      + [credentials].compactMap { $0 }.map(SecretReference.init(registryCredentials:))
    environmentFiles = task.list(.environmentFiles, of: container)
      .compactMap { task.text(.value, of: $0) }
  }
}

extension AddedContainer.LogGroup {
  /// - Returns: `nil` when the driver is another than CloudWatch Logs'.
  init?(_ task: TaskDefinition, _ log: NodeID) {
    guard task.text(.logDriver, of: log) == LogDriver.awslogs,
      let options = task.node(.options, of: log).map({ task.document.value($0) }),
      let name = options[LogOption.group]?.string
    else { return nil }
    self.name = name
    region = options[LogOption.region]?.string
    // The driver reads the option with Go's strconv.ParseBool.
    // <https://github.com/moby/moby/blob/master/daemon/logger/awslogs/cloudwatchlogs.go>
    let made = options[LogOption.createGroup]?.string ?? ""
    isMade = ["1", "t", "T", "true", "TRUE", "True"].contains(made)
  }
}
