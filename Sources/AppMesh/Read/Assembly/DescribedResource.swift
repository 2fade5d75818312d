/// A resource of some mesh: its names, and its specification still unread.
struct DescribedResource {
  let kind: MeshResourceKind
  let meshName: String
  let name: String
  /// Of the router or gateway in which a route stands.
  let parentName: String?
  let spec: Member
  let origin: Origin

  /// Members that say nothing about behaviour.
  private static let ignored = ["meshOwner", "clientToken", "tags", "metadata", "status"]

  /// - Parameters:
  ///   - value: properties of CloudFormation's resource, or App Mesh's own data.
  ///   - origin: of the whole resource.
  init?(_ kind: MeshResourceKind, _ value: SpecValue, origin: Origin, _ log: ProblemLog) {
    guard let object = ObjectReader(value, called: "the \(kind.words)", log) else { return nil }
    let meshName = object[MeshResourceKind.mesh.nameKey].named.name(of: .mesh)
    let name = kind == .mesh ? meshName : object[kind.nameKey].named.name(of: kind)
    let parentName = kind.parent.map { object[$0.nameKey].named.name(of: $0) }
    let spec = object["spec"]
    object.ignore(Self.ignored)
    object.refuseOthers()
    guard let meshName, let name, parentName != .some(nil) else { return nil }
    self.kind = kind
    self.meshName = meshName
    self.name = name
    self.parentName = parentName ?? nil
    self.spec = kind == .mesh ? spec : spec.required
    self.origin = origin
  }
}

extension Member {
  /// The same, with a problem when it is not given: who made the resource knows its name.
  fileprivate var named: Member {
    if value == nil {
      log.add(
        "'\(name)' is missing, and nothing else here tells the name",
        fix: "add '\(name)' with the name that the resource has", owner)
    }
    return self
  }
}
