import TaskDefinitions

/// Who publishes App Mesh's image in each region's private registry.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy.html>
package enum AppMeshRegistry {
  /// In all regions that are not in ``accounts``.
  private static let usual = "840364872350"
  private static let accounts = [
    "me-south-1": "772975370895", "ap-east-1": "856666278305", "ap-southeast-3": "909464085924",
    "eu-south-1": "422531588944", "af-south-1": "924023996002", "il-central-1": "564877687649",
    "eu-south-2": "992897592190", "eu-central-2": "704106688930", "cn-north-1": "919366029133",
    "cn-northwest-1": "919830735681",
  ]

  /// An account that publishes the image, but in another region. Other accounts are mirrors.
  package static func mismatch(in image: String) -> (account: String, region: String)? {
    let parts = image.split(separator: ".", maxSplits: 4).map(String.init)
    guard parts.count == 5, parts[1] == "dkr", parts[2] == "ecr" else { return nil }
    let (account, region) = (parts[0], parts[3])
    guard account == usual || accounts.values.contains(account),
      accounts[region] ?? usual != account
    else { return nil }
    return (account, region)
  }
}
