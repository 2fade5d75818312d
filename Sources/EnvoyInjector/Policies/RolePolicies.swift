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

  /// - Parameters:
  ///   - containers: those that were added.
  ///   - sendsTraces: whether a tracing daemon, added or found, sends Envoy's spans.
  ///   - certificates: what App Mesh's TLS needs, which no task definition tells.
  init(
    of task: TaskDefinition, containers: [NodeID], sendsTraces: Bool, certificates: Certificates
  ) {
    let context = AccountContext(of: task)
    let added = containers.map { AddedContainer(task, $0) }
    family = task.text(.family) ?? "task"
    taskRole = task.text(.taskRoleArn)
    executionRole = task.text(.executionRoleArn)
    taskStatements = [
      Self.configuration(added, context), sendsTraces ? Self.traces : nil,
      Self.certificates(certificates),
      Self.authorities(certificates),
    ].compactMap { $0 }
    executionStatements =
      Self.images(added)
      + [
        Self.logStreams(added, context), Self.logGroups(added, context),
        Self.secrets(added), Self.parameters(added, context),
      ].compactMap { $0 }
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

extension RolePolicies {
  /// On exactly this node or gateway: a statement on the mesh's ARN would not match it.
  private static func configuration(
    _ added: [AddedContainer], _ context: AccountContext
  ) -> PolicyStatement? {
    let nodes = added.compactMap {
      $0.environment[SetAppMeshEnvironment.Variable.resourceARN.rawValue]
    }
    guard !nodes.isEmpty else { return nil }
    return PolicyStatement(
      "EnvoyReadsItsConfiguration", ["appmesh:StreamAggregatedResources"],
      on: nodes.map { context.arn("appmesh", $0) })
  }

  /// What AWSXRayDaemonWriteAccess allows; these actions know no resources.
  /// <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSXRayDaemonWriteAccess.html>
  private static let traces = PolicyStatement(
    "TracingDaemonSendsTraces",
    [
      "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
      "xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries",
    ], on: ["*"])

  private static func certificates(_ given: Certificates) -> PolicyStatement? {
    given.certificates.isEmpty
      ? nil
      : PolicyStatement(
        "EnvoyPresentsCertificates", ["acm:ExportCertificate"], on: given.certificates)
  }

  private static func authorities(_ given: Certificates) -> PolicyStatement? {
    given.authorities.isEmpty
      ? nil
      : PolicyStatement(
        "EnvoyTrustsAuthorities", ["acm-pca:GetCertificateAuthorityCertificate"],
        on: given.authorities)
  }

  /// Only for private registries: public.ecr.aws and Docker Hub need no permission.
  private static func images(_ added: [AddedContainer]) -> [PolicyStatement] {
    let arns = unique(added.compactMap { PrivateImage($0.image)?.arn })
    guard !arns.isEmpty else { return [] }
    return [
      PolicyStatement("LogInToImageRegistry", ["ecr:GetAuthorizationToken"], on: ["*"]),
      PolicyStatement(
        "PullImages",
        [
          "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage",
        ], on: arns),
    ]
  }

  private static func logStreams(
    _ added: [AddedContainer], _ context: AccountContext
  ) -> PolicyStatement? {
    let groups = unique(added.compactMap(\.logGroup))
    guard !groups.isEmpty else { return nil }
    return PolicyStatement(
      "WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"],
      on: groups.map { context.arn("logs", "log-group:\($0):*") })
  }

  /// AWS's own execution policy lacks it, so that tasks with awslogs-create-group do not start.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html>
  private static func logGroups(
    _ added: [AddedContainer], _ context: AccountContext
  ) -> PolicyStatement? {
    let groups = unique(added.filter(\.createsLogGroup).compactMap(\.logGroup))
    guard !groups.isEmpty else { return nil }
    return PolicyStatement(
      "CreateLogGroup", ["logs:CreateLogGroup"],
      on: groups.flatMap { group in
        ["", ":*"].map { context.arn("logs", "log-group:\(group)\($0)") }
      })
  }

  private static func secrets(_ added: [AddedContainer]) -> PolicyStatement? {
    let arns = unique(added.flatMap(\.secrets).filter(\.isSecretsManager).map(\.arn))
    guard !arns.isEmpty else { return nil }
    return PolicyStatement("ReadSecrets", ["secretsmanager:GetSecretValue"], on: arns)
  }

  private static func parameters(
    _ added: [AddedContainer], _ context: AccountContext
  ) -> PolicyStatement? {
    let names = unique(added.flatMap(\.secrets).filter { !$0.isSecretsManager }.map(\.arn))
    guard !names.isEmpty else { return nil }
    return PolicyStatement(
      "ReadParameters", ["ssm:GetParameters"],
      on: names.map { name in
        name.hasPrefix("arn:") ? name : context.arn("ssm", "parameter/" + name.drop { $0 == "/" })
      })
  }

  private static func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}
