import LawTesting
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Templates that compute the family, after which Envoy's node and service are named.
@Suite struct FamilyOfTemplateTests {
  /// - Parameter valueBytes: the length of an environment variable.
  static func template(_ family: String = "{\"Ref\": \"Name\"}", valueBytes: Int = 1) -> String {
    """
    {"Parameters": {"Name": {"Type": "String", "Default": "shop"}},
     "Resources": {"Web": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
       "Family": \(family), "NetworkMode": "awsvpc", "ContainerDefinitions": [
         {"Name": "app", "Image": "a",
          "Environment": [{"Name": "A", "Value": "\(String(repeating: "a", count: valueBytes))"}]}]}}}}
    """
  }

  private func inject(
    _ text: String, _ change: (inout InjectionOptions) -> Void = { _ in }
  ) throws -> Injection {
    var options = InjectionOptions()
    change(&options)
    let injection = try #require(
      Laws(injector: Injector(options)).check(Array(text.utf8), "family"))
    #expect(try Injecting.uninject(injection.text).text == text)
    return injection
  }

  private static let node = #"\"node\":{\"id\":\"${TaskFamily}\",\"cluster\":\"${TaskFamily}\"}"#

  @Test(arguments: [
    #"{"Ref": "Name"}"#, #"{"Fn::Sub": "${Name}-web"}"#,
    #"{"Fn::Join": ["-", [{"Ref": "AWS::StackName"}, "web"]]}"#,
  ])
  func theNodeFollowsTheFamily(_ family: String) throws {
    let text = try inject(Self.template(family)).text
    #expect(text.contains(Self.node))
    let function = family.filter { $0 != " " }
    #expect(text.filter { !$0.isWhitespace }.contains(#"{"TaskFamily":\#(function)}"#))
    #expect(!text.contains(#"\"shop\""#))
  }

  @Test func theServiceOfTracesFollowsTheFamily() throws {
    let text = try inject(Self.template()) { $0.tracing = .otel }.text
    #expect(text.contains(#"\"service_name\":\"${TaskFamily}\""#))
  }

  @Test func optionsNameTheNode() throws {
    let text = try inject(Self.template()) {
      $0.nodeID = "web-1"
      $0.nodeCluster = "web"
    }.text
    #expect(!text.contains("TaskFamily"))
  }

  /// Without a family, CloudFormation makes one of the stack's and the resource's names.
  @Test func aFamilyThatMayBeLeftOutIsNotInserted() throws {
    let family = #"{"Fn::If": ["Named", {"Ref": "Name"}, {"Ref": "AWS::NoValue"}]}"#
    #expect(try inject(Self.template(family)).text.contains(#"\"cluster\":\"Web\""#))
  }

  @Test func aCompressedConfigurationHasTheDefault() throws {
    let text = Self.template(valueBytes: 55_000)
    let found = try inject(text).warnings.filter { $0.code == "family-taken" }
    #expect(found.count == 1)
    let followed = try inject(text) {
      $0.nodeID = "shop"
      $0.nodeCluster = "shop"
    }
    #expect(!followed.warnings.contains { $0.code == "family-taken" })
  }
}
