import Foundation
import LawTesting
import LosslessJSON
import Surroundings
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Checks the laws on the sample of this package, and on real task definitions if a collection of them is
/// next to the package.
@Suite struct CorpusTests {
  /// Options, and the number of documents in each folder that are injected with them. A smaller number means
  /// that a real document is newly rejected.
  struct Run: Sendable, CustomTestStringConvertible {
    let name: String
    let options: InjectionOptions
    let minimum: [String: Int]

    var testDescription: String { name }
  }

  static let runs: [Run] = {
    let node = try? AppMeshResource(
      "arn:aws:appmesh:eu-west-1:123456789012:mesh/shop/virtualNode/web")
    var bare = InjectionOptions()
    var appMesh = node.map { InjectionOptions(controlPlane: .appMesh($0)) } ?? InjectionOptions()
    appMesh.tracing = .xray
    appMesh.resize = true
    bare.logs = .none
    bare.tracing = .otel
    return [
      Run(
        name: "static", options: InjectionOptions(),
        minimum: [
          "taskdef": 81, "describe": 26, "containers": 27, "templated": 17, "invalid": 1, "cfn": 32,
        ]),
      Run(
        name: "App Mesh", options: appMesh,
        minimum: [
          "taskdef": 85, "describe": 26, "containers": 27, "templated": 19, "invalid": 1, "cfn": 65,
        ]),
      Run(
        name: "bare", options: bare,
        minimum: [
          "taskdef": 79, "describe": 26, "containers": 27, "templated": 17, "invalid": 1, "cfn": 29,
        ]),
    ]
  }()

  static let folders = ["taskdef", "describe", "containers", "templated", "invalid", "cfn"]

  private static func files(_ folder: String, in root: URL?) -> [URL] {
    Folders.entries(of: root?.appendingPathComponent(folder))
  }

  /// Every document of the sample is injected, except the invalid ones.
  @Test(arguments: runs, folders) func lawsHoldOnTheSample(_ run: Run, _ folder: String) throws {
    let files = Self.files(folder, in: Folders.sample)
    #expect(files.count >= 3)
    #expect(try injected(files, run) == (folder == "invalid" ? 0 : files.count))
  }

  @Test(
    .enabled(if: Folders.shared("corpus") != nil, "no ../shared/corpus, and SHARED_DIR names none"),
    arguments: runs, folders)
  func lawsHold(_ run: Run, _ folder: String) throws {
    let files = Self.files(folder, in: Folders.shared("corpus"))
    let injected = try injected(SlowProofs.sample(of: files, every: 10), run)
    guard SlowProofs.areWanted else { return }
    #expect(injected >= run.minimum[folder, default: 1], "more was injected before")
  }

  /// The laws hold for each document of a stream, and the documents together are the stream.
  @Test(arguments: runs) func lawsHoldInStreams(_ run: Run) throws {
    let laws = Laws(injector: Injector(run.options))
    for file in Self.files("stream", in: Folders.sample) {
      let stream = try #require(Folders.bytes(file))
      var splitter = DocumentSplitter()
      splitter.append(stream)
      var pieces: [[UInt8]] = []
      while let piece = splitter.next(isEnd: true) {
        pieces.append(piece.bytes)
        #expect(laws.check(piece.bytes, "\(file.lastPathComponent) \(piece.number)") != nil)
      }
      #expect(pieces.count >= 2)
      #expect(pieces.flatMap { $0 } == stream)
    }
  }

  /// Checks all laws on each document.
  ///
  /// - Returns: the number of injected documents.
  private func injected(_ files: [URL], _ run: Run) throws -> Int {
    let laws = Laws(injector: Injector(run.options))
    var injected = 0
    for file in files {
      let input = try #require(Folders.bytes(file))
      guard let injection = laws.check(input, file.lastPathComponent) else { continue }
      injected += 1
      expectOtherResourcesUnchanged(injection, input, file.lastPathComponent)
    }
    return injected
  }

  /// In a template, only task definitions and the roles that they name are edited.
  private func expectOtherResourcesUnchanged(
    _ injection: Injection, _ input: [UInt8], _ file: String
  ) {
    guard let document = try? DocumentFormat.read(input),
      document.member("AWSTemplateFormatVersion", of: document.root) != nil
    else { return }
    for edit in injection.edits {
      let name = edit.pointer.tokens.dropFirst().first ?? ""
      let kind = TemplateResource(named: name, in: document)?.kind
      #expect(kind == .taskDefinition || kind == .role, "\(file): \(edit.pointer)")
    }
  }

  @Test(
    .enabled(if: RegistrationTests.canRun, "botocore is missing: run Tests/install-tools.sh"),
    arguments: runs)
  func validStaysValid(_ run: Run) throws {
    let injector = Injector(run.options)
    let files = Folders.documents(in: ["taskdef", "describe"])
    try RegistrationTests.check(files.compactMap(Folders.bytes).map { ($0, injector) })
  }
}

/// If a document can be registered, it can be registered after injection.
@Suite struct RegistrationTests {
  /// In CI a missing botocore is a failure, not a reason to skip.
  static let canRun =
    RegistrationOracle.isAvailable || ProcessInfo.processInfo.environment["CI"] == "true"

  @Test(.enabled(if: canRun, "botocore is missing: run Tests/install-tools.sh"))
  func goldenCasesStayValid() throws {
    try Self.check(
      try GoldenCase.all.compactMap { golden in
        guard let injector = try? golden.injector() else { return nil }
        return (try golden.input, injector)
      })
  }

  /// The answer of DescribeTaskDefinition, with `null` for every member that is not set.
  private static func described(_ task: JSONValue) -> [UInt8] {
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

  @Test(.enabled(if: canRun, "botocore is missing: run Tests/install-tools.sh"))
  func describedTasksWithNullsCanBeRegistered() throws {
    let tasks = try Folders.documents(in: ["taskdef", "describe"]).compactMap(Folders.bytes)
      .compactMap { bytes -> JSONValue? in
        guard let plain = try? Laws.plain(bytes) else { return nil }
        let document = try DocumentFormat.read(plain)
        return document.value(document.root)
      }
    let problems = try RegistrationOracle.problems(of: tasks.map { Array($0.compactText.utf8) })
    var options = InjectionOptions()
    options.networkMode = .awsvpc
    options.resize = true
    let injector = Injector(options)
    let outputs = zip(tasks, problems).filter { $0.1.isEmpty }.compactMap { task, _ in
      try? injector.inject(Self.described(task)).output
    }
    #expect(outputs.count >= 10)
    for problem in try RegistrationOracle.problems(of: outputs) { #expect(problem == "") }
  }

  /// The document as JSON, including YAML's values.
  private static func json(_ bytes: [UInt8]) throws -> [UInt8] {
    let document = try DocumentFormat.read(bytes)
    return Array(document.value(document.root).compactText.utf8)
  }

  static func check(_ cases: [(input: [UInt8], injector: Injector)]) throws {
    let pairs = try cases.compactMap { input, injector -> (plain: [UInt8], output: [UInt8])? in
      guard let output = try? injector.inject(input).output else { return nil }
      return (try json(Laws.plain(input)), try json(output))
    }
    let before = try RegistrationOracle.problems(of: pairs.map(\.plain))
    let after = try RegistrationOracle.problems(of: pairs.map(\.output))
    try #require(before.count == pairs.count && after.count == pairs.count)
    for (index, pair) in pairs.enumerated() where before[index].isEmpty {
      #expect(after[index].isEmpty, "\(String(decoding: pair.plain.prefix(200), as: UTF8.self))")
    }
  }
}
