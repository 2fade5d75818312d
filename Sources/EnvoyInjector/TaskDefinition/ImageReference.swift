/// The parts of a container image's name, such as
/// `public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod`.
struct ImageReference: Hashable, Sendable {
  /// The last part of the path, without tag and digest.
  let repository: String
  /// `nil` when the image is named by digest alone, or not at all.
  let tag: String?

  init(_ image: String) {
    // By bytes: every filter asks, for every container.
    let bytes = image.utf8
    let end = bytes.firstIndex(of: UInt8(ascii: "@")) ?? bytes.endIndex
    let slash = bytes[..<end].lastIndex(of: UInt8(ascii: "/"))
    let start = slash.map(bytes.index(after:)) ?? bytes.startIndex
    let colon = bytes[start..<end].firstIndex(of: UInt8(ascii: ":"))
    repository = String(image[start..<(colon ?? end)])
    tag = colon.map { String(image[bytes.index(after: $0)..<end]) }
  }
}
