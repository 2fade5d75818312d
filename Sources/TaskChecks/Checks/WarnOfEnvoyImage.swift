import LosslessJSON
package import TaskDefinitions

/// Envoy's image: its age, its tag, its registry, and a health check that can't pass in it.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy.html>
package struct WarnOfEnvoyImage: Check {
  package static let name = "warn-of-envoy-image"
  package static let summary = "old and moving images of Envoy, health checks that never pass"

  package let envoy: PresentEnvoy

  /// The oldest minor version of App Mesh's image that was still mended when App Mesh ended.
  private static let oldestMinor = 29

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let place = task.node(.image, of: envoy.container)
    let tag = envoy.reference.tag
    if envoy.reference.isEnvoy, !envoy.image.contains("@"), !envoy.image.isPlaceholder,
      tag == nil || tag == "latest"
    {
      findings.add(.mutable(envoy.image), at: place, in: task.document)
    }
    if envoy.hasAgent, let tag, let minor = Self.minor(of: tag), minor < Self.oldestMinor {
      findings.add(.old(tag), at: place, in: task.document)
    }
    if let (account, region) = AppMeshRegistry.mismatch(in: envoy.image) {
      findings.add(.registry(account, region), at: place, in: task.document)
    }
    guard let check = task.node(.healthCheck, of: envoy.container) else { return }
    let command = task.texts(.command, of: check).joined(separator: " ")
    if envoy.image.hasPrefix("envoyproxy/envoy:"), command.contains("curl") {
      findings.add(.noCurl, at: task.node(.command, of: check), in: task.document)
    }
    if envoy.hasAgent, command.hasSuffix("grep -q live") {
      findings.add(.oldCheck, at: task.node(.command, of: check), in: task.document)
    }
  }

  /// 18 of `v1.18.3.0-prod`; `nil` for tags of another form.
  private static func minor(of tag: String) -> Int? {
    let parts = tag.split(separator: ".")
    guard tag.hasPrefix("v1."), parts.count >= 3 else { return nil }
    return Int(parts[1])
  }
}

extension Message {
  fileprivate static func mutable(_ image: String) -> Self {
    Self(
      .mutableImage,
      "'\(image)' has no tag that stays, so two tasks of one revision may run different Envoys")
  }
  fileprivate static func old(_ tag: String) -> Self {
    Self(.oldEnvoyImage, "\(tag) of App Mesh's image is without years of security fixes")
  }
  fileprivate static func registry(_ account: String, _ region: String) -> Self {
    Self(
      .foreignRegistry,
      "account \(account) does not publish App Mesh's image in \(region), so it can't be pulled")
  }
  fileprivate static let noCurl = Self(.healthCheckWithoutCurl)
  fileprivate static let oldCheck = Self(.oldHealthCheck)
}
