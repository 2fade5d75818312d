import CommandTesting
import Foundation
import LosslessJSON
import Surroundings
import Testing

/// With the ECS Workshop's settings, inject produces the same result as the workshop's CDK code.
@Suite(.needsShared("workshop/taskdefs")) struct WorkshopTests {
  struct Service: Sendable, CustomTestStringConvertible {
    let name: String
    let node: String
    let logLevel: String

    var testDescription: String { name }
  }

  static let services = [
    Service(name: "crystal", node: "crystal", logLevel: "debug"),
    Service(name: "nodejs", node: "nodejs", logLevel: "trace"),
    // The workshop replaces its frontend. This is the same service before and after Envoy.
    Service(name: "frontend-counterfactual", node: "frontend", logLevel: "critical"),
  ]

  @Test(arguments: services, [false, true])
  func equalsTheWorkshop(_ service: Service, withXRay: Bool) throws {
    let name = service.name + (withXRay ? "-xray" : "")
    let arguments = [
      "--config", settings("services"), "--log-level", service.logLevel, "--virtual-node",
      "arn:aws:appmesh:us-west-2:111122223333:mesh/ecs-mesh/virtualNode/\(service.node)",
    ]
    try expect(
      name,
      Outcome.ofCommand(
        arguments + (withXRay ? ["--tracing", "xray"] : []), input: document("\(name).before")))
  }

  @Test(arguments: ["gateway", "gateway-xray"]) func equalsTheGateway(_ name: String) throws {
    try expect(name, Outcome.ofCommand(["gateway", "--config", settings(name)]))
  }

  private func expect(_ name: String, _ outcome: Outcome) throws {
    #expect(outcome.status == 0, "\(outcome.errors)")
    let after = try value(of: document("\(name).after"))
    #expect(try value(of: outcome.output).unmarked.sorted == after.sorted)
  }

  private func settings(_ name: String) -> String {
    Folders.testdata.appendingPathComponent("workshop-settings/\(name).yaml").path
  }

  private func document(_ name: String) throws -> String {
    let folder = try #require(Folders.shared("workshop/taskdefs"))
    return try Folders.text(folder.appendingPathComponent("\(name).json"))
  }

  private func value(of text: String) throws -> JSONValue {
    let document = try Document(Array(text.utf8))
    return document.value(document.root)
  }
}

extension JSONValue {
  /// The value with sorted members, because their order has no meaning.
  fileprivate var sorted: JSONValue {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(
        members.map { Member($0.name, $0.value.sorted) }.sorted { $0.name < $1.name })
    default: self
    }
  }
}
