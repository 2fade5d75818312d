import Foundation
import LawTesting
import LosslessJSON
import Testing

@testable import EnvoyInjector

/// The laws on real task definitions, where a collection of them lies beside the package.
@Suite struct CorpusTests {
  static let options: [InjectionOptions] = {
    let node = try? AppMeshResource(
      "arn:aws:appmesh:eu-west-1:123456789012:mesh/shop/virtualNode/web")
    var bare = InjectionOptions()
    var appMesh = node.map { InjectionOptions(controlPlane: .appMesh($0)) } ?? InjectionOptions()
    appMesh.tracing = .xray
    appMesh.resize = true
    bare.logs = .none
    bare.tracing = .otel
    return [InjectionOptions(), appMesh, bare]
  }()

  static let files: [URL] = ["taskdef", "describe"].flatMap { folder in
    (Folders.corpus?.appendingPathComponent(folder)).map { Folders.entries(of: $0) } ?? []
  }

  @Test(
    .enabled(if: !files.isEmpty, "no ../shared/corpus, and SHARED_DIR names none"),
    arguments: options)
  func lawsHold(_ options: InjectionOptions) throws {
    let laws = Laws(injector: Injector(options))
    var injected = 0
    for file in Self.files {
      let input = try #require(Folders.bytes(file))
      if laws.check(input, file.lastPathComponent) != nil { injected += 1 }
    }
    #expect(injected * 4 > Self.files.count, "too few are injected to test anything")
  }

  @Test(
    .enabled(if: RegistrationTests.canRun, "botocore is missing: run Tests/install-tools.sh"),
    arguments: options)
  func validStaysValid(_ options: InjectionOptions) throws {
    let injector = Injector(options)
    try RegistrationTests.check(Self.files.compactMap(Folders.bytes).map { ($0, injector) })
  }
}

/// What could be registered can be registered after injection.
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

  static func check(_ cases: [(input: [UInt8], injector: Injector)]) throws {
    let pairs = try cases.compactMap { input, injector -> (plain: [UInt8], output: [UInt8])? in
      guard let output = try? injector.inject(input).output else { return nil }
      return (try Laws.plain(input), output)
    }
    let before = try RegistrationOracle.problems(of: pairs.map(\.plain))
    let after = try RegistrationOracle.problems(of: pairs.map(\.output))
    try #require(before.count == pairs.count && after.count == pairs.count)
    for (index, pair) in pairs.enumerated() where before[index].isEmpty {
      #expect(after[index].isEmpty, "\(String(decoding: pair.plain.prefix(200), as: UTF8.self))")
    }
  }
}
