import LosslessJSON
package import TaskDefinitions

/// Whether `proxyConfiguration` fits together, and to the container that it names.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html>
package struct CheckProxyWiring: Check {
  package static let name = "check-proxy-wiring"
  package static let summary = "proxyConfiguration without its container, user or ports"

  package let proxy: ProxyConfiguration
  package let envoy: PresentEnvoy?

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    if let container = task.container(named: proxy.containerName) {
      checkUser(of: container, task, &findings)
    } else if !proxy.containerName.isPlaceholder {
      findings.add(.missing(proxy.containerName), at: proxy.node, in: task.document)
    }
    if proxy[.egressPort] == nil { findings.add(.noEgressPort, at: proxy.node, in: task.document) }
    let (ports, ingress) = (proxy[.appPorts], proxy[.ingressPort])
    if (ports == nil) != (ingress == nil) {
      findings.add(
        .unpaired(has: ports == nil ? .ingressPort : .appPorts, lacks: ports == nil),
        at: ports?.node ?? ingress?.node, in: task.document)
    }
    if let envoy, let resource = envoy.resource,
      resource.kind == .virtualGateway
    {
      findings.add(.gateway(envoy.name, resource.name), at: proxy.node, in: task.document)
    }
  }

  private func checkUser(
    of container: NodeID, _ task: TaskDefinition, _ findings: inout Findings
  ) {
    let (userID, groupID) = (proxy[.ignoredUID], proxy[.ignoredGID])
    if userID == nil, groupID == nil {
      return findings.add(.noIgnoredUser, at: proxy.node, in: task.document)
    }
    for case let id? in [userID, groupID] where Int(id.value) == nil && !id.isPlaceholder {
      findings.add(.notAUserID(id.value), at: id.node, in: task.document)
    }
    guard let uid = proxy.number(.ignoredUID) else { return }
    let identity = task.identity(of: container)
    // A user name is the image's to resolve, and so is the group where none is written. Without
    // a user, only the images that are known not to choose the ignored one are spoken of.
    let isKnown =
      task.node(.user, of: container) == nil
      ? envoy?.reference.isEnvoy == true : identity.uid != nil
    let canBeGroup = groupID != nil && identity.gid == nil
    if isKnown, !canBeGroup, !proxy.ignores(identity) {
      findings.add(
        .wrongUser(uid), at: task.node(.user, of: container) ?? container, in: task.document)
    }
  }
}

extension Message {
  package static func wrongUser(_ user: Int) -> Self {
    Self(
      .envoyUser,
      "Envoy does not run as user \(user), whose traffic is not redirected: "
        + "its own requests would come back to it for ever")
  }
  fileprivate static func missing(_ name: String) -> Self {
    Self(
      .proxyContainerMissing,
      "proxyConfiguration sends the task's traffic to container '\(name)', "
        + "which the task does not have")
  }
  fileprivate static let noEgressPort = Self(.noEgressPort)
  fileprivate static let noIgnoredUser = Self(.noIgnoredUser)
  fileprivate static func unpaired(has name: ProxyConfiguration.Name, lacks ports: Bool) -> Self {
    let other = ports ? ProxyConfiguration.Name.appPorts : .ingressPort
    return Self(
      .appPortsWithoutIngress,
      "proxyConfiguration has \(name.rawValue) but no \(other.rawValue), and they belong together")
  }
  fileprivate static func notAUserID(_ text: String) -> Self {
    Self(.notAUserID, "'\(text)' is no number, which the redirection rules need")
  }
  fileprivate static func gateway(_ container: String, _ name: String) -> Self {
    Self(
      .gatewayWithProxy,
      "container '\(container)' is the virtual gateway '\(name)', to which no traffic may be "
        + "redirected")
  }
}
