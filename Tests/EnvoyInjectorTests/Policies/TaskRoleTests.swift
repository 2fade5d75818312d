import LosslessJSON
import RolePolicies
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct TaskRoleTests {
  private static let traces =
    "TracingDaemonSendsTraces: xray:PutTraceSegments, xray:PutTelemetryRecords, "
    + "xray:GetSamplingRules, xray:GetSamplingTargets, xray:GetSamplingStatisticSummaries on *"

  @Test func nothingForAStaticConfiguration() throws {
    #expect(try PolicyCase.taskRole() == [])
  }

  @Test func exactlyTheNodeOfAFullARN() throws {
    #expect(
      try PolicyCase.taskRole(options: .appMesh()) == [
        "EnvoyReadsItsConfiguration: appmesh:StreamAggregatedResources on \(PolicyCase.node)"
      ])
  }

  @Test(arguments: [
    ("", "arn:aws:appmesh:*:*:"),
    (#""taskRoleArn": "arn:aws-cn:iam::1:role/r","#, "arn:aws-cn:appmesh:*:1:"),
    (#""executionRoleArn": "arn:aws-us-gov:iam::2:role/p/r","#, "arn:aws-us-gov:appmesh:*:2:"),
    (#""taskRoleArn": "by-name","#, "arn:aws:appmesh:*:*:"),
  ])
  func aShortNameTakesItsAccountFromTheRoles(_ members: String, _ prefix: String) throws {
    let options = try InjectionOptions.appMesh("mesh/shop/virtualNode/web")
    #expect(
      try PolicyCase.taskRole(PolicyCase.task(members), options) == [
        "EnvoyReadsItsConfiguration: appmesh:StreamAggregatedResources "
          + "on \(prefix)mesh/shop/virtualNode/web"
      ])
  }

  @Test func theLogGroupOfPushedMetrics() throws {
    var options = InjectionOptions()
    options.tracing = .otel
    options.metrics = MetricsOptions(isPushed: true)
    let task = PolicyCase.task(#""taskRoleArn": "arn:aws:iam::1:role/r","#)
    let group = "arn:aws:logs:*:1:log-group:/aws/ecs/application/metrics"
    let metrics =
      "CollectorWritesMetrics: logs:CreateLogGroup, logs:CreateLogStream, logs:PutLogEvents "
      + "on \(group), \(group):*"
    #expect(try PolicyCase.taskRole(task, options) == [Self.traces, metrics])
    // The same permissions are needed for the task definition that came out.
    let injected = try Injector(options).inject(task).output
    #expect(try PolicyCase.taskRole(injected) == [Self.traces, metrics])
  }

  /// A role's name does not contain the partition, but the region determines it.
  @Test(arguments: [
    ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("eu-west-1", "aws"),
    ("us-iso-east-1", "aws-iso"), ("us-isob-east-1", "aws-iso-b"),
  ])
  func aShortNameTakesItsRegionFromTheLogs(_ region: String, _ partition: String) throws {
    let logs = PolicyCase.logs(#""awslogs-group": "g", "awslogs-region": "\#(region)""#)
    var options = try InjectionOptions.appMesh("mesh/shop/virtualNode/web")
    options.logs = .none
    let task = PolicyCase.task(#""taskRoleArn": "by-name","#, app: logs)
    #expect(
      try PolicyCase.taskRole(task, options) == [
        "EnvoyReadsItsConfiguration: appmesh:StreamAggregatedResources "
          + "on arn:\(partition):appmesh:\(region):*:mesh/shop/virtualNode/web"
      ])
  }

  @Test func thePreviewChannelIsAServiceOfItsOwn() throws {
    let node = PolicyCase.node.replacing(":appmesh:", with: ":appmesh-preview:")
    #expect(
      try PolicyCase.taskRole(options: .appMesh(node)) == [
        "EnvoyReadsItsConfiguration: appmesh-preview:StreamAggregatedResources on \(node)"
      ])
  }

  @Test(arguments: [InjectionOptions.Tracing.xray, .otel])
  func tracesOfAnAddedDaemon(_ tracing: InjectionOptions.Tracing) throws {
    var options = InjectionOptions()
    options.tracing = tracing
    #expect(try PolicyCase.taskRole(PolicyCase.task(), options) == [Self.traces])
  }

  @Test func tracesThroughADaemonThatIsThere() throws {
    var options = InjectionOptions()
    options.tracing = .xray
    let daemon = #", {"name": "x", "image": "amazon/aws-xray-daemon", "user": "1337"}"#
    #expect(try PolicyCase.taskRole(PolicyCase.task(more: daemon), options) == [Self.traces])
    #expect(try PolicyCase.taskRole(PolicyCase.task(more: daemon)) == [])
  }

  @Test func certificates() throws {
    var given = Certificates()
    given.certificates = ["arn:aws:acm:eu-west-1:1:certificate/a"]
    given.authorities = ["arn:aws:acm-pca:eu-west-1:1:certificate-authority/b"]
    let policies = try PolicyCase.policies(certificates: given)
    #expect(
      policies.taskStatements.map(PolicyCase.line) == [
        "EnvoyPresentsCertificates: acm:ExportCertificate on " + given.certificates[0],
        "EnvoyTrustsAuthorities: acm-pca:GetCertificateAuthorityCertificate on "
          + given.authorities[0],
      ])
  }

  /// An injected document is used as it is, regardless of the options of the call.
  @Test func anInjectedDocument() throws {
    var options = try InjectionOptions.appMesh()
    options.tracing = .xray
    options.logs = .group("arn:aws:logs:eu-west-1:\(PolicyCase.account):log-group:/g:*")
    let injected = try Injector(options).inject(PolicyCase.task()).output
    var expected = try PolicyCase.policies(PolicyCase.task(), options)
    expected.warnings = []
    #expect(expected.taskStatements.count == 2 && expected.executionStatements.count == 1)
    #expect(try PolicyCase.policies(injected) == expected)
  }

  @Test func anInjectedDocumentWithADaemonOfItsOwn() throws {
    var options = InjectionOptions()
    options.tracing = .xray
    let daemon = #", {"name": "x", "image": "amazon/aws-xray-daemon", "user": "1337"}"#
    let injected = try Injector(options).inject(PolicyCase.task(more: daemon)).output
    #expect(try PolicyCase.taskRole(injected) == [Self.traces])
  }

  @Test func nothingForADocumentThatIsLeftAlone() throws {
    let label = #", "dockerLabels": {"inject-envoy.io/inject": "disabled"}"#
    let policies = try PolicyCase.policies(PolicyCase.task(app: label), .appMesh())
    #expect(policies.taskStatements.isEmpty && policies.executionStatements.isEmpty)
  }
}

extension PolicyCase {
  fileprivate static func taskRole(options: InjectionOptions) throws -> [String] {
    try taskRole(task(), options)
  }
}
