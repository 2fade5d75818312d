import AppMesh
import LosslessJSON
import ServiceConnect
import Testing

/// A mesh that is converted and read back from the configurations differs only in the reported fields.
struct ServiceConnectPropertyTests {
  @Test(.enabled(if: !RealMesh.all.isEmpty, RealMesh.howToGet), arguments: RealMesh.all)
  func realMeshes(real: RealMesh) throws {
    let files = try real.files()
    try check(MeshReader(parameters: real.parameters(files)).read(files).mesh)
  }

  @Test(arguments: [
    "meshes/shop.yaml", "meshes/bank.yaml", "meshes/terraform.json", "mesh-complete/describe.json",
    "mesh-complete/template.yaml",
  ])
  func meshesOfTestdata(path: String) throws {
    try check(Reading.read(Reading.testdata(path)).mesh)
  }

  @Test func randomMeshes() throws {
    for number in 0..<2000 {
      var random = RandomMesh(number)
      try check(
        random.mesh(), "mesh \(number)", defaults: number % 4 == 0 ? .envoys : .retriesWithoutLimits
      )
    }
  }

  private func check(
    _ mesh: Mesh, _ comment: Comment? = nil, defaults: MeshDefaults = .retriesWithoutLimits
  ) throws {
    let plan = ServiceConnectPlan(mesh, defaults: defaults)
    let connected = MeshFacts(try ConnectedMesh.read(plan), .retriesWithoutLimits)
    let differing = MeshFacts(mesh, defaults).differing(from: connected)
    let reported = Set(plan.losses.flatMap(\.fields).map(\.tokens))
    for field in differing {
      let isReported = (1...field.count).contains { reported.contains(Array(field.prefix($0))) }
      #expect(isReported, "not reported: \(field) \(comment ?? "")")
    }
    for loss in plan.losses where loss.level != .note && !loss.fields.isEmpty {
      let isReal = loss.fields.contains { field in
        differing.contains { $0.starts(with: field.tokens) }
      }
      #expect(isReal, "not lost: \(loss.code) \(loss.fields) \(comment ?? "")")
    }
    try checkLimits(plan)
  }

  /// ECS's documented limits, which botocore does not know.
  private func checkLimits(_ plan: ServiceConnectPlan) throws {
    var names: [String] = []
    var aliases: [JSONValue] = []
    for service in plan.services {
      names += service.portMappings.compactMap { $0["name"]?.string }
      for entry in service.configuration["services"]?.array ?? [] {
        #expect(service.portMappings.contains { $0["name"] == entry["portName"] })
        names.append(try #require(entry["discoveryName"]?.string))
        aliases += entry["clientAliases"]?.array ?? []
      }
    }
    #expect(names.allSatisfy { (try? /[a-z0-9_-]{1,64}/.wholeMatch(in: $0)) != nil }, "\(names)")
    #expect(Set(names).count == names.count)
    #expect(Set(aliases).count == aliases.count)
  }
}
