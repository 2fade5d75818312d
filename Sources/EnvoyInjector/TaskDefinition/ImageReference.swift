/// The parts of a container image's name, such as
/// `public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod`.
struct ImageReference: Hashable, Sendable {
  /// The last part of the path, without tag and digest.
  let repository: String
  /// `nil` when the image is named by digest alone, or not at all.
  let tag: String?

  init(_ image: String) {
    let withoutDigest = image.prefix { $0 != "@" }
    let last = withoutDigest.split(separator: "/").last ?? ""
    let parts = last.split(separator: ":", maxSplits: 1)
    repository = parts.first.map(String.init) ?? ""
    tag = parts.count > 1 ? String(parts[1]) : nil
  }
}
