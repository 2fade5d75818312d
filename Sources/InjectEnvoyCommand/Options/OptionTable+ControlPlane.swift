import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Where Envoy gets its configuration.
extension OptionTable {
  static let controlPlane: [Option] = Option.group(
    .controlPlane, for: .envoy,
    [
      Option(
        "virtual-node", .appMeshResource("mesh/shop/virtualNode/web"),
        "Virtual node of AWS App Mesh that Envoy represents", optional: \.virtualNode
      ).of(.appMesh, chooses: true).only(.sidecar),
      Option(
        "virtual-gateway", .appMeshResource("mesh/shop/virtualGateway/door"),
        "Virtual gateway of AWS App Mesh that Envoy represents", optional: \.virtualGateway
      ).of(.appMesh, chooses: true).only(.gateway).labels(.never),
      Option("xds", .socketAddress, "ADS server (gRPC) that configures Envoy", optional: \.xds)
        .of(.xds, chooses: true).common(),
      Option("xds-tls", .flag, "Connect to the ADS server over TLS", \.xdsUsesTLS).of(.xds),
      Option(
        "node-id", .text("ID", samples: "web-1"), "Envoy's node id", optional: \.injection.nodeID
      ).standard("the task's family"),
      Option(
        "node-cluster", .text("NAME", samples: "shop"), "Envoy's node cluster",
        optional: \.injection.nodeCluster
      ).standard("the task's family"),
      Option(
        "upstream", Form.upstream.list(),
        "Cluster for requests to the host NAME; the protocol is http, http2, grpc, tcp, or with TLS "
          + "https or grpcs", \.injection.upstreams
      ).labels(.byDefault).common(),
      Option(
        "region", .region, "AWS region in which Envoy calls AWS", optional: \.injection.region
      ).standard("the document's, or that of the template's stack").only(.mesh).labels(.never),
      // Not in labels, where commas separate values.
      Option(
        "upstream-certificate", .certificates("NAME", sample: "api").byUpstream(),
        "Certificate that Envoy presents to an upstream: PEM files in its container, "
          + "env:VARIABLE, or secret:ARN", \.injection.upstreamCertificates
      ).labels(.never),
      Option(
        "upstream-authority", .authorities("NAME", sample: "api").byUpstream(),
        "Authorities of an upstream with TLS: a PEM file in the Envoy container, or env:VARIABLE",
        \.injection.upstreamAuthorities
      ).standard("the public authorities in Envoy's image"),
    ])
}

extension Form<Upstream> {
  fileprivate static var upstream: Form {
    Form(
      "NAME=HOST:PORT[/PROTOCOL]",
      samples: [
        "api=api.internal:8080", "db=10.0.0.1:5432/tcp", "a=[::1]:1/grpc", "b=b.internal:443/grpcs",
      ],
      oddities: ["api", "api=:0", "api=api:8080/quic", "api=10.0.0.1:443/https"]
    ) { text throws(Problem) in try Upstream(text) }
  }
}

extension Form<AWSRegion> {
  fileprivate static var region: Form {
    Form(
      "REGION", samples: ["eu-west-1"], oddities: ["eu", "eu west 1", "x.y-1-1"]
    ) {
      text throws(Problem) in
      guard let region = AWSRegion(text) else {
        throw .value(text, "is not the name of a region.", fix: "Write it like eu-west-1.")
      }
      return region
    }
  }
}

extension Form {
  /// Values by the names of upstreams, which are in lower case.
  fileprivate func byUpstream<Element>() -> Form where Value == [String: Element] {
    map { values throws(Problem) in
      Dictionary(values.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { $1 })
    }
  }
}

extension Form<SocketAddress> {
  fileprivate static var socketAddress: Form {
    Form("HOST:PORT", samples: ["ads.internal:18000"], oddities: ["host", "host:0", "[::1]:1"]) {
      text throws(Problem) in
      guard let address = SocketAddress(hostAndPort: text) else {
        throw .value(text, "is not of the form HOST:PORT.")
      }
      return address
    }
  }
}

extension Form<AppMeshResource> {
  fileprivate static func appMeshResource(_ sample: String) -> Form {
    Form(
      "ARN",
      samples: [sample, "arn:aws:appmesh:eu-west-1:111122223333:\(sample)"],
      oddities: ["web", "mesh/m/virtualService/s", "mesh//virtualNode/"]
    ) { text throws(Problem) in try AppMeshResource(text) }
  }
}
