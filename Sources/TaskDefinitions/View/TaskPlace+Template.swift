import CloudFormation
package import LosslessJSON

extension TaskPlace {
  /// The task definitions of a document: the document itself, or resources of a template, which
  /// may have none.
  ///
  /// - Parameter names: logical ids; empty: every task definition of a template.
  package static func all(
    in document: Document, named names: [String], _ findings: inout Findings
  ) -> [TaskPlace] {
    guard let resources = TemplateResource.section(of: document) else {
      if !names.isEmpty { findings.add(.noTemplate, in: document) }
      return [TaskPlace(root: document.root)]
    }
    let places = all(in: document)
    for name in names where !places.contains(where: { $0.resource == name }) {
      findings.add(.unknownResource(name, places), at: resources, in: document)
    }
    return names.isEmpty
      ? places : places.filter { place in place.resource.map(names.contains) == true }
  }

  /// The task definitions of a template; none when the document is no template.
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

extension Message {
  fileprivate static let noTemplate = Self(
    .unknownResource, "\(.resource) picks in a CloudFormation template, and this is none",
    fix: "leave \(.resource) out")
  fileprivate static func unknownResource(_ name: String, _ places: [TaskPlace]) -> Self {
    let names = places.compactMap(\.resource).joined(separator: ", ")
    return Self(
      .unknownResource, "the template has no task definition '\(name)'",
      fix: names.isEmpty ? "leave \(.resource) out" : "name one of: \(names)")
  }
}
