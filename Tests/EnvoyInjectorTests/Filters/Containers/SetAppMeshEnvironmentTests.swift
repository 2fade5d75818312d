import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct SetAppMeshEnvironmentTests {
  private static let arn = "arn:aws:appmesh:eu-west-1:123456789012:mesh/shop/virtualNode/web"

  private func variables(
    _ node: String = arn, _ change: (inout InjectionOptions) -> Void = { _ in }
  ) throws -> [String] {
    let resource = try AppMeshResource(node)
    var options = InjectionOptions(controlPlane: .appMesh(resource))
    change(&options)
    let variables = try #require(
      AppMeshSource(resource: resource).agentEnvironment(options))
    let run = try FilterRun(
      SetAppMeshEnvironment(variables: variables),
      on: task(containers: #""name": "app""#), envoy: ["name": "envoy"])
    let envoy = try #require(run.context.envoy)
    return run.task.list(.environment, of: envoy).map {
      "\(run.task.text(.name, of: $0) ?? "")=\(run.task.text(.value, of: $0) ?? "")"
    }
  }

  @Test func namesTheNodeAndLittleElse() throws {
    #expect(
      try variables() == [
        "ENVOY_LOG_LEVEL=info", "ENVOY_CONCURRENCY=2", "AWS_REGION=eu-west-1",
        "APPMESH_RESOURCE_ARN=\(Self.arn)",
      ])
  }

  @Test func knowsNoRegionInTheShortForm() throws {
    #expect(
      try variables("mesh/shop/virtualNode/web") == [
        "ENVOY_LOG_LEVEL=info", "ENVOY_CONCURRENCY=2",
        "APPMESH_RESOURCE_ARN=mesh/shop/virtualNode/web",
      ])
  }

  @Test func saysWhatDiffersFromTheAgentsDefaults() throws {
    let all = try variables {
      $0.logLevel = .warning
      $0.concurrency = 0
      $0.drainSeconds = 30
      $0.adminPort = 9911
      $0.statsTags = true
      $0.tracing = .otel
      $0.xraySamplingRate = "0.10"
    }
    #expect(
      all == [
        "ENVOY_LOG_LEVEL=warning", "LISTENER_DRAIN_WAIT_TIME_S=30", "ENVOY_ADMIN_ACCESS_PORT=9911",
        "AWS_REGION=eu-west-1", "ENABLE_ENVOY_STATS_TAGS=1", "ENABLE_ENVOY_XRAY_TRACING=1",
        "XRAY_SAMPLING_RATE=0.10", "APPMESH_RESOURCE_ARN=\(Self.arn)",
      ])
  }

  @Test func putsTheUsersVariablesFirstAndTheirRegionInPlaceOfOurs() throws {
    let given = try variables {
      $0.environment = [NamedValue(name: "AWS_REGION", value: "us-east-1")]
    }
    #expect(
      given == [
        "AWS_REGION=us-east-1", "ENVOY_LOG_LEVEL=info", "ENVOY_CONCURRENCY=2",
        "APPMESH_RESOURCE_ARN=\(Self.arn)",
      ])
    let secret = try variables {
      $0.secrets = [NamedValue(name: "AWS_REGION", value: "arn:aws:ssm:1")]
    }
    #expect(!secret.contains { $0.hasPrefix("AWS_REGION=") })
  }
}
