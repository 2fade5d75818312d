import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

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

  private static let template = #"""
    {"Parameters": {"Image": {"Type": "String"}},
     "Resources": {"T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
       "NetworkMode": "awsvpc", "ContainerDefinitions": [
         {"Name": "app", "Image": "a"},
         {"Name": "sidecar", "Image": {"Ref": "Image"}, "Environment": [
           {"Name": "APPMESH_RESOURCE_ARN", "Value": {"Fn::GetAtt": ["Node", "Arn"]}}]}]}}}}
    """#

  @Test func knowsAppMeshsEnvoyByItsVariable() throws {
    let refusals = Injecting.refusals { try Injecting.inject(Self.template) }
    #expect(refusals.map { $0.prefix(20) } == ["error [foreign-envoy"])
    let injection = try Injecting.inject(Self.template) { $0.replacesForeign = true }
    #expect(!injection.text.contains("APPMESH_RESOURCE_ARN"))
    #expect(injection.warnings.allSatisfy { !$0.fix.description.contains("APPMESH_RESOURCE_ARN") })
  }
}
