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
          log.add("'\(resource.logicalID)' has no Properties", fix: "add them", at: origin)
          continue
        }
        if let described = DescribedResource(kind, value, origin: origin, log) {
          found.append(described)
        }
      }
    }
    return found
  }

  /// What could be a part of the mesh, and would be left out silently.
  private func refuseUnknown(
    _ resource: Template.Resource, in template: Template, _ log: ProblemLog
  ) {
    if resource.logicalID.hasPrefix("Fn::") {
      log.add(
        "the resources that \(resource.logicalID) makes are not read",
        fix: "give the processed template: 'aws cloudformation get-template "
          + "--template-stage Processed'", at: template.source.origin(of: resource.node))
    } else if resource.type.hasPrefix(MeshResourceKind.templateTypes) {
      log.add(
        "App Mesh has no resource type '\(resource.type)'",
        fix: "write one of: "
          + MeshResourceKind.allCases.map(\.templateType).joined(separator: ", "),
        at: template.source.origin(of: resource.node))
    }
  }

  private func isThere(
    _ resource: Template.Resource, in template: Template, _ log: ProblemLog
  ) -> Bool {
    guard let condition = resource.condition else { return true }
    do throws(Unresolved) {
      return try values(of: template).holds(condition)
    } catch {
      log.add(
        "whether '\(resource.logicalID)' is there can't be found out: \(error.message)",
        fix: error.fix, at: template.source.origin(of: resource.node))
      return false
    }
  }
}
