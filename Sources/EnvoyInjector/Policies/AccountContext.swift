/// In which partition, region and account a task runs, as far as its task definition tells; `*`
/// stands for what it does not tell. Where a container logs is taken for where the task runs.
struct AccountContext: Hashable, Sendable {
  let partition: String
  let region: String
  let account: String

  /// - Parameter added: the containers whose needs are to be told.
  init(of task: TaskDefinition, _ added: [AddedContainer]) {
    let roles = [task.text(.taskRoleArn), task.text(.executionRoleArn)]
    // A role is the task's own account's; a shared mesh is another's.
    let arns = (roles + added.map(\.appMeshResource)).compactMap { $0.flatMap(ARN.init) }
    let region =
      arns.lazy.map(\.region).first { !$0.isEmpty }
      ?? (added + task.containers.map { AddedContainer(task, $0) }).lazy
      .compactMap { $0.logGroup?.region }.first
    self.region = region ?? "*"
    account = arns.first?.account ?? "*"
    partition = arns.first?.partition ?? region.map(ARN.partition(ofRegion:)) ?? "aws"
  }

  /// The ARN of something in this account; a text that is an ARN already stays as it is.
  func arn(_ service: String, _ resource: String, in region: String? = nil) -> String {
    guard !resource.hasPrefix("arn:") else { return resource }
    return "arn:\(partition):\(service):\(region ?? self.region):\(account):\(resource)"
  }
}
