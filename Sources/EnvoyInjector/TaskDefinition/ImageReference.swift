/// The parts of a container image's name, such as
/// `public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod`.
struct ImageReference: Hashable, Sendable {
  /// The last part of the path, without tag and digest.
  let repository: String
  /// `nil` when the image is named by digest alone, or not at all.
  let tag: String?

  init(_ image: String) {
    var image = image
    // By bytes: every filter asks, for every container.
    (repository, tag) = image.withUTF8 { bytes in
      let end = bytes.firstIndex(of: UInt8(ascii: "@")) ?? bytes.count
      let start = bytes[..<end].lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
      let name = bytes[start..<end]
      guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else {
        return (String(decoding: name, as: UTF8.self), nil)
      }
      return (
        String(decoding: name[..<colon], as: UTF8.self),
        String(decoding: name[(colon + 1)...], as: UTF8.self)
      )
    }
  }
}
