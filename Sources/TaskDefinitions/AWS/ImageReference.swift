/// The parts of a container image's name, such as
/// `public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod`.
package struct ImageReference: Hashable, Sendable {
  /// The last part of the path, without tag and digest.
  package let repository: String
  /// `nil` if the reference has no tag.
  package let tag: String?

  package init(_ image: String) {
    var image = image
    (repository, tag) = image.withUTF8 { bytes in
      let parts = Self.parts(of: bytes)
      return (
        String(decoding: bytes[parts.repository], as: UTF8.self),
        parts.tag.map { String(decoding: bytes[$0], as: UTF8.self) }
      )
    }
  }

  /// Whether an image's repository is one of `names`. Compares bytes without making strings, because
  /// every filter calls it for every container.
  package static func isRepository(_ names: [String], of image: UnsafeBufferPointer<UInt8>) -> Bool
  {
    let repository = UnsafeBufferPointer(rebasing: image[parts(of: image).repository])
    return names.contains { name in
      guard name.utf8.count == repository.count else { return false }
      return name.utf8.elementsEqual(repository)
    }
  }

  private static func parts(
    of image: UnsafeBufferPointer<UInt8>
  ) -> (repository: Range<Int>, tag: Range<Int>?) {
    var (start, end) = (image.count, image.count)
    var colon: Int?
    // One loop from the end, because every filter calls it for every container.
    while start > 0, image[start - 1] != UInt8(ascii: "/") {
      start -= 1
      if image[start] == UInt8(ascii: "@") { (end, colon) = (start, nil) }
      if image[start] == UInt8(ascii: ":") { colon = start }
    }
    guard let colon else { return (start..<end, nil) }
    return (start..<colon, colon + 1..<end)
  }
}

extension ImageReference {
  /// The repository of App Mesh's image.
  package static let agents = ["aws-appmesh-envoy"]
  /// Repositories of images that run Envoy: upstream's, App Mesh's, and mirrors that keep the name.
  package static let envoys =
    ["envoy", "envoy-alpine", "envoy-distroless", "envoy-contrib"] + agents

  /// Repositories of other service meshes' proxies: Consul, Kuma, Istio and Linkerd.
  package static let otherMeshes = [
    "consul-dataplane", "kuma-dp", "proxyv2", "ztunnel", "linkerd-proxy",
  ]

  package var isEnvoy: Bool { Self.envoys.contains(repository) }
}
