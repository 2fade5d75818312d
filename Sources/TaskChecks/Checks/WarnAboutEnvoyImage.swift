package import LosslessJSON
package import TaskDefinitions

/// Finds images of Envoy that are old, have no fixed tag, or come from the wrong registry, and health
/// checks that cannot pass in them.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy.html>
package struct WarnAboutEnvoyImage: Check {
  package static let name = "warn-of-envoy-image"
  package static let summary =
    "Warn about old and mutable images of Envoy, and health checks that never pass"

  package let envoy: PresentEnvoy

  /// The oldest minor version of App Mesh's image that still got fixes when App Mesh ended.
  private static let oldestMinor = 29

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let place = task.node(.image, of: envoy.container)
    let tag = envoy.reference.tag
    if envoy.reference.isEnvoy, !envoy.image.contains("@"), !envoy.image.isPlaceholder,
      tag == nil || tag == "latest"
    {
      findings.add(Self.mutableImage, ["image": envoy.image], at: place, in: task.document)
    }
    if envoy.hasAgent, let tag, let minor = Self.minor(of: tag), minor < Self.oldestMinor {
      findings.add(
        Self.oldEnvoyImage, ["tag": tag, "oldest": "\(Self.oldestMinor)"], at: place,
        in: task.document)
    }
    if let (account, region) = AppMeshRegistry.mismatch(in: envoy.image) {
      findings.add(
        Self.foreignRegistry, ["account": account, "region": region], at: place, in: task.document)
    }
    guard let check = task.node(.healthCheck, of: envoy.container) else { return }
    let command = task.texts(.command, of: check).joined(separator: " ")
    if envoy.image.hasPrefix("envoyproxy/envoy:"), command.contains("curl") {
      findings.add(
        Self.healthCheckWithoutCurl, at: task.node(.command, of: check), in: task.document)
    }
    if envoy.hasAgent, command.hasSuffix("grep -q live") {
      findings.add(Self.oldHealthCheck, at: task.node(.command, of: check), in: task.document)
    }
  }

  /// The minor version in a tag, such as 18 in `v1.18.3.0-prod`; `nil` for tags of another form.
  private static func minor(of tag: String) -> Int? {
    let parts = tag.split(separator: ".")
    guard tag.hasPrefix("v1."), parts.count >= 3 else { return nil }
    return Int(parts[1])
  }
}

extension WarnAboutEnvoyImage {
  package static let rules = [
    mutableImage, oldEnvoyImage, foreignRegistry, healthCheckWithoutCurl, oldHealthCheck,
  ]

  private static let mutableImage = Rule.warning(
    "mutable-image",
    "The image '{image}' has no fixed tag, so two tasks of one revision may run different versions "
      + "of Envoy.",
    fix: "Name a version or a digest.", see: Rule.Source.envoyImage)
  private static let oldEnvoyImage = Rule.warning(
    "old-envoy-image",
    "App Mesh's image {tag} is older than v1.{oldest}, so it lacks years of security fixes.",
    fix: "Use \(Defaults.appMeshImage).", see: Rule.Source.envoyImage)
  private static let foreignRegistry = Rule.warning(
    "foreign-registry",
    "Account {account} does not publish App Mesh's image in {region}, so ECS cannot pull it.",
    fix: "Use public.ecr.aws/appmesh/aws-appmesh-envoy, or the account of the region.",
    see: Rule.Source.envoyImage)
  private static let healthCheckWithoutCurl = Rule.warning(
    "health-check-without-curl",
    "Envoy's health check calls curl, which the image envoyproxy/envoy does not have, so Envoy never "
      + "becomes healthy.",
    fix: "Use bash and /dev/tcp instead, as inject does.",
    see: "https://github.com/envoyproxy/envoy/issues/31614")
  private static let oldHealthCheck = Rule.warning(
    "old-health-check",
    "Envoy's health check looks for 'live', but Envoy writes 'LIVE', so Envoy never becomes healthy.",
    fix: "Use 'curl -s http://localhost:9901/server_info | grep state | grep -q LIVE'.",
    see: Rule.Source.appMeshOnECS)
}
