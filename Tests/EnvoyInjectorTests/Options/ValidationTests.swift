import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

@Suite struct OptionValidationTests {
  private func problem(
    _ kind: AppMeshResource.Kind = .virtualNode, _ change: (inout InjectionOptions) throws -> Void
  ) throws -> String? {
    var options = InjectionOptions()
    try change(&options)
    do throws(Problem) {
      try options.validate(for: kind)
      return nil
    } catch {
      return "\(error.text.spelled); fix: \(error.fix.spelled)"
    }
  }

  private static let node = "mesh/shop/virtualNode/web"
  private static let gateway = "mesh/shop/virtualGateway/edge"

  @Test func acceptsTheDefaults() throws {
    #expect(try problem { _ in } == nil)
    #expect(try problem { $0.controlPlane = .appMesh(try AppMeshResource(Self.node)) } == nil)
  }

  @Test func refusesAnotherKindOfResource() throws {
    #expect(
      try problem { $0.controlPlane = .appMesh(try AppMeshResource(Self.gateway)) }
        == "'\(Self.gateway)' is a virtual gateway, which has no application to inject into; "
        + "fix: give the ARN of a virtual node, or use 'inject-envoy gateway --virtual-gateway'")
    #expect(
      try problem(.virtualGateway) { $0.controlPlane = .appMesh(try AppMeshResource(Self.node)) }
        == "'\(Self.node)' is a virtual node, which stands for an application; "
        + "fix: give the ARN of a virtual gateway, or use 'inject-envoy --virtual-node'")
  }

  @Test func refusesOnePortForTwoThings() throws {
    #expect(
      try problem { $0.adminPort = 15001 }
        == "Envoy's ingress, egress and admin port must be three different ports; "
        + "fix: change one of --ingress-port, --egress-port and --admin-port")
    #expect(
      try problem { $0.appPorts = [8080, 9901] }
        == "the application port 9901 is one of Envoy's own; fix: leave it out of --app-port, or "
        + "change --ingress-port, --egress-port or --admin-port")
  }

  @Test func refusesToKillEnvoyWhileItDrains() throws {
    #expect(try problem { $0.drainSeconds = 35 } == nil)
    #expect(
      try problem { $0.drainSeconds = 36 }
        == "Envoy would be killed after 40 seconds, before it has finished requests for 36; "
        + "fix: let --stop-timeout be at least 5 more than --drain-seconds")
  }

  @Test func refusesALimitBelowTheReservation() throws {
    #expect(
      try problem { $0.envoyMemory = 127 }
        == "Envoy's memory limit of 127 MiB is below the 128 MiB reserved for it; "
        + "fix: lower --envoy-memory-reservation or raise --envoy-memory")
  }

  @Test func refusesOneNameForTwoContainers() throws {
    #expect(
      try problem { $0.envoyName = "xray-daemon" }
        == "Envoy and its tracing daemon would have the same name; fix: change --envoy-name")
  }

  @Test func refusesASamplingRateWithoutTracing() throws {
    #expect(
      try problem { $0.xraySamplingRate = "0.1" }
        == "a sampling rate has no effect without tracing; "
        + "fix: choose --tracing xray or otel, or leave out --xray-sampling-rate")
    #expect(
      try problem {
        $0.xraySamplingRate = "0.1"
        $0.tracing = .xray
      } == nil)
  }

  @Test func refusesAVariableTwice() throws {
    #expect(
      try problem {
        $0.environment = [NamedValue(name: "A", value: "1")]
        $0.secrets = [NamedValue(name: "A", value: "arn")]
      }
        == "'A' is given both as environment variable and as secret; "
        + "fix: give it with --env or with --secret")
  }

  @Test func refusesVariablesOfTheAgentThatHaveAnOption() throws {
    let managed = NamedValue(name: "ENVOY_LOG_LEVEL", value: "off")
    #expect(try problem { $0.environment = [managed] } == nil)
    #expect(
      try problem {
        $0.controlPlane = .appMesh(try AppMeshResource(Self.node))
        $0.environment = [managed]
      }
        == "the variable ENVOY_LOG_LEVEL has an option of its own; fix: use that option, or "
        + "envoyContainer in the configuration file to replace them all")
  }

  @Test func refusesNodesForAppMesh() throws {
    #expect(
      try problem {
        $0.controlPlane = .appMesh(try AppMeshResource(Self.node))
        $0.nodeID = "x"
      }
        == "App Mesh's agent takes Envoy's node from the virtual node; "
        + "fix: leave out --node-id and --node-cluster")
  }
}
