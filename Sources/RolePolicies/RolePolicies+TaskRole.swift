import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions

extension RolePolicies {
  /// The permissions to find the endpoints of services, a statement for each namespace of Cloud Map.
  /// The action does not support resources.
  /// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudmap.html>
  package static func discoveries(_ added: [AddedContainer]) -> [PolicyStatement] {
    let services = added.flatMap { $0.calls?.services ?? [] }
    var names = UniqueNames()
    let byNamespace = Dictionary(grouping: services, by: \.namespace)
    return byNamespace.sorted { $0.key < $1.key }.map { namespace, services in
      PolicyStatement(
        names.next("EnvoyFindsEndpoints"), [AWSCalls.discovery], on: ["*"],
        if: [
          "StringEquals": [
            "servicediscovery:NamespaceName": .string(namespace),
            "servicediscovery:ServiceName": .array(
              Set(services.map(\.name)).sorted().map(JSONValue.string)),
          ]
        ])
    }
  }

  /// The permission to read the configuration. It names exactly this node or gateway, because a statement
  /// for the mesh's ARN would not match it.
  package static func configuration(
    _ added: [AddedContainer], _ context: AccountContext
  ) -> PolicyStatement? {
    guard let resource = added.lazy.compactMap(\.appMeshResource).first else { return nil }
    // The preview channel of App Mesh is a service of its own, appmesh-preview.
    let service = ARN(resource.pattern)?.service ?? "appmesh"
    return PolicyStatement(
      "EnvoyReadsItsConfiguration", ["\(service):StreamAggregatedResources"],
      on: [context.arn(service, resource)])
  }

  /// The permission to read the weights of routes.
  package static func objects(
    _ added: [AddedContainer], _ context: AccountContext
  ) -> PolicyStatement? {
    let objects = added.flatMap { $0.calls?.objects ?? [] }
    guard !objects.isEmpty else { return nil }
    return PolicyStatement(
      "EnvoyReadsItsWeights", [AWSCalls.reading],
      on: objects.map { object in
        "arn:" + context.partition + TemplateText(":s3:::\(object.bucket)/\(object.key)")
      })
  }

  /// The permission to read the certificates that Envoy presents.
  package static func storedCertificates(_ added: [AddedContainer]) -> PolicyStatement? {
    let secrets = added.flatMap { $0.calls?.secrets ?? [] }
    guard !secrets.isEmpty else { return nil }
    return PolicyStatement(
      "EnvoyReadsItsCertificates", [AWSCalls.secretReading],
      on: Set(secrets).sorted().map { TemplateText($0) })
  }

  /// The actions of AWSXRayDaemonWriteAccess. They do not support resources.
  /// <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSXRayDaemonWriteAccess.html>
  package static let traces = PolicyStatement(
    "TracingDaemonSendsTraces",
    [
      "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
      "xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries",
    ], on: ["*"])

  /// The permission to write metrics, in the log group from which CloudWatch takes them. The collector's
  /// configuration for ECS names the log group.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/application-metrics-cloudwatch.html>
  package static func metrics(_ context: AccountContext) -> PolicyStatement {
    PolicyStatement(
      "CollectorWritesMetrics",
      ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      on: ["", ":*"].map {
        context.arn("logs", TemplateText("log-group:/aws/ecs/application/metrics\($0)"))
      })
  }

  package static func certificates(_ given: Certificates) -> PolicyStatement? {
    given.certificates.isEmpty
      ? nil
      : PolicyStatement(
        "EnvoyPresentsCertificates", ["acm:ExportCertificate"],
        on: given.certificates.map { TemplateText($0) })
  }

  package static func authorities(_ given: Certificates) -> PolicyStatement? {
    given.authorities.isEmpty
      ? nil
      : PolicyStatement(
        "EnvoyTrustsAuthorities", ["acm-pca:GetCertificateAuthorityCertificate"],
        on: given.authorities.map { TemplateText($0) })
  }
}
