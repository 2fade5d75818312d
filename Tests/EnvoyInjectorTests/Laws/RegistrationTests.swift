import EnvoyBootstrap
import Foundation
import LawTesting
import LosslessJSON
import Surroundings
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// If a document can be registered, it can be registered after injection, with every control plane.
///
/// Botocore's model and moto decide what can be registered. With SLOW_PROOFS, the documents are all of
/// ../shared/corpus; without, a sample of it.
@Suite struct RegistrationTests {
  /// In CI a missing tool is a failure, not a reason to skip.
  static let canRun =
    RegistrationOracle.isAvailable || ProcessInfo.processInfo.environment["CI"] == "true"

  private struct Case {
    let name: String
    /// The document without Envoy, in register form, and after injection.
    let plain: [UInt8]
    let output: [UInt8]
  }

  /// Options of every control plane that inject as many documents as they can.
  private static func modes() throws -> KeyValuePairs<String, InjectionOptions> {
    var plain = InjectionOptions()
    plain.networkMode = .awsvpc
    plain.resize = true
    var ports = plain
    ports.appPorts = [8080]
    ports.appProtocols = [8080: .grpc]
    ports.upstreams = [try Upstream("pay=pay.internal:443/https")]
    ports.metrics = MetricsOptions(port: 9902)
    ports.tracing = .otel
    ports.replacesForeign = true
    var appMesh = plain
    appMesh.controlPlane = try InjectionOptions.appMesh().controlPlane
    appMesh.tracing = .xray
    var xds = plain
    xds.controlPlane = .xds(SocketAddress("ads.internal", 18000), usesTLS: true)
    xds.logs = .none
    xds.replacesForeign = true
    return ["static": plain, "ports": ports, "App Mesh": appMesh, "xds": xds]
  }

  private static func cases() throws -> [Case] {
    let files = Folders.documents(in: ["taskdef", "describe", "containers", "templated"])
    let documents = files.compactMap { file in
      Folders.bytes(file).map { (name: file.lastPathComponent, bytes: $0) }
    }
    let withNulls = documents.compactMap { document -> (name: String, bytes: [UInt8])? in
      guard let plain = try? Laws.plain(document.bytes), let answer = try? described(plain) else {
        return nil
      }
      return ("\(document.name) with nulls", answer)
    }
    let inModes = try modes().flatMap { mode, options in
      let injector = Injector(options)
      let foreign = options.replacesForeign
      // Nulls are removed before anything else, in the same way for every mode.
      let all = mode == "static" ? documents + withNulls : documents
      return try all.compactMap { document in
        try injected("\(document.name), \(mode)", document.bytes, injector, foreign: foreign)
      }
    }
    let goldens = try GoldenCase.all.compactMap { golden in
      guard let injector = try? golden.injector() else { return Case?.none }
      return try injected(golden.testDescription, try golden.input, injector)
    }
    return inModes + goldens
  }

  /// - Parameter foreign: whether the injector removes a foreign Envoy.
  /// - Returns: `nil` if the document is refused, or is a template, which is not registered.
  private static func injected(
    _ name: String, _ input: [UInt8], _ injector: Injector, foreign: Bool = false
  ) throws -> Case? {
    guard let output = try? injector.inject(input).output,
      let plain = try? json(Laws.plain(input, foreign: foreign)),
      TemplateResource.section(of: try DocumentFormat.read(input)) == nil
    else { return nil }
    return Case(name: name, plain: plain, output: try json(output))
  }

  /// The document as JSON, including YAML's values.
  private static func json(_ bytes: [UInt8]) throws -> [UInt8] {
    let document = try DocumentFormat.read(bytes)
    return Array(document.value(document.root).compactText.utf8)
  }

  @Test(.enabled(if: canRun, "boto3 or moto is missing: run Tests/install-tools.sh"))
  func whatCanBeRegisteredStaysSo() throws {
    let cases = try Self.cases()
    let plains = Array(Set(cases.map(\.plain)))
    let problems = try RegistrationOracle.registrationProblems(of: plains + cases.map(\.output))
    try #require(problems.count == plains.count + cases.count)
    let registered = Set(zip(plains, problems).filter { $0.1.isEmpty }.map(\.0))
    #expect(registered.count >= 15)
    for (example, problem) in zip(cases, problems[plains.count...])
    where registered.contains(example.plain) {
      #expect(problem == "", "\(example.name)")
    }
  }

  /// The answer of DescribeTaskDefinition, with `null` for every member that is not set.
  private static func described(_ plain: [UInt8]) throws -> [UInt8]? {
    let document = try DocumentFormat.read(plain)
    let task = document.value(document.root)
    guard task.object != nil else { return nil }
    let answer: JSONValue = [
      "taskDefinition": withNulls(task, .structure(.registerTaskDefinitionRequest))
        .merging(["revision": 1, "status": "ACTIVE"]),
      "tags": [],
    ]
    return Array(answer.compactText.utf8)
  }

  private static func withNulls(_ value: JSONValue, _ shape: APIShape) -> JSONValue {
    switch (shape, value) {
    case (.list(let element), .array(let elements)):
      return .array(elements.map { withNulls($0, element.shape) })
    case (.structure(let structure), .object(let members)):
      let places = zip(structure.names(in: .register).names.map(\.text), structure.shapes)
      let shapes = Dictionary(uniqueKeysWithValues: Array(places))
      let absent = shapes.keys.sorted().filter { value[$0] == nil }
      return .object(
        members.map { member in
          JSONValue.Member(
            member.name, shapes[member.name].map { withNulls(member.value, $0) } ?? member.value)
        } + absent.map { JSONValue.Member($0, .null) })
    default: return value
    }
  }
}
