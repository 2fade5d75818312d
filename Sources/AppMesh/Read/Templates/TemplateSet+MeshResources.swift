import CloudFormation
import LosslessJSON

extension TemplateSet {
  /// App Mesh's resources in the templates, without those whose condition does not hold.
  func meshResources(_ log: ProblemLog) -> [DescribedResource] {
    var found: [DescribedResource] = []
    for template in templates {
      for resource in template.resources {
        guard let kind = MeshResourceKind(templateType: resource.type),
          isThere(resource, in: template, log)
        else { continue }
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
