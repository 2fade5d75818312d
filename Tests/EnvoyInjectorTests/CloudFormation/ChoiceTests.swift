import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Containers and lists that depend on a template's conditions.
@Suite struct ChoiceTests {
  private static let web = "{Name: web, Image: nginx}"

  private func template(_ properties: String, containers: String...) -> String {
    """
    Parameters:
      Port: {Type: Number, Default: 80}
    Conditions:
      Yes: !Equals [!Ref "AWS::Region", eu-west-1]
    Resources:
      Task:
        Type: AWS::ECS::TaskDefinition
        Properties:
          NetworkMode: awsvpc
          \(properties)
          ContainerDefinitions:

    """ + containers.map { "      - \($0)\n" }.joined()
  }

  private func inject(_ text: String) throws -> String {
    let injection = try Injecting.inject(text) { $0.controlPlane = .static }
    let back = try Injecting.uninject(injection.text)
    #expect(back.text == text)
    return injection.text
  }

  private func refusals(
    _ text: String, _ change: @escaping (inout InjectionOptions) -> Void = { _ in }
  ) -> [String] {
    Injecting.refusals { try Injecting.inject(text, change) }
  }

  @Test func everyBranchWaitsForEnvoy() throws {
    let output = try inject(
      template(
        "Cpu: 256", containers: Self.web,
        "!If [Yes, {Name: a, Image: a}, {Name: b, Image: b}]",
        "!If [Yes, !If [Yes, !Ref AWS::NoValue, {Name: c, Image: c}], {Name: d, Image: d}]"))
    let waits = "DependsOn: [{ContainerName: envoy, Condition: HEALTHY}]"
    for name in ["web, Image: nginx", "a, Image: a", "b, Image: b", "c, Image: c", "d, Image: d"] {
      #expect(output.contains("{Name: \(name), \(waits)}"), "\(output)")
    }
  }

  @Test func branchesMayHaveOneName() throws {
    let one = "!If [Yes, {Name: web, Image: a}, {Name: web, Image: b}]"
    #expect(try inject(template("Cpu: 256", containers: one)).contains("Name: envoy"))
    #expect(
      refusals(template("Cpu: 256", containers: one, Self.web)).first?
        .hasPrefix("error [duplicate-container]") == true)
  }

  @Test func theLargestBranchCounts() throws {
    let choice = "!If [Yes, {Name: a, MemoryReservation: 300}, {Name: b, MemoryReservation: 512}]"
    #expect(try inject(template("Memory: 640", containers: choice)).contains("Name: envoy"))
    let small = refusals(template("Memory: 639", containers: choice))
    #expect(small.first?.contains("The containers need 640 MiB") == true, "\(small)")
  }

  @Test func listsThatAreReadMayBeFunctions() throws {
    let ports = "PortMappings: !If [Yes, [{ContainerPort: 80}], [{ContainerPort: 81}]]"
    let output = try inject(
      template("Cpu: 256", containers: "{Name: web, Image: nginx, \(ports)}"))
    #expect(output.contains(#"Value: "80,81""#))
  }

  @Test(arguments: [
    "{Name: web, DependsOn: !If [Yes, [], !Ref AWS::NoValue]}", "!Ref Port",
    "!If [Yes, !Ref Port, !Ref AWS::NoValue]",
    "{Name: web, PortMappings: !Split [',', !Ref Port]}",
  ])
  func whatNobodyKnowsIsRefused(_ container: String) {
    let refusals = refusals(template("Cpu: 256", containers: container))
    #expect(refusals.first?.hasPrefix("error [undecided] at /Resources/Task/") == true)
  }

  @Test func portsThatMayCoincideAreRefused() throws {
    let ports = "PortMappings: [{ContainerPort: !Ref Port}]"
    let conditional = "!If [Yes, {Name: a, \(ports)}, !Ref AWS::NoValue]"
    let fixed = "{Name: web, PortMappings: [{ContainerPort: 80}]}"
    let text = template("Cpu: 256", containers: conditional, fixed)
    #expect(refusals(text).first?.hasPrefix("error [port-of-template]") == true)
    #expect(try inject(template("Cpu: 256", containers: conditional)).contains("${AppPort1}"))
    let given = try Injecting.inject(text) { $0.appPorts = [80, 81] }
    #expect(given.text.contains(#"Value: "80,81""#))
  }

  @Test func aDaemonThatMayBeMissingIsRefused() {
    let daemon = "!If [Yes, {Name: x, Image: amazon/aws-xray-daemon}, !Ref AWS::NoValue]"
    let refusals = refusals(template("Cpu: 256", containers: Self.web, daemon)) {
      $0.tracing = .xray
    }
    #expect(refusals.first?.contains("Whether the tracing daemon 'x' exists") == true)
  }

  @Test func aForeignEnvoyThatMayBeMissingIsRefused() {
    let envoy = "!If [Yes, {Name: e, Image: envoyproxy/envoy:v1}, !Ref AWS::NoValue]"
    let refusals = refusals(template("Cpu: 256", containers: Self.web, envoy)) {
      $0.replacesForeign = true
    }
    #expect(refusals.first?.contains("Whether container 'e' exists") == true)
  }
}
