package import CloudFormation
package import LosslessJSON

/// The place of a task definition in a document, and its spelling there.
package struct TaskPlace: Sendable {
  package let root: NodeID
  package var dialect = Dialect.register
  /// The logical ID of the resource in a template.
  package var resource: String?
  /// Whether the document is a bare list of containers, which has no members of the task. Its network
  /// mode is an assumption.
  package var isList = false
  /// Whether the task definition is an element of the array that the document is.
  package var isElement = false
  /// The identifiers of the loops `Fn::ForEach` in whose bodies the resource stands.
  package var loopIdentifiers: [String] = []
  /// The values of the template's functions; `nil` if the document is not a template.
  package var values: TemplateValues?
  /// The template's policies that are separate resources, keyed by the logical ids of the roles that they
  /// are attached to unconditionally.
  package var attachedPolicies: [String: [NodeID]] = [:]
  /// The template's service that runs the task with ECS Service Connect.
  package var connectedService: ConnectedService?

  package var isInLoop: Bool { !loopIdentifiers.isEmpty }

  /// Whether a text has a variable of a loop, which CloudFormation replaces.
  package func hasLoopVariable(in text: String) -> Bool {
    loopIdentifiers.contains { text.contains("${\($0)}") || text.contains("&{\($0)}") }
  }

  /// The value of an intrinsic function; `nil` if it is not a function, or is unknown until
  /// deployment.
  package func resolve(_ node: NodeID, in document: Document) -> JSONValue? {
    guard let values, document.kind(of: node) == .object else { return nil }
    let value = document.value(node)
    return Intrinsic.isIntrinsic(value) ? values.resolve(value) : nil
  }

  /// Whether a value is an intrinsic function.
  package func isIntrinsic(_ node: NodeID, in document: Document) -> Bool {
    guard values != nil, document.kind(of: node) == .object else { return false }
    let members = document.members(of: node)
    return members.count == 1 && Intrinsic.isName(members[0].name)
  }
}

extension TaskPlace {
  /// The values that a deployment can choose from: the branches of `Fn::If` without those that evaluate to
  /// nothing, or the value itself if it is not `Fn::If`.
  package func choices(_ node: NodeID, in document: Document) -> [NodeID] {
    guard values != nil, let branches = branches(of: node, in: document) else { return [node] }
    return branches.flatMap { choices($0, in: document) }
  }

  /// - Returns: `nil` if the value is not `Fn::If`.
  private func branches(of node: NodeID, in document: Document) -> [NodeID]? {
    guard isIntrinsic(node, in: document), let arguments = document.member(Intrinsic.if, of: node)
    else { return nil }
    let parts = document.elements(of: arguments)
    guard parts.count == 3 else { return nil }
    return parts.dropFirst().filter { !isNoValue($0, in: document) }
  }

  private func isNoValue(_ node: NodeID, in document: Document) -> Bool {
    document.member(Intrinsic.ref, of: node).flatMap(document.string) == Intrinsic.noValue
  }
}

extension TaskPlace {
  /// The task definitions of a document: the document itself, or resources of a template. A template
  /// can have none.
  ///
  /// - Parameters:
  ///   - names: logical IDs. If there are none, all task definitions of a template.
  ///   - given: values for what a template leaves open.
  package static func all(
    in document: Document, named names: [String], given: GivenValues = GivenValues(),
    _ findings: inout Findings
  ) -> [TaskPlace] {
    guard let resources = TemplateResource.section(of: document) else {
      for name in names { findings.add(Self.unknownResource, ["name": name], in: document) }
      return elements(of: document) ?? [TaskPlace(root: document.root)]
    }
    let places = all(in: document, given: given)
    for name in names where !places.contains(where: { $0.resource == name }) {
      let known = places.compactMap(\.resource).joined(separator: ", ")
      findings.add(
        Self.unknownResource, ["name": name],
        fix: known.isEmpty ? nil : "Name one of these with \(.resource): \(known)", at: resources,
        in: document)
    }
    return names.isEmpty
      ? places : places.filter { place in place.resource.map(names.contains) == true }
  }

  /// The task definitions of an array, as `jq --slurp` makes it of several documents.
  ///
  /// - Returns: `nil` if the document is not such an array.
  private static func elements(of document: Document) -> [TaskPlace]? {
    guard document.kind(of: document.root) == .array else { return nil }
    let elements = document.elements(of: document.root)
    let areTasks = elements.allSatisfy { element in
      document.kind(of: element) == .object
        && document.member(Field.containerDefinitions.spelling, of: element) != nil
    }
    guard !elements.isEmpty, areTasks else { return nil }
    return elements.map { element in
      var place = TaskPlace(root: element)
      place.isElement = true
      return place
    }
  }

  /// The task definitions of a template; none if the document is not a template.
  package static func all(
    in document: Document, given: GivenValues = GivenValues()
  ) -> [TaskPlace] {
    let values = TemplateValues(document, given: given)
    let resources = TemplateResource.all(in: document)
    let policies = TemplateResource.attachedPolicies(of: resources, in: document)
    let services = ConnectedService.all(of: resources, values, in: document)
    return resources.compactMap { resource in
      guard resource.kind == .taskDefinition, let properties = resource.properties else {
        return nil
      }
      return TaskPlace(
        root: properties, dialect: .cloudFormation, resource: resource.name,
        loopIdentifiers: resource.loopIdentifiers, values: values, attachedPolicies: policies,
        connectedService: services[resource.name])
    }
  }
}

extension TaskPlace {
  package static let rules = [unknownResource]

  private static let unknownResource = Rule.error(
    "unknown-resource",
    "The document has no AWS::ECS::TaskDefinition with the logical ID '{name}'.",
    fix: "Leave \(.resource) out.", see: Rule.Source.taskDefinition)
}
