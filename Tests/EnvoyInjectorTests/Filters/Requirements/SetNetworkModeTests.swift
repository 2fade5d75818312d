import LosslessJSON
import Testing

@testable import EnvoyInjector

@Suite struct SetNetworkModeTests {
  private static let fargate = #""requiresCompatibilities": ["FARGATE"]"#

  @Test(arguments: ["", #""networkMode": null, "#])
  func setsTheOnlyModeOfFargate(mode: String) throws {
    let run = try FilterRun(SetNetworkMode(isForced: false), on: "{\(mode)\(Self.fargate)}")
    #expect(run.findings == [])
    #expect(run.edits == [(mode.isEmpty ? "add" : "replace") + #" /networkMode "awsvpc""#])
  }

  @Test func leavesOtherTasksAlone() throws {
    #expect(try FilterRun(SetNetworkMode(isForced: false), on: "{}").edits == [])
  }

  @Test(arguments: ["bridge", "host", "none", "awsvpc"])
  func neverChangesAModeThatTheDocumentNames(mode: String) throws {
    let run = try FilterRun(
      SetNetworkMode(isForced: true), on: #"{"networkMode": "\#(mode)", \#(Self.fargate)}"#)
    #expect(run.edits == [])
  }

  @Test func saysWhatTheServiceNeeds() throws {
    let run = try FilterRun(SetNetworkMode(isForced: true), on: "{}")
    #expect(run.edits == [#"add /networkMode "awsvpc""#])
    #expect(
      run.findings == [
        "warning [new-network-mode] at /networkMode: The task gets network mode awsvpc, in which "
          + "it has a network interface of its own. Its service cannot be updated as it is.; fix: "
          + "Give the service networkConfiguration with subnets and security groups, and load "
          + "balancer target groups of type ip."
      ])
  }

  private static let container = #""containerDefinitions": [{"name": "a", "image": "b"}]"#

  @Test(arguments: [
    #"{\#(fargate), \#(container)}"#,
    "{\n\t\"networkMode\" : null ,\n\t\(fargate), \(container) }\n",
    """
    Resources:
      T: # a comment
        Type: AWS::ECS::TaskDefinition
        Properties:
          RequiresCompatibilities: [FARGATE]
          ContainerDefinitions:
            - Name: a
              Image: b

    """,
  ])
  func uninjectGivesBackTheBytes(document: String) throws {
    let injected = try Injecting.inject(document).text
    #expect(injected.contains("awsvpc"))
    #expect(try Injecting.inject(injected).text == injected)
    #expect(try Injecting.uninject(injected).text == document)
  }

  @Test func tellsEverythingThatForbidsTheModeAtOnce() throws {
    let refusals = Injecting.refusals {
      try Injecting.inject(
        #"""
        {"containerDefinitions": [{"name": "a", "links": ["b"], "hostname": "a",
          "portMappings": [{"containerPort": 80, "hostPort": 8080}]}]}
        """#
      ) { $0.networkMode = .awsvpc }
    }
    #expect(
      refusals.filter { $0.hasPrefix("error") }.map { $0.split(separator: " ")[1] } == [
        "[links-in-awsvpc]", "[hostname-in-awsvpc]", "[host-port]",
      ])
  }

  @Test func namesTheSettingThatHelps() throws {
    let refusals = Injecting.refusals { try Injecting.inject("{\(Self.container)}") }
    #expect(refusals.count == 1)
    #expect(refusals.allSatisfy { $0.contains("or let --network-mode awsvpc set it") })
  }
}
