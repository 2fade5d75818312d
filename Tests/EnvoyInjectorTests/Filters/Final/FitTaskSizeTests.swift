import Testing

@testable import EnvoyInjector

@Suite struct FitTaskSizeTests {
  private static let fargate = #""requiresCompatibilities": ["FARGATE"]"#

  private func run(
    _ size: String, _ container: String, resizes: Bool = false, onFargate: Bool = true
  ) throws -> FilterRun {
    try FilterRun(
      FitTaskSize(resizes: resizes),
      on: task(
        onFargate ? "\(size), \(Self.fargate)" : size, containers: container,
        #""name": "envoy", "memoryReservation": 128"#))
  }

  @Test(arguments: [
    (#""cpu": "256", "memory": "512""#, #""memory": 384, "cpu": 256"#),
    (#""cpu": ".25 vCPU", "memory": "0.5GB""#, #""memoryReservation": "384""#),
    (#""cpu": 256, "memory": "1 GB""#, #""memory": 896, "memoryReservation": 4000"#),
    (#""cpu": null, "memory": null"#, #""memory": 2000000000, "cpu": 2000000000"#),
    (#""cpu": "16384", "memory": "122880""#, #""memory": 122752, "cpu": 16384"#),
  ])
  func acceptsWhatFits(size: String, container: String) throws {
    let run = try run(size, container)
    #expect(run.findings == [])
    #expect(run.edits == [])
  }

  @Test func namesThePairThatWouldDo() throws {
    #expect(
      try run(#""cpu": "256", "memory": "512""#, #""memoryReservation": 385"#).findings == [
        "error [task-too-small] at /memory: The containers need 513 MiB, but the task has only "
          + "256 CPU units and 512 MiB, so ECS refuses the task definition.; "
          + #"fix: Give the task "cpu": "256", "memory": "1024", or let --resize do it. "#
          + "Or reserve less with --envoy-memory-reservation."
      ])
  }

  /// Two revisions that ECS has registered: 512 MiB for the task, `memory` 512 for the application, and
  /// `memoryReservation` 256 for Envoy.
  @Test func warnsOfLimitsThatECSDoesNotAddUp() throws {
    let run = try run(#""cpu": "256", "memory": "512""#, #""memory": 512"#)
    #expect(run.edits == [])
    #expect(
      run.findings == [
        "warning [memory-overcommitted] at /memory: The containers may use 640 MiB together, but "
          + "the task has only 256 CPU units and 512 MiB. ECS accepts that. A container can be "
          + "killed before it reaches its limit.; fix: Give the task "
          + #""cpu": "256", "memory": "1024", or let --resize do it. "#
          + "Or reserve less with --envoy-memory-reservation."
      ])
  }

  @Test(arguments: [#""memory": 513"#, #""cpu": 257"#, #""memoryReservation": 385"#])
  func refusesWhatECSRefuses(container: String) throws {
    let findings = try run(#""cpu": "256", "memory": "512""#, container).findings
    #expect(findings.count == 1)
    #expect(findings.allSatisfy { $0.hasPrefix("error [task-too-small]") })
  }

  @Test(arguments: [
    (#""cpu": "256", "memory": "512""#, #""memory": 512"#, "memory 1024"),
    (#""cpu": "256", "memory": "2048""#, #""memory": 2048"#, "cpu 512, memory 3072"),
    (#""cpu": ".25 vCPU", "memory": "512""#, #""cpu": 257"#, "cpu 512, memory 1024"),
    (#""cpu": "8192", "memory": "61440""#, #""memory": 61440"#, "cpu 16384, memory 65536"),
    (#""memory": "512""#, #""memory": 512"#, "cpu 256, memory 1024"),
    (#""cpu": "16384", "memory": "114688""#, #""memory": 114688"#, "memory 122880"),
  ])
  func raisesToTheNextLegalPair(size: String, container: String, expected: String) throws {
    let run = try run(size, container, resizes: true)
    #expect(run.findings == [])
    let changes = run.edits.map { edit in
      let words = edit.split(separator: " ")
      return "\(words[1].dropFirst()) \(words[2].filter { $0 != "\"" })"
    }
    #expect(changes.joined(separator: ", ") == expected)
  }

  @Test func raisesToWhatIsNeededOffFargate() throws {
    let run = try run(
      #""cpu": "100", "memory": 300"#, #""memory": 333, "cpu": 120"#, resizes: true,
      onFargate: false)
    #expect(run.edits == [#"replace /cpu "120""#, #"replace /memory "461""#])
  }

  @Test func refusesWhatNoFargateTaskHolds() throws {
    let run = try run(#""cpu": "32768", "memory": "249856""#, #""memory": 249857"#, resizes: true)
    #expect(run.edits == [])
    #expect(
      run.findings == [
        "error [task-too-large] at /memory: The containers need 249857 MiB with Envoy, which "
          + "is more than any Fargate task has.; fix: Reserve less in the application's containers."
      ])
  }

  @Test func refusesSizesThatItCannotRead() throws {
    #expect(
      try run(#""cpu": "${CPU}", "memory": {"Ref": "Memory"}"#, "").findings == [
        #"error [unreadable-task-size] at /cpu: "${CPU}" is not an amount of cpu, so it is "#
          + #"unknown whether the containers fit the task.; fix: Write CPU units such as "256" or "#
          + #"".25 vCPU"."#,
        #"error [unreadable-task-size] at /memory: {"Ref":"Memory"} is not an amount of "#
          + "memory, so it is unknown whether the containers fit the task.; fix: Write MiB such as "
          + #""512" or "1 GB"."#,
      ])
  }
}
