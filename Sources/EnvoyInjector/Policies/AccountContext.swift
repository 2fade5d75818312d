import LosslessJSON

/// In which partition, region and account a task runs, as far as its task definition tells; `*`
/// stands for what it does not tell.
struct AccountContext: Hashable, Sendable {
  private(set) var partition = "aws"
  private(set) var region = "*"
  private(set) var account = "*"

  init(of task: TaskDefinition) {
    let roles = [task.text(.taskRoleArn), task.text(.executionRoleArn)].compactMap { $0 }
    for role in roles {
      let parts = role.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count >= 6, parts[0] == "arn" else { continue }
      partition = String(parts[1])
      account = String(parts[4])
    }
    for container in task.containers {
      guard let log = task.node(.logConfiguration, of: container),
        let options = task.node(.options, of: log),
        let named = task.document.member(LogOption.region, of: options),
        let text = task.document.string(named)
      else { continue }
      region = text
      if roles.isEmpty { partition = Self.partition(ofRegion: text) }
      return
    }
  }

  /// <https://docs.aws.amazon.com/general/latest/gr/rande.html>
  private static func partition(ofRegion region: String) -> String {
    if region.hasPrefix("cn-") { return "aws-cn" }
    return region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
  }

  /// The ARN of something in this account; a text that is an ARN already stays as it is.
  func arn(_ service: String, _ resource: String) -> String {
    guard !resource.hasPrefix("arn:") else { return resource }
    return "arn:\(partition):\(service):\(region):\(account):\(resource)"
  }
}
