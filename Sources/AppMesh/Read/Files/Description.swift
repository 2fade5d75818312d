import LosslessJSON

/// What the given files hold, told apart by their content.
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
      return log.add(noDescription: source.origin(of: node))
    }
    // A mesh alone can do without a specification.
    if value["spec"] != nil || value[MeshResourceKind.mesh.nameKey] != nil {
      return addInput(value, log)
    }
    var found = false
    for member in members where member.name != "ResponseMetadata" {
      guard let kind = MeshResourceKind(rawValue: member.name), member.value["spec"] != nil else {
        log.add(noDescription: member.value.origin)
        continue
      }
      apiResources.append((kind, member.value))
      found = true
    }
    if !found { log.add(noDescription: value.origin) }
  }

  /// The names tell what it is.
  private mutating func addInput(_ value: SpecValue, _ log: ProblemLog) {
    let kinds: [MeshResourceKind] = [
      .gatewayRoute, .route, .virtualNode, .virtualGateway, .virtualRouter, .virtualService,
    ]
    if let kind = kinds.first(where: { value[$0.nameKey] != nil }) {
      apiResources.append((kind, value))
    } else if isMesh(value) {
      apiResources.append((.mesh, value))
    } else {
      log.add(nameless: value)
    }
  }

  /// What says the name of a mesh only can be another resource whose name was left out.
  private func isMesh(_ value: SpecValue) -> Bool {
    guard value[MeshResourceKind.mesh.nameKey] != nil else { return false }
    guard let spec = value["spec"], case .object(let members) = spec.content else { return true }
    let known = ["egressfilter", "servicediscovery"]
    return members.allSatisfy { known.contains($0.name.lowercased()) }
      && spec["serviceDiscovery"]?["dns"] == nil && spec["serviceDiscovery"]?["awsCloudMap"] == nil
  }
}

extension ProblemLog {
  fileprivate func add(noDescription origin: Origin) {
    add(
      "this describes nothing of a mesh",
      fix: "give CloudFormation templates, outputs of 'aws appmesh describe-…', or inputs of "
        + "'aws appmesh create-…'", at: origin)
  }

  fileprivate func add(nameless value: SpecValue) {
    let spec = value["spec"]
    let isRoute = ["httpRoute", "http2Route", "grpcRoute", "tcpRoute"].first { spec?[$0] != nil }
    let names: String
    if let isRoute {
      let hasTarget = spec?[isRoute]?["action"]?["target"] != nil
      let kind = hasTarget ? MeshResourceKind.gatewayRoute : .route
      names = [kind.nameKey, kind.parent?.nameKey].compactMap { $0 }.map { "\"\($0)\"" }
        .joined(separator: " and ")
    } else if spec?["provider"] != nil {
      names = "\"\(MeshResourceKind.virtualService.nameKey)\""
    } else {
      let kinds: [MeshResourceKind] = [.virtualNode, .virtualGateway, .virtualRouter]
      names = kinds.map { "\"\($0.nameKey)\"" }.joined(separator: ", ") + " or \"meshName\" alone"
    }
    add(
      "this specification has no name, so nothing tells what it specifies",
      fix: "add the names beside \"spec\" that the command line gives: \(names), "
        + "and \"meshName\"", at: value.origin)
  }
}
