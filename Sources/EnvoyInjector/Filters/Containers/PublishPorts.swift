import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Adds port mappings for the ports of a gateway. A sidecar needs none.
struct PublishPorts: Filter {
  static let name = "publish-ports"
  static let summary = "Open the ports on which a gateway takes traffic"

  let ports: [Int]

  func apply(to context: inout StageContext) {
    guard let envoy = context.envoy else { return }
    let mappings = ports.map { port in
      JSONValue.fields([
        .containerPort: .integer(port), .protocol: .string(TransportProtocol.tcp.rawValue),
      ])
    }
    context.set(
      .portMappings, to: .array(mappings), in: envoy,
      because: "Clients and load balancers reach the gateway on these ports.")
  }
}
