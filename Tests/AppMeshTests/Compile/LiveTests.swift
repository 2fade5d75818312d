import AppMesh
import EnvoyBootstrap
import LosslessJSON
import Testing

/// Weights that Envoy reads from S3.
struct LiveTests {
  private static let live = MeshLive(bucket: "bucket", prefix: "a/b", interval: .seconds(20))

  private func mesh(
    _ protocol: PortProtocol, route: String = "canary", _ weights: (Int, Int) = (90, 10)
  ) -> Mesh {
    var mesh = Mesh.calling(`protocol`) { changed in
      changed.name = route
      changed.weightedTargets = [
        .init(virtualNode: "api", weight: weights.0), .init(virtualNode: "new", weight: weights.1),
      ]
    }
    mesh.virtualNodes.append(VirtualNode("new", `protocol`, 3000))
    return mesh
  }

  private func compile(_ mesh: Mesh) throws -> EnvoyJSON {
    try Compiling.sidecar(mesh, live: Self.live)
  }

  @Test(arguments: [PortProtocol.http, .http2, .grpc])
  func eachWeightIsARuntimeKey(spoken: PortProtocol) throws {
    let envoy = try compile(mesh(spoken))
    #expect(envoy.json.all("runtime_key_prefix") == ["weights.api.canary"])
    let layer = try #require(envoy.json.at("layered_runtime/layers/0/rtds_layer"))
    #expect(layer["name"] == "a/b/web.json")
    #expect(layer.all("cluster_names") == [["bucket.s3.eu-west-1.amazonaws.com"]])
    #expect(
      layer.all("refresh_delay") == ["20s"] && layer.all("initial_fetch_timeout") == ["0.500s"])
    let script = try envoy.cluster("bucket.s3.eu-west-1.amazonaws.com").all("inline_string")
    let keys = "[\"weights.api.canary\"]={[\"cds_egress_m_api_\(spoken.rawValue)_3000\"]=90,"
    #expect(script.count == 1 && script[0].string?.contains(keys) == true)
  }

  @Test func tcpHasNone() throws {
    let envoy = try compile(mesh(.tcp))
    #expect(envoy.json["layered_runtime"] == nil && envoy.json.all("runtime_key_prefix").isEmpty)
    #expect(envoy.warnings.contains("live-tcp"))
  }

  @Test func withoutTheOptionNothingChanges() throws {
    let envoy = try Compiling.sidecar(mesh(.http))
    #expect(envoy.json["layered_runtime"] == nil && envoy.json.all("runtime_key_prefix").isEmpty)
  }

  @Test func aNameThatCannotBeAKeyIsRefused() {
    #expect(Compiling.errors(mesh(.http, route: "ca nary"), live: Self.live) == ["live-name"])
  }

  @Test func onlyWeightsOfHTTPRoutesAreNoDifference() throws {
    let old = try compile(mesh(.http)).envoy.bootstrap
    let new = try compile(mesh(.http, (0, 100))).envoy.bootstrap
    #expect(old != new && LiveDifference.paths(from: old, to: new).isEmpty)
    let renamed = try compile(mesh(.http, route: "other")).envoy.bootstrap
    #expect(
      LiveDifference.paths(from: old, to: renamed).contains { $0.hasSuffix("runtime_key_prefix") })
    let tcp = try [(90, 10), (10, 90)].map { try compile(mesh(.tcp, $0)).envoy.bootstrap }
    #expect(LiveDifference.paths(from: tcp[0], to: tcp[1]).count == 2)
  }
}
