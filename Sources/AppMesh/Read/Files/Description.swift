import LosslessJSON

/// The content of all files, recognized by its format.
struct Description {
  private(set) var templates: [Template] = []
  /// App Mesh resources from sources other than templates.
  private(set) var resources: [Resource] = []
  /// Terraform resources that do not belong to App Mesh.
  private(set) var otherResources: [TerraformResource] = []
  /// Exports of stacks, from `list-exports` and `describe-stacks`.
  private(set) var exports: [(name: String, value: String)] = []
  /// Parameters of deployed stacks, from `describe-stacks`. Values on which stacks differ are absent.
  private(set) var stackParameters: [String: String] = [:]
  private var ambiguousParameters: Set<String> = []
  private var recorded: [RecordedResource] = []

  struct Resource {
    let kind: MeshResourceKind
    let value: SpecValue
    let standing: DescribedResource.Standing
  }

  init(_ files: [MeshFile], _ log: ProblemLog) {
    for file in files {
      for source in file.documents(log) { add(source.document.root, of: source, log) }
    }
    resources += RecordedResource.newest(recorded).map { record in
      Resource(kind: record.kind, value: record.value, standing: .observed)
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
    } else if let body = document.member("TemplateBody", of: node) {
      addTemplate(body, of: source, log)
    } else if let list = document.member("Exports", of: node) {
      for export in document.elements(of: list) {
        add(export: document.value(export), named: "Name", "Value")
      }
    } else if let stacks = document.member("Stacks", of: node) {
      for stack in document.elements(of: stacks) { add(stack: document.value(stack)) }
    } else if let found = TerraformResource.resources(in: node, of: source) {
      add(found, at: source.origin(of: node), log)
    } else if let records = RecordedResource.events(in: node, of: source)
      ?? RecordedResource.configurationItems(in: node, of: source)
    {
      recorded += records
    } else {
      addResource(node, of: source, log)
    }
  }

  /// Adds the output of `aws cloudformation get-template`, which holds a JSON template as an object and a
  /// YAML template as text.
  private mutating func addTemplate(
    _ body: NodeID, of source: SourceDocument, _ log: ProblemLog
  ) {
    guard source.document.kind(of: body) != .object else { return add(body, of: source, log) }
    guard let template = source.embedded(body) else {
      return log.add(Self.unreadableBody, at: source.origin(of: body))
    }
    add(template.document.root, of: template, log)
  }

  private mutating func add(export: JSONValue, named name: String, _ value: String) {
    guard let name = export[name]?.string, let value = export[value]?.string else { return }
    exports.append((name, value))
  }

  private mutating func add(stack: JSONValue) {
    for output in stack["Outputs"]?.array ?? [] {
      add(export: output, named: "ExportName", "OutputValue")
    }
    for parameter in stack["Parameters"]?.array ?? [] {
      let value = (parameter["ResolvedValue"] ?? parameter["ParameterValue"])?.string
      guard let name = parameter["ParameterKey"]?.string, let value,
        !ambiguousParameters.contains(name),
        // CloudFormation masks the value of a parameter with NoEcho.
        value != "****"
      else { continue }
      if let known = stackParameters[name], known != value {
        ambiguousParameters.insert(name)
        stackParameters[name] = nil
      } else {
        stackParameters[name] = value
      }
    }
  }

  private mutating func add(
    _ found: [TerraformResource], at origin: Origin, _ log: ProblemLog
  ) {
    for resource in found {
      if let kind = resource.kind {
        resources.append(
          Resource(kind: kind, value: resource.described(as: kind), standing: .declared))
      } else {
        otherResources.append(resource)
      }
    }
    if !found.contains(where: { $0.kind != nil }) { log.add(Self.noTerraformMesh, at: origin) }
  }

