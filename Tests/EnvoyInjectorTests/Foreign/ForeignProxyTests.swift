import Foundation
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

@Suite struct ForeignProxyTests {
  @Test(arguments: [
    "hashicorp/consul-dataplane:1.4", "docker.io/kumahq/kuma-dp:2.9", "istio/proxyv2:1.24",
    "istio/ztunnel:1.24", "example.com/linkerd-proxy:1",
  ])
  func refusesOtherMeshes(image: String) {
    let refusals = Injecting.refusals {
      try Injecting.inject(
        task(containers: #""name": "app", "image": "a""#, #""name": "p", "image": "\#(image)""#))
    }
    #expect(refusals.count == 1)
    #expect(
      refusals.allSatisfy {
        $0.hasPrefix(
          "error [foreign-mesh] at /containerDefinitions/1: Container 'p' (\(image)) is the proxy "
            + "of another service mesh.")
      })
  }

  private let pair = task(
    containers: #""name": "app", "image": "a""#,
    #""name": "web", "image": "envoyproxy/envoy-contrib:v1.40.0""#)

  @Test func anEnvoyIsForeign() {
    let refusals = Injecting.refusals { try Injecting.inject(pair) }
    #expect(refusals.map { $0.prefix(20) } == ["error [foreign-envoy"])
  }

  @Test(arguments: [false, true])
  func anEnvoyCanBeCalledAnApplication(replaces: Bool) throws {
    let injection = try Injecting.inject(pair) {
      $0.skipContainers = ["web"]
      $0.replacesForeign = replaces
    }
    #expect(injection.text.contains("envoyproxy/envoy-contrib:v1.40.0"))
    #expect(try Injecting.uninject(injection.text).text == pair)
  }

  @Test func theAdviceNamesTheApplication() {
    let refusals = Injecting.refusals { try Injecting.inject(pair) }
    #expect(
      refusals.map { $0.components(separatedBy: "; fix: ").last } == [
        "Remove it with 'inject-envoy uninject --foreign', or replace it with --replace-foreign. If "
          + "it is an application with a port of its own, such as a gRPC-Web proxy, keep it with "
          + "--skip-container web."
      ])
  }

  @Test func uninjectKeepsWhatIsCalledAnApplication() throws {
    var options = InjectionOptions()
    options.skipContainers = ["web"]
    let kept = try Injector(options).uninject(Array(pair.utf8), foreign: true)
    #expect(kept.outcome == .notInjected)
    #expect(try Injector.uninject(Array(pair.utf8), foreign: true).outcome == .uninjected)
  }

  // MARK: Images that a function decides

  /// A template with a second container.
  private func template(
    image: String = #"{"Ref": "Image"}"#, name: String = "sidecar", members: String = "",
    proxies: Bool = false, default image2: String? = nil
  ) -> String {
    let value = image2.map { #", "Default": "\#($0)""# } ?? ""
    let proxy = #""ProxyConfiguration": {"Type": "APPMESH", "ContainerName": "\#(name)"},"#
    return #"""
      {"Parameters": {"Image": {"Type": "String"\#(value)}},
       "Resources": {"T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
         "NetworkMode": "awsvpc", \#(proxies ? proxy : "") "ContainerDefinitions": [
           {"Name": "app", "Image": "a"},
           {"Name": "\#(name)", "Image": \#(image)\#(members.isEmpty ? "" : ", " + members)}]}}}}
      """#
  }

  private static let arn =
    #""Environment": [{"Name": "APPMESH_RESOURCE_ARN", "Value": {"Fn::GetAtt": ["Node", "Arn"]}}]"#

  @Test(arguments: [
    arn,
    #""Environment": [{"Name": "APPMESH_VIRTUAL_NODE_NAME", "Value": "mesh/m/virtualNode/n"}]"#,
    #""Secrets": [{"Name": "APPMESH_RESOURCE_ARN", "ValueFrom": "arn:aws:ssm:…:parameter/n"}]"#,
  ])
  func knowsAppMeshsEnvoyByItsVariable(members: String) throws {
    let template = template(members: members)
    let refusals = Injecting.refusals { try Injecting.inject(template) }
    #expect(refusals.map { $0.prefix(20) } == ["error [foreign-envoy"])
    let injection = try Injecting.inject(template) { $0.replacesForeign = true }
    #expect(!injection.text.contains("APPMESH_"))
    #expect(injection.warnings.allSatisfy { !$0.fix.description.contains("APPMESH_") })
  }

  @Test(arguments: [
    #"{"Fn::Sub": "840364872350.dkr.ecr.${AWS::Region}.amazonaws.com/aws-appmesh-envoy:v1"}"#,
    #"{"Fn::Sub": "${Registry}/envoy"}"#,
    #"{"Fn::Join": ["", [{"Ref": "Image"}, "/aws-appmesh-envoy:v1.29"]]}"#,
    #"{"Fn::If": ["C", {"Ref": "Image"}, "envoyproxy/envoy:v1.30.1"]}"#,
  ])
  func knowsAnEnvoyByTheTextOfTheFunction(image: String) {
    let template = template(image: image)
    let refusals = Injecting.refusals { try Injecting.inject(template) }
    #expect(refusals.map { $0.prefix(20) } == ["error [foreign-envoy"])
  }

  @Test func knowsAnEnvoyByItsName() throws {
    let template = template(name: "envoy")
    let refusals = Injecting.refusals { try Injecting.inject(template) }
    #expect(refusals.map { $0.prefix(20) } == ["error [foreign-envoy"])
    let injection = try Injecting.inject(template) { $0.replacesForeign = true }
    #expect(!injection.text.contains(#"{"Ref": "Image"}"#))
  }

  /// The parameter's default tells what runs there.
  @Test func anotherImageIsNoEnvoy() {
    let template = template(name: "envoy", default: "nginx:1")
    let refusals = Injecting.refusals { try Injecting.inject(template) }
    #expect(refusals.map { $0.prefix(24) } == ["error [envoy-name-taken]"])
  }

  @Test(arguments: ["sidecar", "envoy"])
  func knowsAnEnvoyByTheProxyConfiguration(name: String) throws {
    let members = #""User": "1337", "Environment": [{"Name": "ENVOY_LOG_LEVEL", "Value": "debug"}]"#
    let template = template(name: name, members: members, proxies: true)
    let refusals = Injecting.refusals { try Injecting.inject(template) }
    #expect(refusals.map { $0.prefix(20) } == ["error [foreign-proxy"])
    let injection = try Injecting.inject(template) { $0.replacesForeign = true }
    let lost = injection.warnings.filter { $0.code == "lost-settings" }
    #expect(lost.map(\.fix.spelled) == ["Keep those that matter with --log-level debug"])
  }

  /// Each setting once, with the option that keeps it, and no variable that Envoy does not read.
  @Test(arguments: [
    (arn, [String]()),
    (
      #""Environment": [{"Name": "ENVOY_LOG_LEVEL", "Value": "debug"}, {"Name": "TEAM", "#
        + #""Value": "a"}, {"Fn::If": ["C", {"Name": "TEAM", "Value": "b"}, {"Name": "#
        + #""APPMESH_RESOURCE_ARN", "Value": "mesh/m/virtualNode/n"}]}, {"Name": "#
        + #""ENABLE_ENVOY_XRAY_TRACING", "Value": "1"}]"#,
      ["Keep those that matter with --log-level debug --tracing xray --env TEAM=…"]
    ),
    (
      #""Environment": [{"Name": "ENVOY_UID", "Value": "0"}, {"Name": "ENVOY_CONCURRENCY", "#
        + #""Value": "8"}], "Secrets": [{"Name": "ENVOY_TOKEN", "ValueFrom": "arn:s"}]"#,
      ["Keep those that matter with --concurrency 8"]
    ),
  ])
  func namesEachLostSettingOnce(members: String, fixes: [String]) throws {
    let injection = try Injecting.inject(template(name: "envoy", members: members)) {
      $0.replacesForeign = true
    }
    let lost = injection.warnings.filter { $0.code == "lost-settings" }
    #expect(lost.map(\.fix.spelled) == fixes)
  }

  @Test(arguments: [
    #"{"Fn::Sub": "${Registry}/consul-dataplane:1.6"}"#, #"{"Ref": "Image"}"#,
  ])
  func knowsOtherMeshesInTemplates(image: String) {
    let template = template(image: image, default: "istio/proxyv2:1.24")
    let refusals = Injecting.refusals { try Injecting.inject(template) }
    #expect(refusals.map { $0.prefix(20) } == ["error [foreign-mesh]"])
  }

  // MARK: Service Connect

  private func template(serviceConnect: String, task: String = "T") -> String {
    #"""
    {"Parameters": {"On": {"Type": "String", "Default": "true"}}, "Resources": {
      "T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
        "NetworkMode": "awsvpc", "ContainerDefinitions": [{"Name": "app", "Image": "a"}]}},
      "Other": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
        "NetworkMode": "awsvpc", "ContainerDefinitions": [{"Name": "app", "Image": "a"}]}},
      "S": {"Type": "AWS::ECS::Service", "Properties": {
        "TaskDefinition": {"Ref": "\#(task)"}, "ServiceConnectConfiguration": \#(serviceConnect)}}}}
    """#
  }

  @Test(arguments: [
    #"{"Enabled": true, "Namespace": "shop"}"#, #"{"Enabled": "true"}"#,
    #"{"Enabled": {"Ref": "On"}}"#,
    #"{"Fn::If": ["C", {"Ref": "AWS::NoValue"}, {"Enabled": true}]}"#,
  ])
  func refusesServiceConnect(configuration: String) throws {
    let template = template(serviceConnect: configuration)
    let refusals = Injecting.refusals { try Injecting.inject(template) }
    #expect(refusals.count == 1)
    #expect(
      refusals.allSatisfy {
        $0.hasPrefix("error [service-connect] at /Resources/S/Properties/ServiceConnectConf")
          && $0.hasSuffix("or name the other task definitions with --resource.")
      })
    let injection = try Injecting.inject(template) { $0.resources = ["Other"] }
    #expect(injection.outcome == .injected)
  }

  @Test(arguments: [
    (#"{"Enabled": false}"#, "T"),
    (#"{"Fn::If": ["C", {"Ref": "AWS::NoValue"}, {"Enabled": "false"}]}"#, "T"),
    (#"{"Enabled": true}"#, "Elsewhere"),
  ])
  func takesServicesWithoutServiceConnect(configuration: String, task: String) throws {
    let template = template(serviceConnect: configuration, task: task)
    #expect(try Injecting.inject(template).outcome == .injected)
  }
}
