import CloudFormation
import LosslessJSON

extension TemplateSet {
  /// App Mesh's resources in the templates, without those whose condition does not hold.
  func meshResources(_ log: ProblemLog) -> [DescribedResource] {
    var found: [DescribedResource] = []
    for template in templates {
      for resource in template.resources {
        guard let kind = MeshResourceKind(templateType: resource.type) else {
          refuseUnknown(resource, in: template, log)
          continue
        }
        guard isThere(resource, in: template, log) else { continue }
        let origin = template.source.origin(of: resource.node)
        let properties = template.source.document.member("Properties", of: resource.node)
        guard
          let value = properties.flatMap({ template.source.value(at: $0, values(of: template)) })
        else {
          log.add(Self.noProperties, ["resource": resource.logicalID], at: origin)
          continue
        }
        if let described = DescribedResource(
          kind, value, origin: origin, standing: .declared, log)
        {
          found.append(described)
        }
      }
    }
    return found
  }

  /// Rejects resources that could be a part of the mesh and would be left out silently.
  private func refuseUnknown(
    _ resource: Template.Resource, in template: Template, _ log: ProblemLog
  ) {
    if resource.logicalID.hasPrefix("Fn::") {
      log.add(
        Self.unprocessed, ["function": resource.logicalID],
        at: template.source.origin(of: resource.node))
    } else if resource.type.hasPrefix(MeshResourceKind.templateTypes) {
      log.add(
        Self.unknownType,
        [
          "type": resource.type,
          "types": MeshResourceKind.allCases.map(\.templateType).joined(separator: ", "),
        ], at: template.source.origin(of: resource.node))
    }
  }

  private func isThere(
    _ resource: Template.Resource, in template: Template, _ log: ProblemLog
  ) -> Bool {
    guard let condition = resource.condition else { return true }
    do throws(Problem) {
      return try values(of: template).holds(condition)
    } catch {
      log.add(
        unresolved: error, needed: "The condition of '\(resource.logicalID)'",
        at: template.source.origin(of: resource.node))
      return false
    }
  }
}

extension TemplateSet {
  static let resourceRules = [noProperties, unprocessed, unknownType]

  private static let noProperties = Rule.error(
    "template-properties", "'{resource}' does not have Properties.", fix: "Add them.")
  private static let unprocessed = Rule.error(
    "template-unprocessed", "The resources that {function} generates are not read.",
    fix:
      "Give the processed template: 'aws cloudformation get-template --template-stage Processed'.")
  private static let unknownType = Rule.error(
    "template-resource-type", "App Mesh does not have resource type '{type}'.",
    fix: "Use one of: {types}.")
}
