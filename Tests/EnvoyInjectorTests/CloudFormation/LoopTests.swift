import LawTesting
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Task definitions in the bodies of `Fn::ForEach`.
@Suite struct LoopTests {
  private static let template = """
    Transform: AWS::LanguageExtensions
    Resources:
      Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
      Fn::ForEach::Workers:
        - Name
        - [mail, pay]
        - Task${Name}:   # one for each worker
            Type: AWS::ECS::TaskDefinition
            Properties:
              Family: worker-${Name}
              NetworkMode: awsvpc
              RequiresCompatibilities: [FARGATE]
              Cpu: 256
              Memory: 512
              TaskRoleArn: !GetAtt Role.Arn
              ContainerDefinitions:
                - Name: app-${Name}
                  Image: !Sub "acme/${Name}:1"
                  MemoryReservation: 500
                  PortMappings:
                    - ContainerPort: !FindInMap [Ports, !Ref Name, Http]

    """

  private func inject(_ text: String) throws -> Injection {
    var options = InjectionOptions()
    options.resize = true
    options.tracing = .xray
    let injection = try #require(
      Laws(injector: Injector(options)).check(Array(text.utf8), "loop"))
    #expect(try Injecting.uninject(injection.text).text == text)
    return injection
  }

  @Test func injectsInTheBody() throws {
    let injection = try inject(Self.template)
    #expect(injection.text.contains("ContainerName: envoy"))
    #expect(injection.text.contains(#"Memory: "1024""#))
    #expect(injection.text.contains("Task${Name}:   # one for each worker"))
    #expect(injection.family == "worker-${Name}")
  }

  /// CloudFormation replaces `${Name}` in every text of the body, so Envoy is named after its worker.
  @Test func envoyIsNamedAfterItsTask() throws {
    let bootstrap = try inject(Self.template).bootstrap ?? ""
    #expect(bootstrap.contains(#""id":"worker-${Name}""#))
    #expect(bootstrap.contains("${AppPort1}"))
  }

  /// The ledger stands in a label, whose text CloudFormation changes as well.
  @Test func theLedgerDoesNotNameTheLoop() throws {
    let lines = try inject(Self.template).text.split(separator: "\n")
    let ledger = lines.first { $0.contains("inject-envoy.io/ledger") } ?? ""
    #expect(ledger.contains("/ContainerDefinitions/=envoy"))
    #expect(!ledger.contains("Fn::ForEach"))
  }

  /// A policy in the role would hold texts of the loop, which nothing replaces there.
  @Test func aRoleOutsideOfTheLoopIsNotEdited() throws {
    let injection = try inject(Self.template)
    #expect(!injection.text.contains("PolicyName"))
    let found = injection.warnings.map(FilterRun.line).filter { $0.contains("[role-elsewhere]") }
    #expect(found.count == 1 && found[0].contains("which all task definitions of the loop share"))
  }

  @Test func nestedLoopsAreRead() throws {
    let inner = Self.template.replacing(
      "    - Task${Name}:   # one for each worker\n",
      with: "    - Fn::ForEach::Stages:\n        - Stage\n        - [test]\n"
        + "        - Task${Name}${Stage}:\n"
    ).split(separator: "\n", omittingEmptySubsequences: false)
    let start = inner.firstIndex { $0.contains("Type: AWS::ECS") } ?? 0
    let text = inner.enumerated().map {
      $0.offset < start || $0.element.isEmpty
        ? String($0.element) : "    " + $0.element
    }.joined(separator: "\n")
    #expect(try inject(text).text.contains("ContainerName: envoy"))
  }

  @Test(arguments: [
    (TemplateTransform.languageExtensions, "Transform: AWS::LanguageExtensions"),
    (.languageExtensions, "Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]"),
    (.blueGreen, "Transform: {Name: \"AWS::CodeDeployBlueGreen\", Parameters: {}}"),
  ])
  func warnsOfTransformsThatFail(transform: TemplateTransform, section: String) throws {
    let text = Self.template.replacing("Transform: AWS::LanguageExtensions", with: section)
    let found = try inject(text).warnings.filter { $0.code == "transformed-dependencies" }
    #expect(found.count == 1)
    #expect(found.allSatisfy { $0.text.description.contains(transform.rawValue) })
    let followed = try Injecting.inject(text) {
      $0.disabledFilters = [WaitForEnvoy.name]
      $0.resize = true
    }
    #expect(!followed.warnings.map(\.code).contains("transformed-dependencies"))
    #expect(!followed.text.contains("DependsOn"))
  }

  @Test func refusesABodyThatIsNoObject() {
    let text = #"""
      {"Resources": {"Fn::ForEach::T": ["N", ["a"],
        [{"T${N}": {"Type": "AWS::ECS::TaskDefinition", "Properties": {}}}]]}}
      """#
    let refusals = Injecting.refusals { try Injecting.inject(text) }
    #expect(
      refusals.first?.hasPrefix(
        "error [task-in-loop] at /Resources/Fn::ForEach::T: The loop Fn::ForEach::T makes task "
          + "definitions ('T${N}'), but its body is not written as an object.") == true)
  }
}
