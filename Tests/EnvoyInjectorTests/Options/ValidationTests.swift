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
      return "\(error.text.spelled) \(error.fix.spelled)"
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
        == "'\(Self.gateway)' is a virtual gateway. It has no application to inject Envoy beside. "
        + "Give the ARN of a virtual node, or use 'inject-envoy gateway --virtual-gateway'.")
    #expect(
      try problem(.virtualGateway) { $0.controlPlane = .appMesh(try AppMeshResource(Self.node)) }
        == "'\(Self.node)' is a virtual node. It represents an application, not a gateway. "
        + "Give the ARN of a virtual gateway, or use 'inject-envoy --virtual-node'.")
  }

  @Test func refusesOnePortForTwoThings() throws {
    #expect(
      try problem { $0.adminPort = 15001 }
        == "Envoy's ingress, egress and admin ports are not three different ports. "
        + "Change one of --ingress-port, --egress-port and --admin-port.")
    #expect(
      try problem { $0.appPorts = [8080, 9901] }
        == "The application port 9901 is one of Envoy's own ports. Leave it out of --app-port, or "
        + "change --ingress-port, --egress-port, --admin-port or --metrics.")
    #expect(
      try problem {
        $0.metrics = MetricsOptions(port: 9902)
        $0.appPorts = [9902]
      }?.hasPrefix("The application port 9902 is one of Envoy's own ports.") == true)
    #expect(
      try problem { $0.metrics = MetricsOptions(port: 9901) }
        == "Port 9901 for the metrics is already used by Envoy's admin interface. "
        + "Give --metrics another port.")
  }

  @Test func refusesMetricsThatGoNowhere() throws {
    #expect(
      try problem { $0.metrics = MetricsOptions(isPushed: true) }
        == "Envoy's metrics have no collector to go to. Add one with --tracing otel, or let others "
        + "fetch them with --metrics 9902.")
    #expect(
      try problem {
        $0.controlPlane = .appMesh(try AppMeshResource(Self.node))
        $0.metrics = MetricsOptions(port: 9902)
      } == "--metrics has no effect, because App Mesh configures Envoy. "
        + "Leave out --metrics, or the control plane.")
  }

  @Test func refusesCertificatesThatAreNowhere() throws {
    #expect(
      try problem { $0.upstreamAuthorities = ["pay": .file("/ca.pem")] }
        == "--upstream-authority names 'pay', which is not an upstream with TLS. "
        + "Use the name of an upstream with TLS, such as --upstream pay=HOST:443/https.")
    func secured(_ options: inout InjectionOptions) throws {
      options.upstreams = [try Upstream("pay=pay.internal:443/https")]
      options.upstreamCertificates = [
        "pay": .pem(certificateChain: .environment("CHAIN"), privateKey: .file("/key.pem"))
      ]
    }
    #expect(
      try problem { try secured(&$0) }
        == "A certificate comes from the variable CHAIN, which Envoy's container does not have, so "
        + "Envoy would not start. Set it with --secret CHAIN=ARN.")
    #expect(
      try problem {
        try secured(&$0)
        $0.secrets = [NamedValue(name: "CHAIN", value: "arn:aws:ssm:eu-west-1:1:parameter/c")]
      } == nil)
    #expect(
      try problem {
        try secured(&$0)
        $0.envoyContainer = ["secrets": [["name": "CHAIN", "valueFrom": "c"]]]
      } == nil)
  }

  @Test func refusesToKillEnvoyWhileItDrains() throws {
    #expect(try problem { $0.drainSeconds = 35 } == nil)
    #expect(
      try problem { $0.drainSeconds = 36 }
        == "ECS kills Envoy 40 seconds after SIGTERM, but Envoy needs 41: it drains for 36 seconds, and "
        + "then stops. Raise --stop-timeout, or lower --drain-seconds: the first must exceed the "
        + "second by 5.")
  }

  @Test func refusesALimitBelowTheReservation() throws {
    #expect(
      try problem { $0.envoyMemory = 127 }
        == "Envoy's memory limit of 127 MiB is below the 128 MiB reserved for it. "
        + "Lower --envoy-memory-reservation or raise --envoy-memory.")
  }

  @Test func refusesOneNameForTwoContainers() throws {
    #expect(
      try problem { $0.envoyName = "xray-daemon" }
        == "Envoy and its tracing daemon would have the same name. Change --envoy-name.")
  }

  @Test func refusesASamplingRateWithoutTracing() throws {
    #expect(
      try problem { $0.xraySamplingRate = "0.1" }
        == "A sampling rate has no effect without tracing. "
        + "Set --tracing xray or otel, or leave out --xray-sampling-rate.")
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
        == "'A' is set both as an environment variable and as a secret. "
        + "Set it with either --env or --secret.")
  }

  @Test func refusesVariablesOfTheAgentThatHaveAnOption() throws {
    let managed = NamedValue(name: "ENVOY_LOG_LEVEL", value: "off")
    #expect(try problem { $0.environment = [managed] } == nil)
    #expect(
      try problem {
        $0.controlPlane = .appMesh(try AppMeshResource(Self.node))
        $0.environment = [managed]
      }
        == "The variable ENVOY_LOG_LEVEL has its own option. Use that option, or replace all "
        + "variables with envoyContainer in the configuration file.")
  }

  @Test func refusesNodesForAppMesh() throws {
    #expect(
      try problem {
        $0.controlPlane = .appMesh(try AppMeshResource(Self.node))
        $0.nodeID = "x"
      }
        == "App Mesh's agent names Envoy's node after the virtual node. "
        + "Leave out --node-id and --node-cluster.")
  }
}
