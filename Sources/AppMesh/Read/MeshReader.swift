/// Reads the description of a mesh: CloudFormation templates that belong together, outputs of
/// `aws appmesh describe-*`, inputs of `aws appmesh create-*`, or all of them.
///
/// Nothing is made up: what the files leave open, and what App Mesh would not have taken, is a
/// problem that names it.
public struct MeshReader: Sendable {
  /// Values for what templates leave open, by name: of a parameter (`ProjectName`), of a pseudo
  /// parameter (`AWS::Region`), of a resource's `Ref` (`LoadBalancer`) or of an attribute
  /// (`LoadBalancer.DNSName`).
  public var parameters: [String: String]
  /// Which mesh, where the files describe several.
  public var meshName: String?

  public init(parameters: [String: String] = [:], meshName: String? = nil) {
    self.parameters = parameters
    self.meshName = meshName
  }

  /// - Parameter files: in any order.
  /// - Throws: every problem that the files have.
  public func read(_ files: [MeshFile]) throws(MeshError) -> MeshReading {
    let log = ProblemLog()
    let description = Description(files, log)
    try log.check()
    let set = TemplateSet(
      templates: description.templates, given: parameters, exports: description.exports)
    set.checkGiven(log)
    let resources =
      set.meshResources(log)
      + description.apiResources.compactMap { kind, value in
        DescribedResource(kind, value, origin: value.origin, log)
      }
    guard let name = chooseMesh(resources, log) else { throw MeshError(problems: log.problems) }
    var assembly = MeshAssembly(name: name, log)
    for resource in resources where resource.meshName == name { assembly.add(resource) }
    let mesh = assembly.finish()
    try log.check()
    let losses = assembly.losses + CloudMapDescription(set).losses(of: mesh)
    return MeshReading(
      mesh: mesh,
      losses: losses.sorted { ($0.origin, $0.message) < ($1.origin, $1.message) })
  }

  private func chooseMesh(_ resources: [DescribedResource], _ log: ProblemLog) -> String? {
    let names = Set(resources.map(\.meshName)).sorted()
    if let meshName {
      if names.contains(meshName) { return meshName }
      if log.problems.isEmpty { log.add(noMesh: meshName, names) }
      return nil
    }
    if names.isEmpty, log.problems.isEmpty { log.add(noMesh: nil, names) }
    if names.count > 1 { log.add(severalMeshes: names) }
    return names.count == 1 ? names.first : nil
  }
}

/// A mesh as its description tells of it.
public struct MeshReading: Hashable, Sendable {
  public let mesh: Mesh
  /// What the description alone shows to be lost, in the order of places.
  public let losses: [Loss]
}

extension ProblemLog {
  fileprivate func add(noMesh name: String?, _ names: [String]) {
    guard let name else {
      return add(
        "the files describe no resource of App Mesh",
        fix: "give the templates or descriptions that do")
    }
    let list = names.joined(separator: ", ")
    add(
      "the files describe no mesh '\(name)'",
      fix: names.isEmpty ? "give the files that do" : "choose one with --mesh-name: \(list)")
  }

  fileprivate func add(severalMeshes names: [String]) {
    add(
      "the files describe \(names.count) meshes, and nothing says which one is meant",
      fix: "choose one with --mesh-name: \(names.joined(separator: ", "))")
  }
}
