import CommandTesting
import Foundation
import LosslessJSON
import Surroundings
import Testing

/// With the ECS Workshop's settings, inject turns the workshop's templates without a mesh into those with one
/// that its CDK code makes. Only the managed policies differ: they allow everything in the account, while
/// inject allows only the virtual node.
@Suite(.needsShared("workshop/templates")) struct WorkshopTemplateTests {
  struct Service: Sendable, CustomTestStringConvertible {
    /// The names of the templates.
    let base: String
    let mesh: String
    /// The name of the virtual node.
    let node: String
    let logLevel: String

    var testDescription: String { mesh }
    var arn: String {
      "arn:aws:appmesh:us-west-2:111122223333:mesh/ecs-mesh/virtualNode/\(node)"
    }
  }

  static let services = [
    Service(base: "crystal-base", mesh: "crystal-mesh", node: "crystal", logLevel: "debug"),
    Service(base: "nodejs-base", mesh: "nodejs-mesh", node: "nodejs", logLevel: "trace"),
    // The workshop replaces its frontend. This is the same service without Envoy.
    Service(base: "frontend-nomesh", mesh: "frontend-mesh", node: "frontend", logLevel: "critical"),
  ]

  @Test(arguments: services, [false, true])
  func equalsTheWorkshop(_ service: Service, withXRay: Bool) throws {
    let tracing = withXRay ? ["--tracing", "xray"] : []
    let settings = Folders.testdata.appendingPathComponent("workshop-settings/services.yaml").path
    let outcome = try Outcome.ofCommand(
      ["--config", settings, "--log-level", service.logLevel, "--virtual-node", service.arn]
        + tracing, input: template(service.base))
    try #require(outcome.status == 0, "\(outcome.errors)")
    let base = try resources(of: template(service.base))
    let ours = try resources(of: outcome.output)
    let theirs = try resources(of: template(service.mesh + (withXRay ? "-xray" : "")))
    #expect(ours.map(\.name) == base.map(\.name))
    for resource in ours {
      let expected = try #require(theirs.first { $0.name == resource.name }, "\(resource.name)")
      #expect(
        resource.value.unmarked.comparable(service.arn)
          == expected.value.comparable(service.arn),
        "\(resource.name)")
    }
    let granted = ours.flatMap { $0.value["Properties"]?["Policies"]?.array ?? [] }
    #expect(granted == [policy(service, withXRay: withXRay)])
  }

  /// The execution role already allows what the added containers need, because they log to the application's
  /// destination.
  private func policy(_ service: Service, withXRay: Bool) -> JSONValue {
    let node: JSONValue = [
      "Sid": "EnvoyReadsItsConfiguration", "Effect": "Allow",
      "Action": ["appmesh:StreamAggregatedResources"], "Resource": [.string(service.arn)],
    ]
    let traces: JSONValue = [
      "Sid": "TracingDaemonSendsTraces", "Effect": "Allow",
      "Action": [
        "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
        "xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries",
      ], "Resource": ["*"],
    ]
    return [
      "PolicyName": "inject-envoy",
      "PolicyDocument": [
        "Version": "2012-10-17", "Statement": withXRay ? [node, traces] : [node],
      ],
    ]
  }

  private func template(_ name: String) throws -> String {
    let folder = try #require(Folders.shared("workshop/templates"))
    return try Folders.text(folder.appendingPathComponent("\(name).json"))
  }

  private func resources(of template: String) throws -> [JSONValue.Member] {
    let document = try Document(Array(template.utf8))
    return document.value(document.root)["Resources"]?.object ?? []
  }
}

extension JSONValue {
  /// The template without the policies of either side, with the node's ARN for the reference to it, and with
  /// sorted members, because their order has no meaning.
  fileprivate func comparable(_ arn: String) -> JSONValue {
    switch self {
    case .array(let elements): return .array(elements.map { $0.comparable(arn) })
    case .object(let members):
      if let name = self["Ref"]?.string, name.hasPrefix("Mesh") { return .string(arn) }
      return .object(
        members.filter { !["Policies", "ManagedPolicyArns"].contains($0.name) }
          .map { Member($0.name, $0.value.comparable(arn)) }.sorted { $0.name < $1.name })
    default: return self
    }
  }
}
