import LosslessJSON

/// The content of the given files, recognized by its form.
struct Description {
  private(set) var templates: [Template] = []
  /// Inputs and outputs of App Mesh's own API.
  private(set) var apiResources: [(kind: MeshResourceKind, value: SpecValue)] = []
  /// Outputs of `aws cloudformation list-exports`.
  private(set) var exports: [(name: String, value: String)] = []

  init(_ files: [MeshFile], _ log: ProblemLog) {
    for file in files {
      for source in file.documents(log) { add(source.document.root, of: source, log) }
    }
  }

  private mutating func add(_ node: NodeID, of source: SourceDocument, _ log: ProblemLog) {
    let document = source.document
    if document.kind(of: node) == .array {
      for element in document.elements(of: node) { add(element, of: source, log) }
    } else if let resources = document.member("Resources", of: node),
      document.kind(of: resources) == .object
    {
      templates.append(Template(source, root: node, resources: resources))
    } else if let list = document.member("Exports", of: node) {
      for export in document.elements(of: list) { add(export: document.value(export)) }
    } else {
      addResource(node, of: source, log)
    }
  }

  private mutating func add(export: JSONValue) {
    guard let name = export["Name"]?.string, let value = export["Value"]?.string else { return }
    exports.append((name, value))
  }

  /// - Parameter node: what `aws appmesh describe-*` prints, or what `create-*` takes.
  private mutating func addResource(
    _ node: NodeID, of source: SourceDocument, _ log: ProblemLog
  ) {
    guard let value = source.value(at: node, nil), case .object(let members) = value.content else {
      return log.add(Self.notAMesh, at: source.origin(of: node))
    }
    // A mesh alone can do without a specification.
    if value["spec"] != nil || value[MeshResourceKind.mesh.nameKey] != nil {
      return addInput(value, log)
    }
    var found = false
    for member in members where member.name != "ResponseMetadata" {
      guard let kind = MeshResourceKind(rawValue: member.name), member.value["spec"] != nil else {
        log.add(Self.notAMesh, at: member.value.origin)
        continue
      }
      apiResources.append((kind, member.value))
      found = true
    }
    if !found { log.add(Self.notAMesh, at: value.origin) }
  }

  /// Adds an input of `create-*`. Its names tell its kind.
  private mutating func addInput(_ value: SpecValue, _ log: ProblemLog) {
    let kinds: [MeshResourceKind] = [
      .gatewayRoute, .route, .virtualNode, .virtualGateway, .virtualRouter, .virtualService,
    ]
    if let kind = kinds.first(where: { value[$0.nameKey] != nil }) {
      apiResources.append((kind, value))
    } else if isMesh(value) {
      apiResources.append((.mesh, value))
    } else {
      log.add(Self.nameless, ["names": Self.missingNames(value)], at: value.origin)
    }
  }

  /// A specification with the name of a mesh only can be another resource without its name.
  private func isMesh(_ value: SpecValue) -> Bool {
    guard value[MeshResourceKind.mesh.nameKey] != nil else { return false }
    guard let spec = value["spec"], case .object(let members) = spec.content else { return true }
    let known = ["egressfilter", "servicediscovery"]
    return members.allSatisfy { known.contains($0.name.lowercased()) }
      && spec["serviceDiscovery"]?["dns"] == nil && spec["serviceDiscovery"]?["awsCloudMap"] == nil
  }
}

extension Description {
  static let rules = [notAMesh, nameless]

  private static let notAMesh = Rule.error(
    "not-a-mesh", "This does not describe a part of a mesh.",
    fix: "Give CloudFormation templates, outputs of 'aws appmesh describe-…', or inputs of "
      + "'aws appmesh create-…'.")
  private static let nameless = Rule.error(
    "mesh-resource-nameless", "This specification does not have a name.",
    fix: "Add the names beside \"spec\" that the command line gives: {names}, and \"meshName\".")

  /// The names that a specification without a name lacks, judged by its members.
  private static func missingNames(_ value: SpecValue) -> String {
    let spec = value["spec"]
    let isRoute = ["httpRoute", "http2Route", "grpcRoute", "tcpRoute"].first { spec?[$0] != nil }
    if let isRoute {
      let hasTarget = spec?[isRoute]?["action"]?["target"] != nil
      let kind = hasTarget ? MeshResourceKind.gatewayRoute : .route
      return [kind.nameKey, kind.parent?.nameKey].compactMap { $0 }.map { "\"\($0)\"" }
        .joined(separator: " and ")
    }
    if spec?["provider"] != nil { return "\"\(MeshResourceKind.virtualService.nameKey)\"" }
    let kinds: [MeshResourceKind] = [.virtualNode, .virtualGateway, .virtualRouter]
    return kinds.map { "\"\($0.nameKey)\"" }.joined(separator: ", ") + " or \"meshName\" alone"
  }
}
