import CloudFormation
package import LosslessJSON

/// A service of a template that uses ECS Service Connect. ECS then runs a proxy in each of its tasks,
/// which no task definition shows.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-serviceconnectconfiguration.html>
package struct ConnectedService: Sendable {
  /// The logical id.
  package let name: String
  package let configuration: NodeID

  /// - Returns: the services, keyed by the logical ids of the task definitions that they run.
  static func all(
    of resources: [TemplateResource], _ values: TemplateValues, in document: Document
  ) -> [String: ConnectedService] {
    var services: [String: ConnectedService] = [:]
    for resource in resources where resource.kind == .service {
      guard let task = resource.property("TaskDefinition", in: document),
        let id = document.member(Intrinsic.ref, of: task).flatMap({ document.string($0) }),
        let property = resource.property("ServiceConnectConfiguration", in: document)
      else { continue }
      let choices = TaskPlace(root: property, values: values).choices(property, in: document)
      guard let configuration = choices.first(where: { isEnabled($0, values, document) }) else {
        continue
      }
      services[id] = ConnectedService(name: resource.name, configuration: configuration)
    }
    return services
  }

  /// Whether a configuration is not known to be disabled.
  private static func isEnabled(
    _ configuration: NodeID, _ values: TemplateValues, _ document: Document
  ) -> Bool {
    guard let enabled = document.member("Enabled", of: configuration) else { return true }
    return values.text(document.value(enabled)) != "false"
  }
}
