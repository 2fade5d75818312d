package import LosslessJSON
package import TaskDefinitions

/// Finds a `proxyConfiguration` that contradicts itself or the container that it names.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html>
package struct CheckProxyWiring: Check {
  package static let name = "check-proxy-wiring"
  package static let summary = "Find a proxyConfiguration without its container, user or ports"

  package let proxy: ProxyConfiguration
  package let envoy: PresentEnvoy?

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    if let container = task.container(named: proxy.containerName) {
      checkUser(of: container, task, &findings)
    } else if !proxy.containerName.isPlaceholder {
      findings.add(
        Self.proxyContainerMissing, ["name": proxy.containerName], at: proxy.node,
        in: task.document)
    }
    if proxy[.egressPort] == nil {
      findings.add(Self.noEgressPort, at: proxy.node, in: task.document)
    }
    let (ports, ingress) = (proxy[.appPorts], proxy[.ingressPort])
    if (ports == nil) != (ingress == nil) {
      let names = [ProxyConfiguration.Name.appPorts, .ingressPort].map(\.rawValue)
      findings.add(
        Self.appPortsWithoutIngress,
        ["present": names[ports == nil ? 1 : 0], "missing": names[ports == nil ? 0 : 1]],
        at: ports?.node ?? ingress?.node, in: task.document)
    }
    if let envoy, let resource = envoy.resource,
      resource.kind == .virtualGateway
    {
      findings.add(
        Self.gatewayWithProxy, ["container": envoy.name, "gateway": resource.name], at: proxy.node,
        in: task.document)
    }
  }

  private func checkUser(
    of container: NodeID, _ task: TaskDefinition, _ findings: inout Findings
  ) {
    let (userID, groupID) = (proxy[.ignoredUID], proxy[.ignoredGID])
    if userID == nil, groupID == nil {
      return findings.add(Self.noIgnoredUser, at: proxy.node, in: task.document)
    }
    for case let id? in [userID, groupID] where Int(id.value) == nil && !id.isPlaceholder {
      findings.add(Self.notAUserID, ["value": id.value], at: id.node, in: task.document)
    }
    guard let uid = proxy.number(.ignoredUID) else { return }
    let identity = task.identity(of: container)
    // The image resolves a user name, and the group if none is written. Without a user, only images
    // that are known not to run as the ignored user are reported.
    let isKnown =
      task.node(.user, of: container) == nil
      ? envoy?.reference.isEnvoy == true : identity.uid != nil
    let canBeGroup = groupID != nil && identity.gid == nil
    if isKnown, !canBeGroup, !proxy.ignores(identity) {
      findings.add(
        Self.envoyUser, ["user": "\(uid)"], at: task.node(.user, of: container) ?? container,
        in: task.document)
    }
  }
}

extension CheckProxyWiring {
  package static let rules = [
    proxyContainerMissing, noIgnoredUser, notAUserID, envoyUser, noEgressPort,
    appPortsWithoutIngress, gatewayWithProxy,
  ]

  private static let proxyContainerMissing = Rule.error(
    "proxy-container-missing",
    "The proxyConfiguration names container '{name}', which the task does not have, so redirected "
      + "traffic goes nowhere.",
    fix:
      "Add that container, or remove proxyConfiguration, for example with 'inject-envoy uninject "
      + "\(.foreign)'.", see: Rule.Source.proxy)
  private static let noIgnoredUser = Rule.error(
    "no-ignored-user",
    "The proxyConfiguration ignores no user or group, so Envoy's own requests are redirected back to "
      + "it in an endless loop.",
    fix: "Add the property IgnoredUID with the user of the proxy container.",
    see: Rule.Source.proxy)
  private static let notAUserID = Rule.error(
    "not-a-user-id",
    "'{value}' is not a number, but ECS's redirection rules need the numeric ID of a user or group.",
    fix: "Write the numeric ID.", see: Rule.Source.plugin)
  package static let envoyUser = Rule.error(
    "envoy-user",
    "Envoy does not run as user {user}, whose traffic is not redirected, so its own requests are "
      + "redirected back to it in an endless loop.",
    fix: #"Give the proxy container the "user" that IgnoredUID names. \#(.user) sets both."#,
    see: Rule.Source.proxy)
  private static let noEgressPort = Rule.error(
    "no-egress-port", "The proxyConfiguration has no ProxyEgressPort, which ECS requires.",
    fix: "Add the property ProxyEgressPort. Envoy listens on 15001 by default.",
    see: Rule.Source.proxy)
  private static let appPortsWithoutIngress = Rule.error(
    "app-ports-without-ingress",
    "The proxyConfiguration has {present} but not {missing}. ECS needs both, or neither.",
    fix: "Add {missing}, or remove {present} to redirect outgoing traffic only.",
    see: Rule.Source.proxy)
  private static let gatewayWithProxy = Rule.error(
    "gateway-with-proxy",
    "Container '{container}' is the virtual gateway '{gateway}', so no traffic may be redirected to "
      + "it.",
    fix: "Remove proxyConfiguration, or name a virtual node.", see: Rule.Source.gateways)
}
