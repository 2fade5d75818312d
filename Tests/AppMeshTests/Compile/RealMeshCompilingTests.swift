import AppMesh
import EnvoyBootstrap
import LosslessJSON
import RealEnvoy
import Testing

/// Every member of published meshes.
@Suite(.enabled(if: !RealMesh.all.isEmpty, RealMesh.howToGet))
struct RealMeshCompilingTests {
  /// A member's configuration, or the errors that prevent compiling it.
  struct Outcome {
    var mesh: String
    var name: String
    var bootstrap: JSONValue?
    var problems: [Problem]
  }

  /// The files that a user would provide after reading the errors.
  static let files = replacing(
    .pem(certificateChain: .file("/keys/chain.pem"), privateKey: .file("/keys/key.pem")),
    .pem(.file("/keys/ca.pem")))

  /// The other ways to replace ACM.
  private static let variablesAndSecrets = [
    replacing(
      .pem(certificateChain: .environment("CHAIN"), privateKey: .environment("KEY")),
      .pem(.environment("CA"))),
    StoredCertificate(arn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:tls-AbCdEf")
      .map { replacing(.stored($0), .stored($0)) },
  ]

  private static func replacing(
    _ certificate: TLSCertificate, _ authority: CertificateValidation.TrustedCA
  ) -> MeshCertificates {
    MeshCertificates(
      certificates: Dictionary(uniqueKeysWithValues: acmARNs.map { ($0, certificate) }),
      authorities: Dictionary(uniqueKeysWithValues: acmARNs.map { ($0, authority) }))
  }

  private static let acmARNs = [
    "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/1",
    "arn:aws:acm:us-east-1:111122223333:certificate/1",
    "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/x",
    "arn:aws:acm:us-east-1:111122223333:certificate/x",
  ]

  static func outcomes(
    _ certificates: MeshCertificates, _ discovery: MeshDiscovery = .init()
  ) throws -> [Outcome] {
    try meshes.get().flatMap { folder, mesh in
      let compiler = MeshCompiler(mesh, certificates: certificates, discovery: discovery)
      let nodes = mesh.virtualNodes.map { node in
        outcome(folder, node.name) { () throws(MeshCompileError) in
          try compiler.sidecar(node: node.name, server: Compiling.server)
        }
      }
      return nodes
        + mesh.virtualGateways.map { gateway in
          outcome(folder, gateway.name) { () throws(MeshCompileError) in
            try compiler.gateway(gateway.name, server: Compiling.server)
          }
        }
    }
  }

  /// The meshes, keyed by folder name.
  private static let meshes = Result {
    try RealMesh.all.map { real in
      let files = try real.files()
      let reader = MeshReader(parameters: real.parameters(files))
      return (real.testDescription, try reader.read(files).mesh)
    }
  }

  private static func outcome(
    _ folder: String, _ name: String, _ compile: () throws(MeshCompileError) -> CompiledEnvoy
  ) -> Outcome {
    do throws(MeshCompileError) {
      let envoy = try compile()
      return Outcome(
        mesh: folder, name: name, bootstrap: envoy.bootstrap.json,
        problems: envoy.problems)
    } catch {
      guard case .refused(let problems) = error else {
        return Outcome(mesh: folder, name: name, problems: [])
      }
      return Outcome(
        mesh: folder, name: name, problems: problems.filter { $0.severity == .error })
    }
  }

  /// Every member is compiled, and loaded by Envoy where it is installed.
  @Test func everyMemberIsCompiled() async throws {
    let outcomes = try Self.outcomes(Self.files)
    #expect(Self.refusals(outcomes).isEmpty)
    try await load(outcomes, count: 88)
  }

  @Test(arguments: variablesAndSecrets)
  func certificatesOfACMComeFromVariablesAndSecrets(given: MeshCertificates?) async throws {
    let outcomes = try Self.outcomes(#require(given))
    #expect(Self.refusals(outcomes).isEmpty)
    try await load(outcomes.filter { Self.meshesWithACM.contains($0.mesh) }, count: 14)
  }

  @Test func everythingInCloudMapCanBeAskedThere() async throws {
    let outcomes = try Self.outcomes(Self.files, .init(method: .cloudMap))
    #expect(Self.refusals(outcomes).isEmpty)
    let meshes = ["howto-http-headers", "howto-servicediscovery-cloudmap"]
    try await load(outcomes.filter { meshes.contains($0.mesh) }, count: 11)
  }

  @Test func dnsDoesNotHaveAttributes() throws {
    let outcomes = try Self.outcomes(Self.files, .init(method: .dns))
    #expect(
      Self.refusals(outcomes) == [
        "howto-http-headers/front-node": ["cloud-map-attributes"],
        "howto-http2/color_client": ["cloud-map-attributes"],
        "howto-metrics-ext-djapp-v5/djapp": ["cloud-map-attributes"],
        "howto-servicediscovery-cloudmap/colorgateway": ["cloud-map-attributes"],
      ])
  }

  @Test func withoutFilesForACMItsMeshesAreRefused() throws {
    let refused = try Self.outcomes(.init()).filter { outcome in
      outcome.problems.contains { ["acm-authority", "acm-certificate"].contains($0.code) }
    }
    #expect(refused.count == 14 && refused.allSatisfy { $0.bootstrap == nil })
    #expect(Set(refused.map(\.mesh)) == Self.meshesWithACM)
  }

  private static let meshesWithACM: Set = [
    "ecs-crossvpc-tls", "howto-ingress-gateway", "howto-mutual-tls-file-provided-by-acm",
    "howto-timeout-policy", "tls-with-acm",
  ]

  private func load(_ outcomes: [Outcome], count: Int) async throws {
    let bootstraps = outcomes.compactMap(\.bootstrap)
    #expect(bootstraps.count == count)
    guard RealEnvoy.isExpected else { return }
    let compiled = try bootstraps.map { try TLSFiles.existing(in: $0).compactText }
    for complaint in try await RealEnvoy.complaints(about: compiled) {
      Issue.record("\(complaint)")
    }
  }

  private static func refusals(_ outcomes: [Outcome]) -> [String: Set<String>] {
    var refused: [String: Set<String>] = [:]
    for outcome in outcomes where outcome.bootstrap == nil {
      refused["\(outcome.mesh)/\(outcome.name)"] = Set(outcome.problems.map(\.code))
    }
    return refused
  }
}
