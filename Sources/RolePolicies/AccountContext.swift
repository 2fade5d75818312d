import CloudFormation
import LosslessJSON
package import TaskDefinitions

/// The partition, region and account in which a task runs, as far as its task definition shows them;
/// `*` stands for an unknown part. The region of a log group is taken as the region of the task. The
/// tasks of a template run in the account and region of its stack.
package struct AccountContext: Hashable, Sendable {
  package let partition: TemplateText
  package let region: TemplateText
  package let account: TemplateText
  /// `nil` if the account or the region is not known.
  package let trust: TrustPolicy?

  /// - Parameter added: the containers that need permissions.
  package init(of task: TaskDefinition, _ added: [AddedContainer]) {
    let roles = [task.text(.taskRoleArn), task.text(.executionRoleArn)]
    // A role belongs to the task's own account. A shared mesh belongs to another account.
    let arns = (roles + added.map(\.appMeshResource?.known)).compactMap { $0.flatMap(ARN.init) }
    let region = Self.region(arns, added, task)
    let partition = arns.first?.partition ?? region.map(ARN.partition(ofRegion:)) ?? "aws"
    let isStack = task.place.values != nil
    func text(_ pseudoParameter: String, _ known: String?) -> TemplateText {
      isStack
        ? TemplateText([.function([Intrinsic.ref: .string(pseudoParameter)], known: known)])
        : TemplateText(known ?? "*")
    }
    self.partition = text(Intrinsic.partition, partition)
    self.region = text(Intrinsic.region, region)
    account = text(Intrinsic.account, arns.first?.account)
    let place = (arns.first?.account, region)
    if case (.some(let account), .some(let region)) = place, !account.isEmpty {
      trust = TrustPolicy(account: account, region: region, partition: partition)
    } else {
      trust = nil
    }
  }

  /// The first region that is known. Loops, because the Swift runtime makes the type of a lazy chain when it is first
  /// used, which was 7 percent of the instructions of a start.
  private static func region(
    _ arns: [ARN], _ added: [AddedContainer], _ task: TaskDefinition
  ) -> String? {
    for arn in arns where !arn.region.isEmpty { return arn.region }
    for container in added {
      if let region = container.logGroup?.region?.known { return region }
    }
    for container in task.containers {
      guard let configuration = task.node(.logConfiguration, of: container) else { continue }
      if let region = LogGroup(task, configuration)?.region?.known { return region }
    }
    return nil
  }

  /// The ARN of a resource in this account. A text that is an ARN already stays as it is.
  package func arn(
    _ service: String, _ resource: TemplateText, in region: TemplateText? = nil
  ) -> TemplateText {
    guard !resource.isARN else { return resource }
    return "arn:" + partition + TemplateText(":\(service):") + (region ?? self.region) + ":"
      + account + ":" + resource
  }
}

extension TemplateText {
  /// Whether it contains a wildcard of IAM.
  var hasWildcard: Bool {
    parts.contains { part in
      switch part {
      case .literal(let text), .function(_, .some(let text)):
        text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
      case .function(_, nil): false
      }
    }
  }

  /// Whether it is an Amazon Resource Name, or an unresolved function, which may evaluate to one.
  package var isARN: Bool { (known ?? prefix)?.hasPrefix("arn:") ?? true }
}
