import CommandTesting
import TaskDefinitions
import Testing

/// Checks templates with cfn-lint. The comparison is in `lint_templates.py`.
@Suite(.isSlowProof, .needsRealParts) struct TemplateLintTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// cfn-lint needs a second or more for each file.
  @Test func noRuleIsBrokenThatWasNotBefore() throws {
    let templates = try InjectedDocument.templates(every: 12)
    #expect(templates.count >= 5)
    var files: [String] = []
    for (index, template) in templates.enumerated() {
      files.append(try folder.write(template.input, to: "\(index)-before-\(template.name)"))
      files.append(try folder.write(template.output, to: "\(index)-after-\(template.name)"))
    }
    #expect(try newlyBroken(files) == "")
  }

  @Test func aBrokenRuleIsNoticed() throws {
    let template = """
      Resources:
        Task:
          Type: AWS::ECS::TaskDefinition
          Properties:
            ContainerDefinitions: [{Name: web, Image: nginx}]

      """
    let good = try folder.write(template, to: "good.yaml")
    let bad = try folder.write(template.replacing("Image", with: "Picture"), to: "bad.yaml")
    #expect(try newlyBroken([good, bad]).contains("E3002"))
    #expect(try newlyBroken([bad, bad]) == "")
  }

  private func newlyBroken(_ files: [String]) throws -> String {
    let outcome = try RealParts.outcome(of: "lint_templates.py", files)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }
}
