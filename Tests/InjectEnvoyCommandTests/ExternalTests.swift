import CommandTesting
import LosslessJSON
import Testing

/// `inject-envoy external`: the protocol of Terraform's data source.
@Suite struct ExternalTests {
  private func ask(_ query: JSONValue, _ arguments: String...) throws -> Outcome {
    try Outcome.ofCommand(["external"] + arguments, input: query.compactText)
  }

  private func answer(_ outcome: Outcome) throws -> JSONValue {
    let document = try Document(Array(outcome.output.utf8))
    return document.value(document.root)
  }

  @Test func answersWithTexts() throws {
    let outcome = try ask(["task_definition": .string(Sample.web)])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let answer = try answer(outcome)
    let members = try #require(answer.object)
    #expect(members.allSatisfy { $0.value.string != nil })
    #expect(
      members.map(\.name) == [
        "container_definitions", "proxy_configuration", "cpu", "memory", "volumes",
        "task_role_policy", "execution_role_policy", "summary",
      ])
    let injected = try Document(Array(Outcome.ofCommand([], input: Sample.web).output.utf8))
    let task = injected.value(injected.root)
    for (name, field) in [
      ("container_definitions", "containerDefinitions"),
      ("proxy_configuration", "proxyConfiguration"),
    ] {
      #expect(answer[name]?.string == task[field]?.compactText)
    }
    #expect(answer["cpu"] == "256" && answer["memory"] == "1024" && answer["volumes"] == "")
    #expect(answer["task_role_policy"] == "")
    let summary = try #require(answer["summary"]?.string)
    #expect(summary.hasPrefix("web: injected (static") && outcome.errors == summary + "\n")
  }

  @Test func keysAreOptions() throws {
    let outcome = try ask(
      [
        "task_definition": .string(Sample.web), "app-port": "[\"9090/tcp\", 9091]",
        "log-level": "debug", "tracing": "xray", "node-id": .null, "upstream": "a=b:80",
      ], "-q")
    let expected = try Outcome.ofCommand(
      [
        "--app-port", "9090/tcp", "--app-port", "9091", "--log-level", "debug", "--tracing", "xray",
        "--upstream", "a=b:80",
      ], input: Sample.web)
    let document = try Document(Array(expected.output.utf8))
    let containers = document.value(document.root)["containerDefinitions"]?.compactText
    let answer = try answer(outcome)
    #expect(answer["container_definitions"]?.string == containers)
    #expect(answer["task_role_policy"]?.string?.contains("xray:PutTraceSegments") == true)
    #expect(outcome.errors == "")
    // A key overrides a flag.
    let query: JSONValue = ["task_definition": .string(Sample.web), "log-level": "debug"]
    #expect(
      try ask(query, "--log-level", "error").output == ask(query).output)
  }

  @Test func aDocumentThatOptsOutStays() throws {
    let text = Sample.web(labels: ["inject-envoy.io/inject": "disabled"])
    let answer = try answer(try ask(["task_definition": .string(text), "tracing": "xray"]))
    #expect(answer["proxy_configuration"] == "" && answer["task_role_policy"] == "")
    #expect(answer["container_definitions"]?.string?.contains("envoyproxy") == false)
  }

  @Test(arguments: [
    ("[]", 64, "The query on standard input is not a JSON object."),
    ("", 64, "The query on standard input is not a JSON object."),
    ("{}", 64, "The query has no task_definition."),
    (#"{"task_definition": "{}", "app_port": "1"}"#, 64, "Did you mean 'app-port'?"),
    (#"{"task_definition": "{}", "in-place": "true"}"#, 64, "There is no option 'in-place'."),
    (#"{"task_definition": "{}", "app-port": 1}"#, 64, "query: app-port: The value is not a text."),
    (#"{"task_definition": "{}", "app-port": "[{}]"}"#, 64, "neither a text nor a number."),
    (#"{"task_definition": "{}", "app-port": "[]"}"#, 64, "is not a JSON array with elements."),
    (#"{"task_definition": "{}", "app-port": "x"}"#, 64, "query: app-port: 'x'"),
    (#"{"task_definition": "{"}"#, 1, "task_definition:1:2: error: [syntax]"),
    (#"{"task_definition": "{}"}"#, 1, "task_definition:1:1: error: ["),
    (#"{"task_definition": "{\"Resources\": {}}"}"#, 1, "is not the JSON of one task definition."),
  ])
  func refuses(_ query: String, _ status: Int32, _ text: String) throws {
    let outcome = try Outcome.ofCommand(["external"], input: query)
    #expect(outcome.status == status && outcome.output == "")
    #expect(outcome.errors.contains(text), "\(outcome.errors)")
  }

  @Test func aListOfContainersIsRefused() throws {
    let list = #"[{"name": "app", "image": "web:1", "portMappings": [{"containerPort": 80}]}]"#
    let outcome = try ask(["task_definition": .string(list)])
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(outcome.errors.contains("is not the JSON of one task definition."))
  }
}
