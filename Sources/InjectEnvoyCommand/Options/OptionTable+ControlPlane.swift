import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON

extension OptionTable {
  /// Options of another control plane than the one that an option chooses.
  static let exclusions = [
    "virtual-node": ["xds", "xds-tls"] + mesh.map(\.name),
    "virtual-gateway": ["xds", "xds-tls"] + mesh.map(\.name),
    "xds": ["virtual-node", "virtual-gateway"] + mesh.map(\.name),
    "mesh-file": ["virtual-node", "virtual-gateway", "xds", "xds-tls"],
  ]

  /// Who gives Envoy its configuration, and what it is; in the order in which they build on each
  /// other.
  static let controlPlane: [OptionSpecification] = [
    .value("virtual-node", "ARN", "virtual node of AWS App Mesh that Envoy represents") {
      options, text throws(ValueProblem) in
      options.controlPlane = .appMesh(try Value.appMeshResource(text))
    }.only(Subcommand.sidecarCommands),
    .value("virtual-gateway", "ARN", "virtual gateway of AWS App Mesh that Envoy represents") {
      options, text throws(ValueProblem) in
      options.controlPlane = .appMesh(try Value.appMeshResource(text))
    }.only([.gateway]),
    .value("xds", "HOST:PORT", "ADS server (gRPC) that configures Envoy") {
      options, text throws(ValueProblem) in
      guard options.controlPlane == .static else {
        throw ValueProblem("an xDS server and App Mesh exclude each other", fix: "give one of them")
      }
      guard let address = SocketAddress(hostAndPort: text) else {
        throw ValueProblem("'\(text)' is not of the form HOST:PORT")
      }
      options.controlPlane = .xds(address, usesTLS: false)
    },
    OptionSpecification(
      name: "xds-tls", placeholder: nil, isRepeated: false,
      help: "connect to the ADS server over TLS"
    ) { call, values throws(ValueProblem) in
      guard try Value.flag(values.last ?? "true") else { return }
      guard case .xds(let address, _) = call.injection.controlPlane else {
        throw ValueProblem("there is no ADS server: give --xds as well")
      }
      call.injection.controlPlane = .xds(address, usesTLS: true)
    },
    .value("node-id", "ID", "Envoy's node id [default: the task's family]") {
      options, text throws(ValueProblem) in
      options.nodeID = try Value.word(text)
    },
    .value("node-cluster", "NAME", "Envoy's node cluster [default: the task's family]") {
      options, text throws(ValueProblem) in
      options.nodeCluster = try Value.word(text)
    },
    .values(
      "upstream", "NAME=HOST:PORT[/PROTOCOL]",
      "cluster for requests to the host NAME"
    ) { options, values throws(ValueProblem) in
      options.upstreams = try Value.list(values) { text throws(ValueProblem) in
        do throws(Problem) {
          return try Upstream(text)
        } catch {
          throw ValueProblem("\(error.text) \(error.fix)")
        }
      }
    }.byLabel(),
  ]
}
