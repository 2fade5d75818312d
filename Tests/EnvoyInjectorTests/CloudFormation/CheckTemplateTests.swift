import LosslessJSON
import TaskChecks
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct CheckTemplateTests {
  private static let properties = """
    {"Family": "t", "NetworkMode": "awsvpc", "ContainerDefinitions": [{"Name": "a", "Image": "b"}]}
    """
  private static let task = """
    {"Type": "AWS::ECS::TaskDefinition", "Properties": \(properties)}
    """

  private func template(_ resources: String) -> String { #"{"Resources": {\#(resources)}}"# }

  private func codes(_ resources: String) throws -> [String] {
    try Injecting.inject(template(resources)).warnings.map(\.code)
  }

  @Test(arguments: ["", #""Vpc": {"Type": "AWS::EC2::VPC"}"#])
  func aTemplateWithoutATaskPassesUnchanged(resources: String) throws {
    let text = template(resources)
    let injection = try Injecting.inject(text)
    #expect(injection.outcome == .noTaskDefinition)
    #expect(injection.text == text)
    #expect(try Injecting.uninject(text).text == text)
    let check = Injector(InjectionOptions()).check(Array(text.utf8))
    #expect(check.state == .noTaskDefinition)
    #expect(check.findings == [])
  }

  @Test func aTaskCanBeRequired() throws {
    var options = InjectionOptions()
    options.requiresTaskDefinition = true
    let refusals = Injecting.refusals {
      try Injector(options).inject(Array(template("").utf8))
    }
    #expect(refusals.count == 1)
    #expect(
      refusals.allSatisfy {
        $0.hasPrefix(
          "error [empty-template] at /Resources: The template has no AWS::ECS::TaskDefinition, so "
            + "there is nothing to inject.; fix: Pass the template that has the task definitions.")
      })
    let check = Injector(options).check(Array(template("").utf8))
    #expect(check.findings.map(\.code) == ["empty-template"])
  }

  @Test func refusesATaskInALoopThatItCannotEdit() {
    let loop = """
      "Fn::ForEach::Tasks": ["Name", ["a", "b"], [{"Task${Name}": \(Self.task)}]]
      """
    for resources in [loop, loop + #", "T": \#(Self.task)"#] {
      let refusals = Injecting.refusals { try Injecting.inject(template(resources)) }
      #expect(refusals.count == 1)
      #expect(
        refusals.allSatisfy {
          $0.hasPrefix(
            "error [task-in-loop] at /Resources/Fn::ForEach::Tasks: The loop "
              + "Fn::ForEach::Tasks makes task definitions ('Task${Name}'), but its body "
              + "is not written as an object.; fix: Expand the loop first, or write each task "
              + "definition out. CloudFormation prints the expanded template: 'aws cloudformation "
              + "get-template --template-stage Processed --query TemplateBody --stack-name NAME'.")
        })
    }
  }

  @Test func otherLoopsAreNoMatter() throws {
    #expect(
      try codes(
        #"""
        "Fn::ForEach::Q": ["N", ["a"], {"Q${N}": {"Type": "AWS::SQS::Queue"}}]
        """#) == [])
  }

  @Test(arguments: [
    (#""S": {"Type": "AWS::CloudFormation::Stack"}"#, "unseen-template"),
    (#""S": {"Type": "AWS::CloudFormation::StackSet"}"#, "unseen-template"),
    (#""S": {"Type": "AWS::Serverless::Application"}"#, "unseen-template"),
    (#""S": {"Type": "My::ECS::Service::MODULE"}"#, "unseen-template"),
    (#""Fn::Transform": {"Name": "AWS::Include"}"#, "unseen-include"),
    (
      #""E": {"Type": "AWS::ECS::ExpressGatewayService", "Properties": {"PrimaryContainer": {}}}"#,
      "express-service"
    ),
  ])
  func saysWhatIsNotSeen(resources: String, code: String) throws {
    #expect(try codes(resources) == [code])
    #expect(try codes(resources + #", "T": \#(Self.task)"#).contains(code))
  }

  @Test func tellsEveryFaultyTask() {
    let bridge = Self.task.replacing("awsvpc", with: "bridge")
    let refusals = Injecting.refusals {
      try Injecting.inject(template(#""A": \#(bridge), "B": \#(Self.task), "C": \#(bridge)"#))
    }
    #expect(
      refusals.map { $0.split(separator: ":")[0] } == [
        "error [not-awsvpc] at /Resources/A/Properties/NetworkMode",
        "error [not-awsvpc] at /Resources/C/Properties/NetworkMode",
      ])
    #expect(refusals.allSatisfy { $0.contains("Set NetworkMode to awsvpc") })
  }

  @Test func warnsOfATemplateThatARequestCannotHold() throws {
    let filler = String(repeating: "x", count: 51_000)
    let text = #"{"Description": "\#(filler)", "Resources": {"T": \#(Self.task)}}"#
    #expect(text.utf8.count <= 51_200)
    #expect(try Injecting.inject(text).warnings.map(\.code).contains("large-template"))
    #expect(try !codes(#""T": \#(Self.task)"#).contains("large-template"))
  }
}
