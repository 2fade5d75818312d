import Foundation
import LawTesting
import LosslessJSON
import Surroundings
import TaskDefinitions
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

/// The cases of testdata. `RECORD_GOLDEN=1 swift test` records the output as the expectation, and fails, so
/// that somebody reviews the difference.
@Suite struct GoldenTests {
  static let records = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"

  @Test func thereAreCases() {
    #expect(GoldenCase.all.count >= 30, "testdata is missing")
  }

  @Test(arguments: GoldenCase.all) func commandPrintsWhatIsExpected(_ golden: GoldenCase) throws {
    let actual = try golden.run()
    if Self.records, actual != golden.recorded {
      try golden.record(actual)
      Issue.record("recorded \(golden.testDescription): look at the difference and run again")
      return
    }
    let recorded = golden.recorded
    for kind in GoldenCase.Expectation.kinds {
      let text = actual.files[kind].map { String(decoding: $0, as: UTF8.self) }
      let expected = recorded.files[kind].map { String(decoding: $0, as: UTF8.self) }
      #expect(text == expected, "\(kind.rawValue): RECORD_GOLDEN=1 swift test rewrites it")
    }
  }

  @Test(arguments: GoldenCase.all) func folderHoldsNothingElse(_ golden: GoldenCase) {
    let known = GoldenCase.File.allCases.map(\.rawValue)
    for entry in Folders.entries(of: golden.folder) {
      #expect(known.contains(entry.lastPathComponent), "no test reads \(entry.path)")
    }
  }

  @Test(arguments: GoldenCase.all) func libraryAgrees(_ golden: GoldenCase) throws {
    guard !Self.records else { return }
    let output = Folders.bytes(golden.file(golden.expectedFile))
    do {
      let injector = try golden.injector()
      let injection = try injector.inject(golden.input)
      try Violation.unlessSame(injection.output, output ?? [], "the library prints it too")
    } catch {
      #expect(output == nil, "the command injected what the library refuses: \(error)")
      let said = String(decoding: Folders.bytes(golden.file(.error)) ?? [], as: UTF8.self)
      for text in Self.texts(of: error) {
        #expect(said.contains(text.replacingOccurrences(of: golden.folder.path + "/", with: "")))
      }
    }
  }

  @Test(arguments: GoldenCase.all) func lawsHold(_ golden: GoldenCase) throws {
    guard let injector = try? golden.injector() else { return }
    Laws(injector: injector, replacesForeign: golden.replacesForeign)
      .check(try golden.input, golden.testDescription)
  }

  private static func texts(of error: any Error) -> [String] {
    switch error {
    case InjectionError.syntax(let problem): [problem.text.spelled, problem.fix.spelled]
    case InjectionError.refused(let findings):
      findings.flatMap { [$0.text.spelled, $0.fix.spelled] }
    case InjectionError.options(let error): [error.text.spelled, error.fix.spelled]
    case let error as CommandError:
      error.problems.flatMap { [$0.text.spelled, $0.fix.spelled] }
    default: ["not an error of this package: \(error)"]
    }
  }
}

extension GoldenCase {
  func injector() throws -> Injector {
    try OptionSources(CommandLineArguments(arguments), [:]).injector()
  }
}
