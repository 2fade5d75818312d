import TaskDefinitions

/// An image in a private Amazon ECR repository, which a role must be allowed to pull.
/// <https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html>
package struct PrivateImage: Hashable, Sendable {
  /// The repository's ARN.
  package let arn: String

  /// - Returns: `nil` if the image is in another registry.
  package init?(_ image: String) {
    guard let slash = image.firstIndex(of: "/") else { return nil }
    let host = image[..<slash].split(separator: ".", omittingEmptySubsequences: false)
    guard host.count >= 4, host[0].utf8.count == 12, host[0].allSatisfy(\.isWholeNumber),
      let region = Self.region(host.dropFirst())
    else { return nil }
    let path = image[image.index(after: slash)...].prefix { $0 != ":" && $0 != "@" }
    guard !path.isEmpty else { return nil }
    let partition = ARN.partition(ofRegion: region)
    arn = "arn:\(partition):ecr:\(region):\(host[0]):repository/\(path)"
  }

  /// `dkr.ecr.REGION.…`, or the dual-stack `dkr-ecr.REGION.on.…`; each also with `ecr-fips`.
  /// <https://docs.aws.amazon.com/general/latest/gr/ecr.html>
  private static func region(_ host: ArraySlice<Substring>) -> String? {
    let isClassic = host.first == "dkr"
    let rest = isClassic ? host.dropFirst() : host
    let services = isClassic ? ["ecr", "ecr-fips"] : ["dkr-ecr", "dkr-ecr-fips"]
    guard let service = rest.first, services.contains(String(service)),
      let region = rest.dropFirst().first, rest.count >= 3
    else { return nil }
    let suffix = rest.dropFirst(2).joined(separator: ".")
    return suffixes.contains(suffix) ? String(region) : nil
  }

  /// The DNS suffixes of the partitions in botocore's `partitions.json`.
  private static let suffixes: Set<String> = [
    "amazonaws.com", "amazonaws.com.cn", "amazonaws.eu", "c2s.ic.gov", "sc2s.sgov.gov",
    "cloud.adc-e.uk", "csp.hci.ic.gov", "on.aws", "on.amazonwebservices.com.cn",
  ]
}
