import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Lists of containers, as Terraform's `container_definitions` takes them.
@Suite struct ContainerListTests {
  private static let list =
    #"[{"name": "web", "image": "nginx", "portMappings": [{"containerPort": 80}]}]"#

  @Test func envoyIsNamedAfterTheFirstApplication() throws {
    let injection = try Injecting.inject(Self.list) {
      $0.controlPlane = .xds(SocketAddress("ads", 1), usesTLS: false)
    }
    #expect(injection.bootstrap?.contains(#""node":{"id":"web","cluster":"web"}"#) == true)
    let named = try Injecting.inject(Self.list) { $0.nodeID = "mine" }
    #expect(named.bootstrap?.contains(#""node":{"id":"mine","cluster":"web"}"#) == true)
  }

  @Test func printsWhatBelongsToTheTaskInHCL() throws {
    let warnings = try Injecting.inject(Self.list).warnings
    #expect(warnings.map(\.code) == ["belongs-to-task"])
    #expect(
      warnings.first?.listing == [
        #"network_mode = "awsvpc""#, "", "proxy_configuration {",
        #"  type           = "APPMESH""#, #"  container_name = "envoy""#, "  properties = {",
        #"    AppPorts           = "80""#, #"    ProxyEgressPort    = "15001""#,
        #"    ProxyIngressPort   = "15000""#,
        #"    EgressIgnoredIPs   = "169.254.170.2,169.254.169.254""#,
        #"    EgressIgnoredPorts = "22""#, #"    IgnoredUID         = "1337""#, "  }", "}",
      ])
  }

  /// The roles stand where the task is defined.
  @Test func saysNothingAboutRoles() throws {
    let warnings = try Injecting.inject(Self.list) {
      $0.tracing = .xray
      $0.requireRoles = true
    }.warnings
    #expect(warnings.map(\.code) == ["belongs-to-task"])
  }

  @Test func linksAreNotSaidOfAModeThatTheListNames() {
    let linked = Self.list.replacing(#""image""#, with: #""links": ["db"], "image""#)
    let refusals = Injecting.refusals { try Injecting.inject(linked) }
    #expect(
      refusals.first?.hasSuffix(
        "fix: Envoy needs a task in network mode awsvpc. Remove links, and reach the other container "
          + "at 127.0.0.1.") == true)
  }
}
