import LosslessJSON

/// What the roles of an injected task must allow for the containers that were added: no more.
public struct RolePolicies: Hashable, Sendable {
  /// The name that policies and roles are called after.
  public let family: String
  /// ARN or name, where the task definition has one.
  public let taskRole: String?
  public let executionRole: String?
  /// For the programs in the containers: Envoy and the tracing daemon.
  public let taskStatements: [PolicyStatement]
  /// For ECS itself: images, logs, secrets.
  public let executionStatements: [PolicyStatement]
  /// The findings of the injection that the policies are for.
  public internal(set) var warnings: [Finding] = []

  /// - Parameters:
  ///   - containers: those that were added.
  ///   - sendsTraces: whether a tracing daemon, added or found, sends Envoy's spans.
  ///   - certificates: what App Mesh's TLS needs, which no task definition tells.
  init(
    of task: TaskDefinition, containers: [NodeID] = [], sendsTraces: Bool = false,
    certificates: Certificates = Certificates()
  ) {
    let added = containers.map { AddedContainer(task, $0) }
    let context = AccountContext(of: task, added)
    family = task.text(.family) ?? "task"
    taskRole = task.text(.taskRoleArn)
    executionRole = task.text(.executionRoleArn)
    taskStatements = [
      Self.configuration(added, context), sendsTraces ? Self.traces : nil,
      Self.certificates(certificates), Self.authorities(certificates),
    ].compactMap { $0 }
    executionStatements =
      Self.images(added)
      + [
        Self.logStreams(added, context), Self.logGroups(added, context),
        Self.secrets(added, context), Self.parameters(added, context),
      ].compactMap { $0 } + Self.environmentFiles(added)
  }

  /// Reads a document that this tool has injected, or made as a gateway's, as it stands.
  init(ofInjected task: TaskDefinition, containers: [NodeID], certificates: Certificates) {
    let names = Set(containers.map(task.name(of:)))
    let targets = containers.flatMap { task.list(.dependsOn, of: $0) }
      .compactMap { task.text(.containerName, of: $0) }
    let sendsTraces = targets.contains { name in
      let repository = task.container(named: name).map(task.repository(of:)) ?? ""
      return names.contains(name) || TracingDaemonImage.all.contains(repository)
    }
    self.init(
      of: task, containers: containers, sendsTraces: sendsTraces, certificates: certificates)
  }
}

/// ARNs for App Mesh's TLS.
/// <https://docs.aws.amazon.com/app-mesh/latest/userguide/tls.html>
public struct Certificates: Hashable, Sendable {
  /// ACM certificates that Envoy presents.
  public var certificates: [String] = []
  /// AWS Private CA authorities that Envoy trusts.
  public var authorities: [String] = []

  public init() {}
}
