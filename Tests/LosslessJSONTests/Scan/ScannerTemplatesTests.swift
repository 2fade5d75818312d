import Testing

@testable import LosslessJSON

@Suite struct ScannerTemplatesTests {
  @Test(arguments: [
    Refusal("{\"a\": ${port}}", .placeholder("${port}"), at: 6),
    Refusal("[$PORT]", .placeholder("$PORT"), at: 1),
    Refusal("[$(port)]", .placeholder("$(port)"), at: 1),
    Refusal("[<PORT>]", .placeholder("<PORT>"), at: 1),
    Refusal("[%PORT%]", .placeholder("%PORT%"), at: 1),
    Refusal("[@PORT@]", .placeholder("@PORT@"), at: 1),
    Refusal("[#{port}]", .placeholder("#{port}"), at: 1),
    Refusal("[{{ port }}]", .placeholder("{{ port }}"), at: 1),
    Refusal("{\"a\": 1, {% if b %} \"b\": 2}", .placeholder("{% if b %}"), at: 9),
    Refusal("{<%= names %>}", .placeholder("<%= names %>"), at: 1),
    Refusal("{\"a\": 80${more}}", .placeholder("${more}"), at: 8),
    Refusal("{\"a\" ${colon} 1}", .placeholder("${colon}"), at: 5),
  ])
  func namesThePlaceholder(_ refusal: Refusal) {
    #expect(refusal.outcome == refusal.problem)
  }

  @Test(arguments: [
    Refusal("[<PORT, 1]", .unexpected(expected: "a value"), at: 1),
    Refusal("[<PO\nRT>]", .unexpected(expected: "a value"), at: 1),
    Refusal("[$, 1]", .unexpected(expected: "a value"), at: 1),
    Refusal("[%%]", .unexpected(expected: "a value"), at: 1),
    Refusal("[${", .unexpected(expected: "a value"), at: 1),
  ])
  func takesNothingElseForOne(_ refusal: Refusal) {
    #expect(refusal.outcome == refusal.problem)
  }

  @Test(arguments: [
    Refusal("$ aws ecs describe-task-definition\n{}", .prompt, at: 0),
    Refusal("38f9:shop me$ aws ecs describe-task-definition\n{}", .prompt, at: 0),
    Refusal("[me@host ~]$ aws ecs describe-task-definition", .prompt, at: 0),
    Refusal("aws ecs describe-task-definition --task-definition web\r\n{\r\n}", .prompt, at: 0),
    Refusal("Downloading\n[]", .prompt, at: 0),
  ])
  func knowsALineOfATerminal(_ refusal: Refusal) {
    #expect(refusal.outcome == refusal.problem)
  }

  @Test(arguments: [
    Refusal("local x = 1;\n{ \"a\": x }", .jsonnet, at: 0),
    Refusal("{\n  a:: 1,\n  b: self.a\n}", .jsonnet, at: 4),
    Refusal("{ family: std.extVar('family') }", .jsonnet, at: 2),
    Refusal("{ family: 'web' }", .bareName("family"), at: 2),
  ])
  func tellsJsonnetFromJavaScript(_ refusal: Refusal) {
    #expect(refusal.outcome == refusal.problem)
  }

  @Test(arguments: [
    Refusal("resource \"aws_ecs_task_definition\" \"web\" {\n}", .otherLanguage, at: 0),
    Refusal(" <?xml version=\"1.0\"?>", .otherLanguage, at: 1),
    Refusal("]", .otherLanguage, at: 0),
    Refusal("nul", .notJSONLiteral("nul"), at: 0),
    Refusal("{]", .unexpected(expected: "a member name in double quotes"), at: 1),
  ])
  func knowsAnotherLanguageByItsBeginning(_ refusal: Refusal) {
    #expect(refusal.outcome == refusal.problem)
  }
}
