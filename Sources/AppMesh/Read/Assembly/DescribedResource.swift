import LosslessJSON

/// A resource of a mesh: its names, and its specification in unread form.
struct DescribedResource {
  let kind: MeshResourceKind
  let meshName: String
  let name: String
  /// The name of the router or gateway that contains a route.
  let parentName: String?
  let spec: SpecField
  let origin: Origin
  let standing: Standing

  /// The origin of a description. It decides between different descriptions of one resource.
  enum Standing: Comparable {
    /// A template or Terraform's state declares it, which can be older than the mesh.
    case declared
    /// App Mesh's API returned it.
    case observed
  }

  /// Members that do not affect behavior.
  private static let ignored = ["meshOwner", "clientToken", "tags", "metadata", "status"]

  /// - Parameters:
  /// - value: the properties of a CloudFormation resource, or App Mesh's own data.
  /// - origin: the place of the whole resource.
  init?(
    _ kind: MeshResourceKind, _ value: SpecValue, origin: Origin, standing: Standing,
    _ log: ProblemLog
  ) {
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
    self.standing = standing
  }
}

extension SpecField {
  /// This field. Reports a problem if it is missing.
  fileprivate var named: SpecField {
    if value == nil { log.add(SpecField.nameMissing, ["name": name], at: owner.origin) }
    return self
  }

  static let nameMissing = Rule.error(
    "mesh-name-missing", "'{name}' is missing, so the resource does not have a name.",
    fix: "Add '{name}' with the name that the resource has.")
}
