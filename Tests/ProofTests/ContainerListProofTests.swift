import CommandTesting
import Foundation
import LosslessJSON
import Testing

@Suite(.needsRealParts)
struct ContainerListProofTests {
  /// Terraform is not among the tests' tools. python-hcl2 parses the same language.
  @Test func whatBelongsToTheTaskIsHCL() throws {
    let list = #"[{"name": "web", "image": "nginx", "portMappings": [{"containerPort": 80}]}]"#
    let outcome = try Outcome.ofCommand([], input: list)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let arguments = outcome.errors.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { !$0.contains("fix: ") }.dropFirst().prefix { $0.isEmpty || $0.hasPrefix("    ") }
    let resource =
      "resource \"aws_ecs_task_definition\" \"web\" {\n"
      + arguments.map { $0 + "\n" }.joined() + "}\n"
    let folder = try TemporaryFolder()
    let file = try folder.write(resource, to: "task.tf")
    let script = """
      import hcl2, json, sys
      tasks = hcl2.load(open(sys.argv[1]))["resource"][0].values()
      print(json.dumps(list(list(tasks)[0].values())[0]))
      """
    let read = try #require(RealParts.python).run(["-c", script, file])
    #expect(read.status == 0, "\(read.errors)\n\(resource)")
    let document = try Document(Array(read.output.utf8))
    let task = document.value(document.root).compactText
    for text in ["awsvpc", "proxy_configuration", "APPMESH", "AppPorts", "80", "15001"] {
      #expect(task.contains(text), "\(task)")
    }
  }
}
