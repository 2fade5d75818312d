import CloudFormation
public import LosslessJSON

/// Reads the description of a mesh from any combination of Terraform states and plans, CloudFormation
/// templates, outputs of `aws appmesh describe-*`, inputs of `aws appmesh create-*`, CloudTrail events, and
/// AWS Config items.
///
/// It never guesses: a value that the files leave open, or that App Mesh does not accept, is reported as a
/// problem.
public struct MeshReader: Sendable {
  /// Values for everything that templates leave open, by name: a parameter (`ProjectName`), a pseudo
  /// parameter (`AWS::Region`), a resource's `Ref` (`LoadBalancer`), or an attribute
  /// (`LoadBalancer.DNSName`).
  public var parameters: [String: String]
  /// The mesh to read if the files describe several.
  public var meshName: String?
  /// Whether defaults of parameters are rejected, so that every parameter in use needs a value.
  public var requiresParameters: Bool
  /// Whether ``parameters`` may have names that these files do not have, because other templates do.
  public var acceptsOtherParameters = false

  public init(
    parameters: [String: String] = [:], meshName: String? = nil, requiresParameters: Bool = false
  ) {
    self.parameters = parameters
    self.meshName = meshName
    self.requiresParameters = requiresParameters
  }

  /// - Parameter files: the files, in any order.
  /// - Throws: all problems of the files.
  public func read(_ files: [MeshFile]) throws(MeshError) -> MeshReading {
    let log = ProblemLog()
    let description = Description(files, log)
    try log.check()
    let set = TemplateSet(
      templates: description.templates, given: parameters,
      stackParameters: description.stackParameters, exports: description.exports)
    let given = GivenValues(parameters)
    let templates = description.templates.map(\.value)
    let problems =
      acceptsOtherParameters
      ? given.valuesNotAllowed(in: templates) : given.problems(in: templates)
    for problem in problems { log.add(problem) }
    let resources =
      set.meshResources(log)
      + description.resources.compactMap { resource in
        DescribedResource(
          resource.kind, resource.value, origin: resource.value.origin,
          standing: resource.standing, log)
      }
    guard let name = chooseMesh(resources, log) else { throw MeshError(log.problems) }
    var assembly = MeshAssembly(name: name, log)
    for resource in resources where resource.meshName == name { assembly.add(resource) }
    var mesh = assembly.finish()
    let cloudMap = CloudMapDescription(set, description.otherResources)
    for index in mesh.virtualNodes.indices {
      mesh.virtualNodes[index].lackOfRecords = cloudMap.lackOfRecords(of: mesh.virtualNodes[index])
    }
    let defaults = set.defaults.problem(isError: requiresParameters)
    if let defaults, requiresParameters { log.add(defaults) }
    try log.check()
    let warnings = assembly.warnings + (defaults.map { [$0] } ?? [])
    return MeshReading(
      mesh: mesh, problems: warnings.inOrderOfPlaces,
      otherParameters: given.namesMissing(in: templates))
  }

  private func chooseMesh(_ resources: [DescribedResource], _ log: ProblemLog) -> String? {
    let names = Set(resources.map(\.meshName)).sorted()
    if let meshName {
      if names.contains(meshName) { return meshName }
      if log.isEmpty {
        log.add(
          Self.unknownMesh, ["name": meshName, "names": names.joined(separator: ", ")],
          fix: names.isEmpty ? nil : "Choose one with \(.meshName): {names}.")
      }
      return nil
    }
    if names.isEmpty, log.isEmpty { log.add(Self.noMesh) }
    if names.count > 1 {
      log.add(
        Self.severalMeshes,
        ["count": "\(names.count)", "names": names.joined(separator: ", ")])
    }
    return names.count == 1 ? names.first : nil
  }
}

/// A mesh, and the problems of its description.
public struct MeshReading: Hashable, Sendable {
  public let mesh: Mesh
  /// Sorted by place.
  public let problems: [Problem]
  /// The names of ``MeshReader/parameters`` that the files do not have.
  public let otherParameters: [String]
}

extension [Problem] {
  fileprivate var inOrderOfPlaces: [Problem] {
    map { (place: $0.place ?? Place(), text: $0.text.description, problem: $0) }
      .sorted { one, other in
        (one.place.file ?? "", one.place.line ?? 0, one.place.pointer.description, one.text)
          < (
            other.place.file ?? "", other.place.line ?? 0, other.place.pointer.description,
            other.text
          )
      }
      .map(\.problem)
  }
}

extension MeshReader {
  static let rules = [noMesh, unknownMesh, severalMeshes]

  private static let noMesh = Rule.error(
    "mesh-none", "The files do not describe any resource of App Mesh.",
    fix: "Give the templates or descriptions that do.")
  private static let unknownMesh = Rule.error(
    "mesh-unknown", "The files do not describe mesh '{name}'.",
    fix: "Give the files that do.")
  private static let severalMeshes = Rule.error(
    "mesh-several", "The files describe {count} meshes.",
    fix: "Choose one with \(.meshName): {names}.")
}
