import LosslessJSON
import TaskDefinitions

@testable import EnvoyInjector

/// Small documents with one fault each, which several tables of tests use.
enum FaultyDocument {
  /// Makes Envoy need permissions of the task role.
  static let throughAppMesh: @Sendable (inout InjectionOptions) -> Void = {
    $0.controlPlane = (try? InjectionOptions.appMesh().controlPlane) ?? $0.controlPlane
  }

  /// A task definition of a template, without a fault.
  static let resource = RoleTemplate.task(#""Family": "web""#)

  static func template(_ resources: String) -> String { #"{"Resources": {\#(resources)}}"# }

  static let loop = template(#""Fn::ForEach::T": ["N", ["a"], [{"T${N}": \#(resource)}]]"#)
  static let severalTasks = template(#""A": \#(resource), "B": \#(resource)"#)

  static let serviceConnect = #"""
    {"Resources": {
      "T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
        "NetworkMode": "awsvpc", "ContainerDefinitions": [{"Name": "app", "Image": "a"}]}},
      "S": {"Type": "AWS::ECS::Service", "Properties": {
        "TaskDefinition": {"Ref": "T"}, "ServiceConnectConfiguration": {"Enabled": true}}}}}
    """#

  /// A role that has a policy of the name that inject gives.
  static let policyTaken =
    RoleTemplate(role: #""Policies": [{"PolicyName": "inject-envoy"}]"#).json

  /// A role without room for another policy.
  static let fullRole = RoleTemplate(
    role: #""Policies": [{"PolicyName": "a", "PolicyDocument": {"Statement": "\#(statement)"}}]"#
  ).json
  static let statement = String(repeating: "x", count: 10_240)

  /// A template whose task logs with a token.
  ///
  /// - Parameter token: where the token is, as JSON.
  static func logged(token: String) -> String {
    let log =
      #", "LogConfiguration": {"LogDriver": "splunk", "SecretOptions": ["#
      + #"{"Name": "token", "ValueFrom": \#(token)}]}"#
    var template = RoleTemplate()
    template.more =
      #""Logged": \#(RoleTemplate.task(#""TaskRoleArn": {"Ref": "Role"}"#, app: log))"#
    return template.json
  }

  /// The members of an Envoy that this tool did not add.
  static let envoy = #""name": "mesh", "image": "envoyproxy/envoy:v1.40.0""#

  /// A task in a mesh that no test describes.
  static let otherMesh: String = {
    var meshed = MeshedTask()
    meshed.variables = ["APPMESH_RESOURCE_ARN": "mesh/bank/virtualNode/web"]
    return meshed.json
  }()
}
