import AppMesh
import EnvoyBootstrap
import LosslessJSON
import Testing

struct TLSTests {
  static let file = Certificate.file(
    certificateChain: "/keys/chain.pem", privateKey: "/keys/key.pem")
  static let certificate = "arn:aws:acm:us-east-1:1:certificate/1"
  static let authority = "arn:aws:acm-pca:us-east-1:1:certificate-authority/1"

  func serving(_ tls: ListenerTLS) -> Mesh {
    var node = VirtualNode("web", .http, 3000)
    node.listeners[0].tls = tls
    return Mesh(.dropAll, node)
  }

  /// - Parameter server: the TLS settings of `api`, or `nil` for no TLS.
  func calling(
    _ server: ListenerTLS?, _ policy: ClientPolicyTLS?, _ protocol: PortProtocol = .http
  ) -> Mesh {
    Mesh.calling(
      `protocol`, api: { $0.listeners[0].tls = server },
      web: { $0.backendDefaults = policy.map { ClientPolicy(tls: $0) } })
  }

  func policy(_ names: String..., change: (inout ClientPolicyTLS) -> Void = { _ in })
    -> ClientPolicyTLS
  {
    var policy = ClientPolicyTLS(
      validation: .init(
        trust: .file(certificateChain: "/keys/ca.pem"), subjectAlternativeNames: names))
    change(&policy)
    return policy
  }

  let strict = ListenerTLS(mode: .strict, certificate: file)

  func socket(_ mesh: Mesh, _ certificates: MeshCertificates = .init()) throws -> JSONValue? {
    try Compiling.sidecar(mesh, "web", certificates)
      .cluster("cds_egress_m_api_http_3000")["transport_socket"]
  }

