/// An image in a private Amazon ECR repository, which a role must be allowed to pull.
/// <https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html>
struct PrivateImage: Hashable, Sendable {
  /// Of the repository.
  let arn: String

  /// - Returns: `nil` when the image is in another registry.
  init?(_ image: String) {
    guard let slash = image.firstIndex(of: "/") else { return nil }
    let host = image[..<slash].split(separator: ".", omittingEmptySubsequences: false)
    guard host.count >= 6, host[0].utf8.count == 12, host[0].allSatisfy(\.isNumber),
      host[1] == "dkr", host[2].hasPrefix("ecr"), host[4] == "amazonaws"
    else { return nil }
    let region = host[3]
    let partition =
      host.last == "cn" ? "aws-cn" : region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
    let path = image[image.index(after: slash)...].prefix { $0 != ":" && $0 != "@" }
    guard !path.isEmpty else { return nil }
    arn = "arn:\(partition):ecr:\(region):\(host[0]):repository/\(path)"
  }
}
