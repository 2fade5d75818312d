import CommandTesting
import Testing

@Suite struct BadInputTests {
  @Test(arguments: BadInput.arguments + BadInput.ranges + BadInput.shares)
  func refusesArguments(_ bad: BadInput) throws { try check(bad) }

  @Test(arguments: BadInput.variables)
  func refusesVariables(_ bad: BadInput) throws { try check(bad) }

  @Test(arguments: BadInput.configurations)
  func refusesConfigurations(_ bad: BadInput) throws { try check(bad) }

  @Test(arguments: BadInput.documents + BadInput.labels)
  func refusesDocuments(_ bad: BadInput) throws { try check(bad) }

  /// Expects an empty standard output. Standard error must name the place, the reason and the fix.
  private func check(_ bad: BadInput) throws {
    let folder = try TemporaryFolder()
    var arguments = bad.arguments.map { $0.replacing("FOLDER", with: folder.path) }
    if let text = bad.configuration {
      arguments += ["--config", try folder.write(text, to: bad.fileName)]
    }
    let outcome = try Outcome.ofCommand(
      arguments, environment: bad.environment, input: bad.document)
    let errors = outcome.errors.replacing(folder.path + "/", with: "")
    #expect(outcome.status == bad.status, "\(errors)")
    #expect(outcome.output == "")
    for text in bad.says { #expect(errors.contains(text), "\(errors)") }
    #expect(errors.contains("\n  fix: ") || errors.contains("^\n"), "\(errors)")
    #expect(errors.hasSuffix("\n") && !errors.hasSuffix("\n\n"))
  }
}
