import TaskDefinitions

extension RolePolicies {
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

  /// The actions of AWSXRayDaemonWriteAccess. They do not support resources.
  /// <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSXRayDaemonWriteAccess.html>
  package static let traces = PolicyStatement(
    "TracingDaemonSendsTraces",
    [
      "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
      "xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries",
    ], on: ["*"])

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
