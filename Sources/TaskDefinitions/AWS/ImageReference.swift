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
    let repository = image[parts(of: image).repository]
    return names.contains { name in
      var name = name
      return name.withUTF8 { $0.count == repository.count && $0.elementsEqual(repository) }
    }
  }

  private static func parts(
    of image: UnsafeBufferPointer<UInt8>
  ) -> (repository: Range<Int>, tag: Range<Int>?) {
    let end = image.firstIndex(of: UInt8(ascii: "@")) ?? image.count
    let start = image[..<end].lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    guard let colon = image[start..<end].firstIndex(of: UInt8(ascii: ":")) else {
      return (start..<end, nil)
    }
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
