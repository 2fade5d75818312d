import CommandTesting
import EnvoyInjector
import LosslessJSON
import Testing

@Suite struct CheckTests {
  /// Links in awsvpc mode are an error. A ready health check that is never run is a warning.
  private static let faulty = Sample.web.replacing(
    #""memory": 512,"#,
    with: #""memory": 512, "links": ["x"], "healthCheck": {"command": ["curl localhost"]},"#)
  private static let dubious = Sample.web.replacing(
    #""memory": 512,"#, with: #""memory": 512, "healthCheck": {"command": ["curl localhost"]},"#)

  private func check(_ arguments: String..., input: String) throws -> Outcome {
    try Outcome.ofCommand(["check"] + arguments, input: input)
  }

  @Test func theStatusTellsWhatToDo() throws {
    let injected = try Outcome.ofCommand([], input: Sample.web).output
    #expect(try check(input: injected).status == 0)
    #expect(try check(input: Sample.web).status == 0)
    #expect(try check("--fail-on", "change", input: Sample.web).status == 2)
    #expect(try check("--fail-on", "change", input: injected).status == 0)
    #expect(try check("--fail-on", "change", input: Self.faulty).status == 1)
    #expect(
      try check("--fail-on=change", "--admin-port", "9999", input: injected).status == 2)
    #expect(try check(input: Self.faulty).status == 1)
    #expect(try check(input: Self.dubious).status == 0)
    #expect(try check("--fail-on", "warning", input: Self.dubious).status == 1)
    #expect(
      try check("--fail-on=warning", "--suppress=app-mesh-ended", input: injected).status == 0)
    #expect(try check(input: "{").status == 1)
    let labels: KeyValuePairs = ["inject-envoy.io/inject": "disabled"]
    #expect(try check(input: Sample.web(labels: labels)).status == 0)
    #expect(try Outcome.ofCommand(["check", "/nowhere"]).status == 1)
  }

  @Test func groupsTextByFile() throws {
    let folder = try TemporaryFolder()
    let (one, two) = (
      try folder.write(Self.faulty, to: "one.json"), try folder.write(Sample.web, to: "two.json")
    )
    let outcome = try Outcome.ofCommand(["check", one, two])
    #expect(
      outcome.output == """
        \(one): not injectable: [links-in-awsvpc] Container 'app' has links, which ECS refuses \
        in network mode awsvpc.
          13:31: error: [links-in-awsvpc] Container 'app' has links, which ECS refuses in network \
        mode awsvpc. (at /containerDefinitions/0/links)
            fix: Remove links, and reach the other container at 127.0.0.1.
          13:65: warning: [health-check-command] The health check of container 'app' begins with \
        'curl localhost' instead of CMD or CMD-SHELL, so it never runs. (at \
        /containerDefinitions/0/healthCheck/command)
            fix: Write ["CMD-SHELL", "one line for the shell"] or ["CMD", "program", "argument"].
        \(two): not injected
        2 documents: 1 error, 1 warning; 1 would change

        """)
    #expect(outcome.errors == "")
    #expect(try Outcome.ofCommand(["check", "-q", two]).output == "")
  }

  @Test func suppressesByCode() throws {
    let outcome = try check(
      "--suppress", "links-in-awsvpc", "--suppress", "health-check-command", input: Self.faulty)
    #expect(outcome.status == 0)
    #expect(!outcome.output.contains("  13:"))
    let typo = try check("--suppress", "links-in-awsvcp", input: Self.faulty)
    #expect(typo.status == 64)
    #expect(typo.errors.contains("fix: Did you mean 'links-in-awsvpc'?"), "\(typo.errors)")
  }

  @Test func printsOneObjectForEachDocument() throws {
    let output = try check("--format", "json", input: Self.faulty).output
    let document = try Document(Array(output.utf8))
    let object = document.value(document.root)
    #expect(output.split(separator: "\n").count == 1)
    #expect(object["file"] == "<stdin>")
    #expect(object["state"] == "not-injectable")
    #expect(object["wouldChange"] == false)
    #expect(
      object["findings"]?.array?.first == [
        "code": "links-in-awsvpc", "severity": "error",
        "message": "Container 'app' has links, which ECS refuses in network mode awsvpc.",
        "fix": "Remove links, and reach the other container at 127.0.0.1.",
        "pointer": "/containerDefinitions/0/links", "line": 13, "column": 31,
        "check": "check-shared-network",
        "source":
          "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
      ])
  }

  @Test func speaksToWorkflows() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Self.faulty, to: "a,b:c%.json")
    let name = file.replacing("%", with: "%25")
    let property = name.replacing(":", with: "%3A").replacing(",", with: "%2C")
    let output = try Outcome.ofCommand(["check", "--format=github", file]).output
    let lines = output.split(separator: "\n")
    #expect(
      lines.first == """
        ::error file=\(property),line=13,col=31,title=links-in-awsvpc::Container 'app' has links, \
        which ECS refuses in network mode awsvpc.%0Afix: Remove links, and reach the other \
        container at 127.0.0.1.
        """)
    #expect(lines.last?.contains("a,b:c%.json: not injectable: ") == true)
  }

  @Test func checksEveryDocumentOfAStream() throws {
    let stream = Sample.web + Self.faulty + "{"
    let lines = try check(input: stream).output.split(separator: "\n")
    let length = Sample.web.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    let (second, third) = (length + 13, 2 * length + 1)
    #expect(lines.first == "<stdin>: not injected")
    #expect(
      lines.filter { $0.hasPrefix("<stdin> (document ") }.map { $0.prefix(40) } == [
        "<stdin> (document 2): not injectable: [l", "<stdin> (document 3): not injectable: [s",
      ])
    #expect(lines.contains { $0.hasPrefix("  \(second):31: error: [links-in-awsvpc] ") })
    #expect(lines.contains { $0.hasPrefix("  \(third):2: error: [syntax] ") })
    #expect(lines.last == "3 documents: 2 errors, 1 warning; 1 would change")
    let objects = try check("--format", "json", input: stream).output.split(separator: "\n")
      .map { try Document(Array($0.utf8)) }.map { $0.value($0.root) }
    #expect(objects.map { $0["document"] } == [1, 2, 3])
    #expect(objects[1]["findings"]?.array?.first?["line"] == .integer(second))
    let notes = try check("--format", "github", input: stream).output
    #expect(notes.contains("::error file=<stdin>,line=\(third),col=2,title=syntax::"))
    #expect(try check(input: Sample.web + "\n" + Sample.web).status == 0)
  }

  @Test func formatsBelongToTheirCommands() throws {
    #expect(try check("--format", "terraform", input: Sample.web).status == 64)
    #expect(try Outcome.ofCommand(["policy", "--format", "sarif"], input: Sample.web).status == 64)
    #expect(try Outcome.ofCommand(["--fail-on", "warning"], input: Sample.web).status == 64)
    #expect(try Outcome.ofCommand(["check", "-i"], input: Sample.web).status == 64)
  }

  @Test func isPlainWhereNobodyLooks() throws {
    #expect(!(try check(input: Self.faulty).output.contains("\u{1B}")))
  }
}