  /// - Parameter node: the output of `aws appmesh describe-*`, or the input of `create-*`.
  private mutating func addResource(
    _ node: NodeID, of source: SourceDocument, _ log: ProblemLog
  ) {
    guard let value = source.value(at: node, nil), case .object(let members) = value.content else {
      return log.add(notAMesh: node, of: source)
    }
    // Only a mesh can be described without a specification.
    if value["spec"] != nil || value[MeshResourceKind.mesh.nameKey] != nil {
      return addInput(value, log)
    }
    let described = members.filter { member in
      MeshResourceKind(rawValue: member.name) != nil && member.value["spec"] != nil
    }
    guard !described.isEmpty else { return log.add(notAMesh: node, of: source) }
    for member in members where member.name != "ResponseMetadata" {
      guard let kind = MeshResourceKind(rawValue: member.name), member.value["spec"] != nil else {
        log.add(Self.notAMesh, ["seems": ""], at: member.value.origin)
        continue
      }
      resources.append(Resource(kind: kind, value: member.value, standing: .observed))
    }
  }

  /// Adds an input of `create-*`. Its names determine the kind.
  private mutating func addInput(_ value: SpecValue, _ log: ProblemLog) {
    let kinds: [MeshResourceKind] = [
      .gatewayRoute, .route, .virtualNode, .virtualGateway, .virtualRouter, .virtualService,
    ]
    if let kind = kinds.first(where: { value[$0.nameKey] != nil }) {
      resources.append(Resource(kind: kind, value: value, standing: .observed))
    } else if isMesh(value) {
      resources.append(Resource(kind: .mesh, value: value, standing: .observed))
    } else {
      log.add(Self.nameless, ["names": Self.missingNames(value)], at: value.origin)
    }
  }

  /// Whether the value is a mesh. A specification that has only a mesh name can also be another resource
  /// without its name.
  private func isMesh(_ value: SpecValue) -> Bool {
    guard value[MeshResourceKind.mesh.nameKey] != nil else { return false }
    guard let spec = value["spec"], case .object(let members) = spec.content else { return true }
    let known = ["egressfilter", "servicediscovery"]
    return members.allSatisfy { known.contains($0.name.lowercased()) }
      && spec["serviceDiscovery"]?["dns"] == nil && spec["serviceDiscovery"]?["awsCloudMap"] == nil
  }
}

extension Description {
  static let rules = [configDump, nameless, noTerraformMesh, notAMesh, unreadableBody]

  private static let sources: Wording =
    "Give the output of 'terraform show -json', CloudFormation templates, outputs of 'aws appmesh "
    + "describe-…', inputs of 'aws appmesh create-…', or CloudTrail events of App Mesh."

  fileprivate static let configDump = Rule.error(
    "mesh-config-dump",
    "This is the 'config_dump' of a running Envoy. It holds {contents}: what App Mesh made for one "
      + "Envoy, without the other Envoys, the names of services and routes, the private keys, and "
      + "the endpoints' discovery.",
    fix: sources)
  fileprivate static let notAMesh = Rule.error(
    "not-a-mesh", "This does not describe a part of a mesh{seems}.", fix: sources)
  private static let noTerraformMesh = Rule.error(
    "mesh-terraform-none",
    "This Terraform state or plan does not have resources of App Mesh.",
    fix: "Give the state of the configuration that has the 'aws_appmesh_…' resources.")
  private static let unreadableBody = Rule.error(
    "template-body", "TemplateBody is not a template.",
    fix: "Give the output of 'aws cloudformation get-template'.")
  private static let nameless = Rule.error(
    "mesh-resource-nameless", "This specification does not have a name.",
    fix: "Add the names beside \"spec\" that the command line gives: {names}, and \"meshName\".")

  /// The names that are missing from a specification, according to its members.
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

extension ProblemLog {
  /// Reports one problem for a document, with a guess at its format.
  fileprivate func add(notAMesh node: NodeID, of source: SourceDocument) {
    let kind = FileKind(node, of: source)
    if kind == .configDump {
      let contents = ConfigDump(node, of: source).text
      return add(Description.configDump, ["contents": contents], at: source.origin(of: node))
    }
    let seems = kind == .unknown ? "" : ": it seems to be \(kind.rawValue)"
    add(Description.notAMesh, ["seems": seems], at: source.origin(of: node))
  }
}