  @Test func strictListenersTakeOnlyTLS() throws {
    var tls = strict
    tls.validation = .init(
      trust: .file(certificateChain: "/keys/ca.pem"),
      subjectAlternativeNames: ["front.local", "spiffe://mesh/front"])
    let envoy = try Compiling.sidecar(serving(tls))
    let chains = envoy.chains(try envoy.ingress, port: 3000)
    let context = try #require(chains.first?.at("transport_socket/typed_config"))
    #expect(chains.count == 1 && context["require_client_certificate"] == true)
    #expect(
      context["common_tls_context"] == [
        "tls_certificates": [
          [
            "certificate_chain": ["filename": "/keys/chain.pem"],
            "private_key": ["filename": "/keys/key.pem"],
          ]
        ],
        "validation_context": [
          "trusted_ca": ["filename": "/keys/ca.pem"],
          "match_typed_subject_alt_names": [
            ["san_type": "DNS", "matcher": ["exact": "front.local"]],
            ["san_type": "URI", "matcher": ["exact": "spiffe://mesh/front"]],
          ],
        ],
      ])
  }

  @Test func permissiveListenersTakeBoth() throws {
    let envoy = try Compiling.sidecar(serving(.init(mode: .permissive, certificate: Self.file)))
    let listener = try envoy.ingress
    let chains = envoy.chains(listener, port: 3000)
    #expect(chains.map { $0.at("filter_chain_match/transport_protocol") } == ["tls", "raw_buffer"])
    #expect(chains.map { $0["transport_socket"] != nil } == [true, false])
    #expect(listener.at("listener_filters/1/name") == "tls_inspector")
    #expect(listener.all("destination_port_range") == [["start": 3000, "end": 3001]])
  }

  @Test func disabledListenersTakeNone() throws {
    let envoy = try Compiling.sidecar(serving(.init(mode: .disabled, certificate: Self.file)))
    #expect(envoy.json.all("transport_socket").isEmpty)
  }

  @Test func callersVerifyTheNameThatTheyAskFor() throws {
    let named = try socket(calling(strict, policy("other.local")))
    #expect(named?.all("exact") == ["other.local"])
    let standard = try socket(
      calling(strict, policy { $0.certificate = Self.file }))
    #expect(standard?.all("exact") == ["api.internal"])
    #expect(standard?.all("certificate_chain").count == 1)
    #expect(standard?.all("sni").isEmpty == true)
  }

  @Test func policiesOfOtherPortsAreIgnored() throws {
    #expect(try socket(calling(nil, policy { $0.ports = [443] })) == nil)
    let unverified = try socket(calling(strict, policy { $0.ports = [443] }))
    #expect(unverified?.all("common_tls_context") == [[:]])
    #expect(try socket(calling(strict, policy { $0.ports = [3000] }))?.all("exact").count == 1)
  }

  @Test func enforcedTLSFailsWhereThereIsNone() throws {
    let mesh = calling(nil, policy())
    #expect(try socket(mesh) != nil)
    #expect(try Compiling.sidecar(mesh).warnings == ["discovery-by-dns", "enforced-tls"])
    #expect(try socket(calling(nil, policy { $0.enforce = false })) == nil)
    #expect(try socket(calling(strict, policy { $0.enforce = false }))?.all("exact").count == 1)
  }

  @Test(arguments: [ListenerTLS.Mode.strict, .permissive])
  func withoutPolicyTLSIsUnverified(mode: ListenerTLS.Mode) throws {
    let socket = try socket(calling(.init(mode: mode, certificate: Self.file), nil))
    #expect(socket?.all("common_tls_context") == [[:]])
  }

  @Test func http2IsOffered() throws {
    let envoy = try Compiling.sidecar(calling(strict, policy(), .grpc))
    #expect(envoy.json.all("alpn_protocols") == [["h2"]])
  }

  @Test func certificatesOfACMNeedFiles() throws {
    let mesh = serving(.init(mode: .strict, certificate: .acm(certificateARN: Self.certificate)))
    #expect(Compiling.errors(mesh) == ["acm-certificate"])
    let files = MeshCertificates(
      certificates: [
        Self.certificate: .pem(certificateChain: .file("/c.pem"), privateKey: .file("/k.pem"))
      ])
    let envoy = try Compiling.sidecar(mesh, "web", files)
    #expect(envoy.json.all("filename") == ["/c.pem", "/k.pem"])
    #expect(envoy.warnings == ["acm-by-file"])
  }

  @Test func certificatesCanComeFromVariables() throws {
    let mesh = serving(.init(mode: .strict, certificate: .acm(certificateARN: Self.certificate)))
    let variables = MeshCertificates(
      certificates: [
        Self.certificate: .pem(
          certificateChain: .environment("CHAIN"), privateKey: .environment("KEY"))
      ])
    let json = try MeshCompiler(mesh, certificates: variables)
      .sidecar(node: "web", server: Compiling.server).bootstrap.json
    #expect(json.all("environment_variable") == ["CHAIN", "KEY"])
    let policy = ClientPolicyTLS(
      validation: .init(trust: .acm(certificateAuthorityARNs: [Self.authority])))
    let caller = try MeshCompiler(
      calling(strict, policy),
      certificates: .init(authorities: [Self.authority: .pem(.environment("CA"))])
    ).sidecar(node: "web", server: Compiling.server).bootstrap.json
    #expect(caller.all("trusted_ca") == [["environment_variable": "CA"]])
    #expect(caller.all("tls_maximum_protocol_version") == ["TLSv1_3"])
  }

  @Test func certificateAndAuthorityCanComeFromOneSecret() throws {
    let arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/tls-AbCdEf"
    let secret = try #require(StoredCertificate(arn: arn))
    let given = MeshCertificates(
      certificates: [Self.certificate: .stored(secret)],
      authorities: [Self.authority: .stored(secret)])
    var mesh = calling(
      strict,
      ClientPolicyTLS(
        validation: .init(
          trust: .acm(certificateAuthorityARNs: [Self.authority]),
          subjectAlternativeNames: ["api.local"])))
    mesh.virtualNodes[0].listeners =
      serving(
        .init(mode: .strict, certificate: .acm(certificateARN: Self.certificate))
      ).virtualNodes[0].listeners
    let envoy = try Compiling.sidecar(mesh, "web", given)
    #expect(
      envoy.json.all("tls_certificate_sds_secret_configs").map { $0.at("0/name") } == [
        .string(arn)
      ])
    let context = try #require(envoy.json.all("combined_validation_context").first)
    #expect(context.at("validation_context_sds_secret_config/name") == .string(arn + "#authority"))
    #expect(context.all("exact") == ["api.local"])
    #expect(envoy.clusterNames.count { $0.hasPrefix("secretsmanager.") } == 1)
    #expect(AWSCalls(in: envoy.json).secrets == [arn])
  }

  @Test func authoritiesOfACMNeedFiles() throws {
    let policy = ClientPolicyTLS(
      validation: .init(trust: .acm(certificateAuthorityARNs: [Self.authority, "arn:2"])))
    let mesh = calling(strict, policy)
    #expect(Compiling.errors(mesh) == ["acm-authority", "acm-authority"])
    let socket = try socket(
      mesh,
      .init(authorities: [Self.authority: .pem(.file("/ca.pem")), "arn:2": .pem(.file("/ca.pem"))]))
    #expect(socket?.all("trusted_ca") == [["filename": "/ca.pem"]])
    let apart = MeshCertificates(authorities: [
      Self.authority: .pem(.file("/1.pem")), "arn:2": .pem(.file("/2.pem")),
    ])
    #expect(throws: MeshCompileError.self) {
      try MeshCompiler(mesh, certificates: apart).sidecar(node: "web", server: Compiling.server)
    }
  }

  @Test func withoutPolicyACMWasVerified() throws {
    let acm = ListenerTLS(mode: .strict, certificate: .acm(certificateARN: Self.certificate))
    let mesh = calling(acm, nil)
    #expect(try Compiling.sidecar(mesh).warnings == ["acm-unverified", "discovery-by-dns"])
    let socket = try socket(mesh, .init(authorities: [Self.certificate: .pem(.file("/ca.pem"))]))
    #expect(socket?.all("trusted_ca") == [["filename": "/ca.pem"]])
  }

  @Test func secretsComeOverTheSocket() throws {
    var mesh = calling(strict, policy())
    mesh.virtualNodes[0].backendDefaults?.tls?.certificate = .sds(secretName: "client")
    mesh.virtualNodes[0].backendDefaults?.tls?.validation = .init(
      trust: .sds(secretName: "ca"), subjectAlternativeNames: ["spiffe://m/api"])
    #expect(Set(Compiling.errors(mesh)) == ["sds-socket"])
    let envoy = try Compiling.sidecar(mesh, "web", .init(sdsSocketPath: "/run/agent.sock"))
    let service = try envoy.cluster("static_cluster_sds_unix_socket")
    #expect(service.all("pipe") == [["path": "/run/agent.sock"]])
    let socket = try envoy.cluster("cds_egress_m_api_http_3000")["transport_socket"]
    #expect(socket?.all("tls_certificate_sds_secret_configs").first?.at("0/name") == "client")
    #expect(socket?.all("validation_context_sds_secret_config").first?["name"] == "ca")
    #expect(socket?.all("san_type") == ["URI"])
  }

  @Test func twoPoliciesMakeTwoClusters() throws {
    var mesh = calling(strict, policy())
    mesh.virtualServices.append(VirtualService("api2.local", node: "api"))
    mesh.virtualNodes[0].backends.append(
      .init(
        virtualServiceName: "api2.local", clientPolicy: .init(tls: policy("two.local"))))
    let envoy = try Compiling.sidecar(mesh)
    #expect(
      envoy.clusterNames.filter { $0.contains("api") } == [
        "cds_egress_m_api_http_3000", "cds_egress_m_api_http_3000_api2.local",
      ])
    let second = try envoy.cluster("cds_egress_m_api_http_3000_api2.local")
    #expect(second.all("exact") == ["two.local"])
    mesh.virtualNodes[0].backends[1].clientPolicy = nil
    #expect(
      try Compiling.sidecar(mesh).clusterNames.filter { $0.contains("api") }
        == ["cds_egress_m_api_http_3000"])
  }
}
