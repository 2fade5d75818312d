import Testing

@testable import EnvoyInjector

@Suite struct TaskDiagramTests {
  @Test func drawsStartOrderPortsAndTraffic() throws {
    var meshed = MeshedTask()
    meshed.members = #""family": "web""#
    meshed.others = [#""name": "init", "image": "busybox", "essential": false"#]
    let diagram = try #require(TaskDiagram(Array(meshed.json.utf8)))
    #expect(
      diagram.mermaid == """
        flowchart LR
          subgraph task["task web"]
            c0["app<br/>shop/app:1<br/>port 8080"]
            c1["envoy<br/>public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod<br/>health check"]
            c2["init<br/>busybox<br/>not essential"]
          end
          c1 -.->|"starts after HEALTHY"| c0
          clients((clients)) ==>|"port 8080 to 15000"| c1
          c1 ==>|"requests"| c0
          c0 ==>|"TCP to 15001"| c1
          c2 ==>|"TCP to 15001"| c1
          c1 ==> services(("services"))
          c0 -->|"past Envoy<br/>22<br/>169.254.170.2, 10.0.0.0/8"| outside((outside))
          c2 -->|"past Envoy<br/>22<br/>169.254.170.2, 10.0.0.0/8"| outside((outside))

        """)
  }

  /// The family of a task cannot end a label early.
  @Test(arguments: ["a\"b", "<script>", "x]-->y", "`md`", "a#35;b", "end", "ü {{}}", "a\nb"])
  func namesCanNotBreakOut(name: String) throws {
    let quoted = MermaidText.quoted([name])
    let inner = quoted.dropFirst().dropLast()
    #expect(quoted.first == "\"" && quoted.last == "\"")
    for forbidden in ["\"", "<", ">", "[", "]", "`", "{", "}", "\n"] {
      #expect(!inner.contains(forbidden), "\(quoted)")
    }
  }

  @Test func drawsNothingOfWhatIsNoTaskDefinition() {
    #expect(TaskDiagram(Array("[]".utf8)) == nil)
  }
}
