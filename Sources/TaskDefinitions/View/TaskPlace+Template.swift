import CloudFormation
package import LosslessJSON

extension TaskPlace {
  /// The task definitions of a document: the document itself, or resources of a template, which
  /// may have none.
  ///
  /// - Parameter names: logical IDs. If there are none, all task definitions of a template.
  package static func all(
    in document: Document, named names: [String], _ findings: inout Findings
  ) -> [TaskPlace] {
    guard let resources = TemplateResource.section(of: document) else {
      for name in names { findings.add(Self.unknownResource, ["name": name], in: document) }
      return [TaskPlace(root: document.root)]
    }
    let places = all(in: document)
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

  /// The task definitions of a template; none if the document is not a template.
  package static func all(in document: Document) -> [TaskPlace] {
    let values = TemplateValues(document)
    return TemplateResource.all(in: document).compactMap { resource in
      guard resource.kind == .taskDefinition, let properties = resource.properties else {
        return nil
      }
      return TaskPlace(
        root: properties, dialect: .cloudFormation, resource: resource.name, values: values)
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
