import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// A ledger is a label, which anybody can write. Steps that inject cannot have written are rejected.
@Suite struct LedgerScopeTests {
  private static func task(_ ledger: String) -> String {
    let undo = JSONValue.string(#"{"format":1,"undo":[\#(ledger)]}"#).compactText
    return #"{"cpu":"256","networkMode":"awsvpc","containerDefinitions":["#
      + #"{"name":"app","image":"web:7","#
      + #""dependsOn":[{"containerName":"envoy","condition":"START"}]},"#
      + #"{"name":"envoy","image":"e","dockerLabels":{"inject-envoy.io/ledger":\#(undo)}}]}"#
  }

  private static func template(_ ledger: String) -> String {
    let undo = JSONValue.string(#"{"format":1,"undo":[\#(ledger)]}"#).compactText
    return
      #"{"Resources":{"Role":{"Type":"AWS::IAM::Role","Properties":{"ManagedPolicyArns":["a"],"#
      + #""Policies":[{"PolicyName":"own"},{"PolicyName":"inject-envoy-Task-task"}]}},"#
      + #""Other":{"Type":"AWS::IAM::Role","Properties":{"Policies":["#
      + #"{"PolicyName":"inject-envoy-Task-task"}]}},"#
      + #""Task":{"Type":"AWS::ECS::TaskDefinition","Properties":{"NetworkMode":"awsvpc","#
      + #""TaskRoleArn":{"Ref":"Role"},"ContainerDefinitions":[{"Name":"app","Image":"web:7"},"#
      + #"{"Name":"envoy","Image":"e","DockerLabels":{"inject-envoy.io/ledger":\#(undo)}}]}}}}"#
  }

  /// Steps that inject never writes, with their descriptions in the error.
  private static let foreign = [
    task(#"{"remove":""}"#), task(#"{"remove":"/containerDefinitions"}"#),
    task(#"{"remove":"/containerDefinitions/=app"}"#), task(#"{"remove":"/family"}"#),
    task(#"{"remove":"/containerDefinitions/0/image"}"#),
    // The application's own dependencies and proxyConfiguration are not inject's.
    task(#"{"remove":"/containerDefinitions/=app/dependsOn"}"#),
    task(#"{"remove":"/containerDefinitions/=app/dependsOn/0"}"#),
    task(#"{"replace":"/proxyConfiguration","was":"{}","text":"[1]"}"#),
    task(#"{"replace":"/proxyConfiguration","was":"{}","text":"{\"taskRoleArn\":\"a\"}"}"#),
    // Envoy may wait for any container, but that does not make the container inject's.
    task(#"{"remove":"/containerDefinitions/=app"}"#).replacing(
      #""image":"e","#,
      with: #""image":"e","dependsOn":[{"containerName":"app","condition":"START"}],"#),
    task(
      String(repeating: #"{"remove":"/containerDefinitions/=x"},"#, count: 1000)
        + #"{"remove":"/cpu"}"#),
    task(
      #"{"replace":"/containerDefinitions/=app/image","was":"\"web:7\"","text":"\"evil\""}"#),
    task(#"{"replace":"/cpu","was":"\"256\"","text":"{\"a\":1}"}"#),
    task(#"{"add":"/taskRoleArn","text":"\"arn\"","index":0}"#),
    task(#"{"add":"/containerDefinitions/0","text":"null","index":0},{"remove":""}"#),
    template(#"{"remove":"/Resources/Role"}"#), template(#"{"remove":"/Resources/Task"}"#),
    template(#"{"remove":"/Resources/Role/Properties/Policies/=own"}"#),
    template(#"{"remove":"/Resources/Other/Properties/Policies/=inject-envoy-Task-task"}"#),
    template(
      #"{"replace":"/Resources/Role/Properties/ManagedPolicyArns/0","was":"\"a\"","#
        + #""text":"\"b\""}"#),
    template(
      #"{"revoke":"/Resources/Other/Properties/Policies/=inject-envoy","statements":[]}"#),
    template(#"{"revoke":"/Resources/Role/Properties/Policies/=own","statements":[]}"#),
    template(#"{"revoke":"/Resources/Role","statements":[]}"#),
    template(#"{"add":"/Resources/User","text":"{}","index":0}"#),
    template(#"{"add":"/Resources/User","text":"null","index":0}"#),
  ]

  @Test(arguments: foreign) func isRefused(_ text: String) throws {
    let lines = Injecting.refusals { try Injecting.uninject(text) }
    #expect(
      lines.count == 1 && lines.first?.hasPrefix("error [foreign-ledger]") == true, "\(lines)")
    #expect(Injecting.refusals { try Injecting.inject(text) } == lines)
    let check = Injector(InjectionOptions()).check(Array(text.utf8))
    #expect(check.state == .notInjectable)
    #expect(check.findings.map(FilterRun.line).filter { $0.contains("foreign-ledger") } == lines)
  }

  @Test func namesTheStep() {
    let text = Self.task(#"{"remove":"/containerDefinitions/=app"}"#)
    #expect(
      Injecting.refusals { try Injecting.uninject(text) } == [
        "error [foreign-ledger] at /containerDefinitions/1: The ledger of this task asks for a step "
          + "that inject cannot have written: remove /containerDefinitions/=app. Nothing is "
          + "edited.; fix: If a patch of a configuration file wrote there, give that file with "
          + "--config FILE. Otherwise start from the task definition before injection."
      ])
  }

  @Test(arguments: [
    task(
      #"{"remove":"/containerDefinitions/=app/dependsOn/=envoy","prune":true},"#
        + #"{"remove":"/containerDefinitions/=envoy"}"#),
    task(
      #"{"replace":"/cpu","was":"\"256\"","text":"\"128\""},"#
        + #"{"add":"/memory","text":"null","index":0},{"remove":"/containerDefinitions/=envoy"}"#),
    template(
      #"{"remove":"/Resources/Role/Properties/Policies/=inject-envoy-Task-task"},"#
        + #"{"remove":"/Resources/Task/Properties/ContainerDefinitions/=envoy"}"#),
    template(
      #"{"revoke":"/Resources/Role/Properties/Policies/=inject-envoy","statements":[]},"#
        + #"{"remove":"/Resources/Task/Properties/ContainerDefinitions/=envoy"}"#),
  ])
  func isTakenBack(_ text: String) throws {
    #expect(try Injecting.uninject(text).outcome == .uninjected)
  }

  /// A patch of one container does not allow steps on other containers.
  @Test(arguments: [
    (#"{"op":"replace","path":"/containerDefinitions/1/image","value":"e"}"#, "=app/image", false),
    (
      #"{"op":"replace","path":"/containerDefinitions/0/image","value":"web:7"}"#, "=app/image",
      true
    ),
    (#"{"op":"add","path":"/containerDefinitions/-","value":{"name":"x"}}"#, "=app", false),
    (#"{"op":"add","path":"/containerDefinitions/0","value":{"name":"app"}}"#, "=app", true),
    (#"{"op":"copy","from":"/a","path":"/containerDefinitions/0"}"#, "=app", true),
    (#"{"op":"add","path":"/containerDefinitions/-/cpu","value":1}"#, "=app/cpu", false),
  ])
  func aPatchFreesWhatItWrites(_ operation: String, _ place: String, _ isFree: Bool) throws {
    let document = try Document(Array("[\(operation)]".utf8))
    let patch = try JSONPatch(document.value(document.root))
    let step = #"{"remove":"/containerDefinitions/\#(place)"}"#
    let text = Self.task(step + #",{"remove":"/containerDefinitions/=envoy"}"#)
    let lines = Injecting.refusals { try Injecting.uninject(text, patches: patch) }
    #expect(lines.contains { $0.contains("foreign-ledger") } != isFree, "\(lines)")
  }

  @Test func needsTheConfigurationOfPatches() throws {
    let patch = try JSONPatch([["op": "add", "path": "/family", "value": "shop"]])
    let injected = try Injecting.inject(Injecting.web) { $0.patches = patch }.text
    let lines = Injecting.refusals { try Injecting.uninject(injected) }
    #expect(lines.first?.contains("replace /family") == true, "\(lines)")
    #expect(try Injecting.uninject(injected, patches: patch).text == Injecting.web)
  }
}
