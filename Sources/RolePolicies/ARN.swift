import TaskDefinitions

/// The parts of an Amazon Resource Name.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
package struct ARN: Hashable, Sendable {
  package let partition: String
  package let service: String
  package let region: String
  package let account: String
  package let resource: String

  /// - Returns: `nil` if the text is not an ARN.
  package init?(_ text: String) {
    let parts = text.utf8.split(
      separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false
    ).map(Substring.init)
    guard parts.count == 6, parts[0] == "arn" else { return nil }
    partition = String(parts[1])
    service = String(parts[2])
    region = String(parts[3])
    account = String(parts[4])
    resource = String(parts[5])
  }

  /// The partition that a region belongs to: botocore's `partitions.json`.
  package static func partition(ofRegion region: String) -> String {
    let others = [
      "cn-": "aws-cn", "us-gov-": "aws-us-gov", "us-iso-": "aws-iso", "us-isob-": "aws-iso-b",
      "eu-isoe-": "aws-iso-e", "us-isof-": "aws-iso-f", "eusc-": "aws-eusc",
    ]
    return others.first { region.hasPrefix($0.key) }?.value ?? "aws"
  }
}
