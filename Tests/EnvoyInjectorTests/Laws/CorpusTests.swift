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

  /// The options with which the most documents are injected.
  static let helped: Run = {
    var options = InjectionOptions()
    options.networkMode = .awsvpc
    options.resize = true
    return Run(
      name: "with help", options: options,
      minimum: [
        "taskdef": 87, "describe": 29, "containers": 27, "templated": 20, "invalid": 1, "cfn": 111,
      ])
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

  @Test(
    .enabled(if: SlowProofs.areWanted, "\(SlowProofs.howToGet)"),
    .enabled(if: Folders.shared("corpus") != nil, "no ../shared/corpus, and SHARED_DIR names none"),
    arguments: folders)
  func mostDocumentsAreInjected(_ folder: String) throws { try lawsHold(Self.helped, folder) }

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
}
