import LosslessJSON
import TaskDefinitions

@testable import EnvoyInjector

/// A template with a task definition `Web` and a role `Role`. Tests change one thing in it.
struct RoleTemplate {
  var taskRole = #"{"Fn::GetAtt": ["Role", "Arn"]}"#
  /// Additional members of the task definition.
  var task = ""
  /// Members of the role's properties.
  var role = #""AssumeRolePolicyDocument": {}"#
  /// Additional resources.
  var more = ""

  var json: String {
    """
    {"Parameters": {"Given": {"Type": "String"}}, "Resources": {
      "Web": \(Self.task(#""TaskRoleArn": \#(taskRole)"# + (task.isEmpty ? "" : ", " + task))),
      "Role": {"Type": "AWS::IAM::Role", "Properties": {\(role)}}\(more.isEmpty ? "" : ", " + more)
    }}
    """
  }

  static func task(_ members: String, app: String = "") -> String {
    """
    {"Type": "AWS::ECS::TaskDefinition", "Properties": {
      "NetworkMode": "awsvpc", \(members),
      "ContainerDefinitions": [{"Name": "app", "Image": "app:1",
        "PortMappings": [{"ContainerPort": 80}]\(app)}]}}
    """
  }

  /// Injects with App Mesh, whose Envoy needs one statement in the task role.
  func inject(
    _ change: (inout InjectionOptions) -> Void = { _ in }
  ) throws -> Injection {
    var options = try InjectionOptions.appMesh("mesh/shop/virtualNode/web")
    change(&options)
    return try Injector(options).inject(Array(json.utf8))
  }

  /// The policies of a role in a template, as `PolicyName: Sid, …`.
  static func policies(_ injection: Injection, of role: String = "Role") throws -> [String] {
    let document = try DocumentFormat.read(injection.output)
    let resources = document.value(document.root)["Resources"]
    let policies = resources?[role]?["Properties"]?["Policies"]?.array ?? []
    return policies.map { policy in
      let statements = policy["PolicyDocument"]?["Statement"]?.array ?? []
      let sids = statements.compactMap { $0["Sid"]?.string }
      return "\(policy["PolicyName"]?.string ?? ""): \(sids.joined(separator: ", "))"
    }
  }
}
