import LosslessJSON

/// A resource in a Terraform state or plan.
struct TerraformResource {
  let type: String
  /// The attributes, under the provider's names.
  let values: SpecValue

  /// The prefix of App Mesh's resource types.
  private static let meshTypes = "aws_appmesh_"

  /// The kind of an App Mesh resource, or `nil` for resources of other services.
  var kind: MeshResourceKind? {
    guard type.hasPrefix(Self.meshTypes) else { return nil }
    return MeshResourceKind(rawValue: Self.camelCase(type.dropFirst(Self.meshTypes.count)))
  }

  /// The resource in the format of App Mesh's API.
  func described(as kind: MeshResourceKind) -> SpecValue {
    guard case .object(let members) = values.content else { return values }
    var described: [(name: String, value: SpecValue)] = []
    for member in members {
      switch member.name {
      case "name": described.append((kind.nameKey, member.value))
      case "mesh_name", "virtual_router_name", "virtual_gateway_name":
        described.append((Self.camelCase(member.name[...]), member.value))
      case "spec":
        if let spec = Self.inAPIForm(member.value, called: "spec") {
          described.append(("spec", spec))
        }
      default: break
      }
    }
    return values.replacing(content: .object(described))
  }

  /// Blocks that can be repeated. Every other block is a list with one element.
  private static let plurals = [
    "backend": "backends", "listener": "listeners", "weighted_target": "weightedTargets",
    "header": "headers", "query_parameter": "queryParameters", "metadata": "metadata",
    "json": "json",
  ]

  /// Numbers that the provider writes as 0 if they are not set. Other zeros are real values.
  private static let zeroIfMissing = ["port", "priority", "max_pending_requests"]

  /// - Returns: `nil` if the provider's value means that it is not set.
  private static func inAPIForm(_ value: SpecValue, called name: String) -> SpecValue? {
    switch value.content {
    case .scalar(let text):
      let isMissing = text.isEmpty || (text == "0" && zeroIfMissing.contains(name))
      return isMissing ? nil : value
    case .array(let elements):
      let converted = elements.compactMap { inAPIForm($0, called: name) }
      guard let first = converted.first else { return nil }
      if plurals[name] == nil, converted.count == 1, case .object = first.content { return first }
      return value.replacing(content: .array(converted))
    case .object(let members):
      if name == "attributes" { return attributes(members, of: value) }
      return value.replacing(
        content: .object(
          members.compactMap { member in
            inAPIForm(member.value, called: member.name).map {
              (plurals[member.name] ?? camelCase(member.name[...]), $0)
            }
          }))
    case .unresolved: return value
    }
  }

  /// The attributes of Cloud Map instances, which are a map in Terraform and a list in App Mesh.
  private static func attributes(
    _ members: [(name: String, value: SpecValue)], of value: SpecValue
  ) -> SpecValue? {
    guard !members.isEmpty else { return nil }
    return value.replacing(
      content: .array(
        members.map { member in
          value.replacing(
            content: .object([
              ("key", member.value.replacing(with: member.name)), ("value", member.value),
            ]))
        }))
  }

  private static func camelCase(_ name: Substring) -> String {
    var words = name.split(separator: "_")
    guard !words.isEmpty else { return "" }
    let first = words.removeFirst()
    return first + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}

extension TerraformResource {
  /// The resources of all modules in the output of `terraform show -json` (a state or a plan) or
  /// `terraform state pull`.
  ///
  /// - Returns: `nil` if the document is neither.
  static func resources(in root: NodeID, of source: SourceDocument) -> [TerraformResource]? {
    let document = source.document
    if document.member("terraform_version", of: root) == nil,
      document.member("format_version", of: root) == nil
    {
      return nil
    }
    for name in ["planned_values", "values"] {
      if let values = document.member(name, of: root),
        let module = document.member("root_module", of: values)
      {
        return shown(in: module, of: source)
      }
    }
    guard let resources = document.member("resources", of: root) else { return [] }
    return document.elements(of: resources).flatMap { resource in
      let instances = document.member("instances", of: resource)
      return (instances.map { document.elements(of: $0) } ?? []).compactMap { instance in
        TerraformResource(
          resource, document.member("attributes", of: instance), of: source)
      }
    }
  }

  /// The resources of a module of `terraform show -json`, and of the modules in it.
  private static func shown(in module: NodeID, of source: SourceDocument) -> [TerraformResource] {
    let document = source.document
    let resources = document.member("resources", of: module).map { document.elements(of: $0) } ?? []
    let children =
      document.member("child_modules", of: module).map { document.elements(of: $0) } ?? []
    return resources.compactMap { resource in
      TerraformResource(resource, document.member("values", of: resource), of: source)
    } + children.flatMap { shown(in: $0, of: source) }
  }

  private init?(_ resource: NodeID, _ values: NodeID?, of source: SourceDocument) {
    guard let values, let value = source.value(at: values, nil),
      let type = source.document.member("type", of: resource),
      let text = source.document.string(type)
    else { return nil }
    self.init(type: text, values: value)
  }
}
