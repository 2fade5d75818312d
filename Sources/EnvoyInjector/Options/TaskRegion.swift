import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskDefinitions

extension InjectionOptions {
  /// The region in which the Envoy of a task calls AWS. `nil` if no option says it, and the document
  /// names none or several.
  func region(of task: TaskDefinition) -> AWSRegion? {
    if let region { return region }
    if task.place.values != nil { return .ofStack }
    let regions = task.regions
    return regions.count == 1 ? regions.first.flatMap(AWSRegion.init) : nil
  }
}

extension TaskDefinition {
  /// The regions in ARNs and in the options of the log driver `awslogs`.
  fileprivate var regions: Set<String> {
    let secrets = containers.flatMap { container in
      list(.secrets, of: container)
        + (node(.logConfiguration, of: container).map { list(.secretOptions, of: $0) } ?? [])
    }
    let arns =
      secrets.compactMap { text(.valueFrom, of: $0) }
      + containers.compactMap { container in
        node(.repositoryCredentials, of: container).flatMap {
          text(.credentialsParameter, of: $0)
        }
      }
    let logs = containers.compactMap { node(.logConfiguration, of: $0) }
      .compactMap { LogGroup(self, $0)?.region?.known }
    return Set(arns.compactMap { ARN($0)?.region }.filter { !$0.isEmpty } + logs)
  }
}
