public import LosslessJSON
package import TaskDefinitions

/// The permissions that the roles of an injected task need for the added containers, and no others.
public struct RolePolicies: Hashable, Sendable {
  /// The prefix of the names of policies and roles: the task's family, or its logical id in a template.
  public let family: String
  public let taskRole: RoleReference?
  public let executionRole: RoleReference?
  /// Permissions of the task role, for the programs in the containers: Envoy and the tracing daemon.
  public let taskStatements: [PolicyStatement]
  /// Whether Envoy cannot do its work without the task role.
  package let needsTaskRole: Bool
  /// Permissions of the execution role, for ECS itself: images, logs, secrets.
  public let executionStatements: [PolicyStatement]
  /// `nil` if the account or the region of the task is not known.
  package let trust: TrustPolicy?
  /// The warnings of the injection that the policies are for.
  public package(set) var warnings: [Problem] = []

  /// - Parameters:
  ///   - task: an injected task, or the task of a gateway.
  ///   - containers: the added containers.
  ///   - sendsTraces: whether a tracing daemon sends Envoy's spans; `nil` to find it out from what
  ///     the containers wait for.
  ///   - certificates: the ARNs for App Mesh's TLS, which are not in the task definition.
  package init(
    of task: TaskDefinition, for containers: [NodeID],
    sendsTraces: Bool? = nil,
    certificates: Certificates = Certificates()
  ) {
    let added = containers.map { AddedContainer(task, $0) }
    let context = AccountContext(of: task, added)
    trust = context.trust
    family = task.place.resource ?? task.text(.family) ?? "task"
    taskRole = RoleReference(.taskRoleArn, of: task)
    executionRole = RoleReference(.executionRoleArn, of: task)
    needsTaskRole = added.contains { $0.calls != nil }
    let hasDaemon = sendsTraces ?? Self.sendTraces(containers, task)
    taskStatements =
      Self.discoveries(added)
      + [
        Self.objects(added, context), Self.storedCertificates(added),
        Self.configuration(added, context),
        hasDaemon ? Self.traces : nil,
        hasDaemon && containers.contains(where: task.pushesMetrics) ? Self.metrics(context) : nil,
        Self.certificates(certificates), Self.authorities(certificates),
      ].compactMap { $0 }
    executionStatements =
      Self.images(added)
      + [
        Self.logStreams(added, context), Self.logGroups(added, context),
        Self.secrets(added, context), Self.parameters(added, context),
      ].compactMap { $0 } + Self.environmentFiles(added)
  }

  /// Whether a tracing daemon sends Envoy's spans: Envoy waits for it.
  private static func sendTraces(_ containers: [NodeID], _ task: TaskDefinition) -> Bool {
    let names = Set(containers.map(task.name(of:)))
    let targets = containers.flatMap { task.list(.dependsOn, of: $0) }
      .compactMap { task.text(.containerName, of: $0) }
    return targets.contains { name in
      let target = task.container(named: name)
      return names.contains(name)
        || target.map { task.hasImage($0, of: TracingDaemonImage.all) } == true
    }
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
