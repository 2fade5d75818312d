import CloudFormation
import LosslessJSON

extension TaskPlace {
  private static let resourceType = "AWS::ECS::TaskDefinition"

  /// The task definitions of a document: the document itself, or resources of a template.
  ///
  /// - Parameter names: logical ids; empty: every task definition of a template.
  static func all(
    in document: Document, named names: [String], _ findings: inout Findings
  ) -> [TaskPlace] {
    guard let resources = resources(of: document) else {
      if !names.isEmpty { findings.add(.noTemplate, in: document) }
      return [TaskPlace(root: document.root)]
    }
    let values = TemplateValues(document)
    let places = document.members(of: resources).compactMap { resource -> TaskPlace? in
      guard type(of: resource.value, in: document) == resourceType,
        let properties = document.member("Properties", of: resource.value)
      else { return nil }
      return TaskPlace(
        root: properties, dialect: .cloudFormation, resource: resource.name, values: values)
    }
    for name in names where !places.contains(where: { $0.resource == name }) {
      findings.add(.unknownResource(name, places), at: resources, in: document)
    }
    if places.isEmpty { findings.add(.emptyTemplate, at: resources, in: document) }
    return names.isEmpty
      ? places : places.filter { place in place.resource.map(names.contains) == true }
  }

  /// - Returns: `nil` when the document is no template.
  private static func resources(of document: Document) -> NodeID? {
    let isTask = document.member(Field.containerDefinitions.rawValue, of: document.root) != nil
    guard !isTask, let resources = document.member("Resources", of: document.root),
      document.kind(of: resources) == .object
    else { return nil }
    return resources
  }

  static func type(of resource: NodeID, in document: Document) -> String? {
    document.member("Type", of: resource).flatMap { document.string($0) }
  }
}

extension Finding.Message {
  fileprivate static let noTemplate = Self(
    .unknownResource, "--resource picks in a CloudFormation template, and this is none",
    fix: "leave --resource out")
  fileprivate static func unknownResource(_ name: String, _ places: [TaskPlace]) -> Self {
    let names = places.compactMap(\.resource).joined(separator: ", ")
    return Self(
      .unknownResource, "the template has no task definition '\(name)'",
      fix: names.isEmpty ? "leave --resource out" : "name one of: \(names)")
  }
  fileprivate static let emptyTemplate = Self(.emptyTemplate)
}
