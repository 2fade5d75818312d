import CloudFormation
import LosslessJSON

/// Adds `proxyConfiguration`: the rules by which ECS redirects the task's TCP traffic to Envoy.
///
/// ECS's network plugin reads the values without trimming, and knows at most 15 ports in each
/// list: it ignores the rest.
/// <https://github.com/aws/amazon-vpc-cni-plugins/tree/main/plugins/aws-appmesh>
struct RedirectTraffic: Filter {
  static let name = "redirect-traffic"
  static let summary = "add proxyConfiguration: redirect the task's TCP traffic to Envoy"

  static let maximumPorts = 15

  let options: InjectionOptions

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    guard let envoy = task.envoy else { return }
    let appPorts = options.servedPorts(of: task, &findings)
    if appPorts.count > Self.maximumPorts {
      findings.add(
        .tooManyPorts(appPorts.count), at: task.node(.containerDefinitions), in: task.document)
      return
    }
    task.set(
      .proxyConfiguration,
      to: .fields([
        .type: "APPMESH",
        .containerName: .string(task.name(of: envoy)),
        .properties: .namedValues(properties(appPorts, ignoredPorts: ignoredPorts(task))),
      ]), because: "the application's traffic passes through Envoy without its knowing")
  }

  private func ignoredPorts(_ task: TaskDefinition) -> [Int] {
    if let ports = options.egressIgnoredPorts { return ports }
    return Defaults.ignoredPorts + (task.fileSystems.isEmpty ? [] : [Defaults.efsPort])
  }

  /// AppPorts and ProxyIngressPort come as a pair: without ports only outgoing traffic is
  /// redirected. A property that would be empty is left out.
  private func properties(
    _ appPorts: [ServedPort], ignoredPorts: [Int]
  ) -> [(name: String, value: JSONValue)] {
    let rest: [(ProxyConfiguration.Name, String)] = [
      (.egressPort, String(options.egressPort)),
      (.ingressPort, appPorts.isEmpty ? "" : String(options.ingressPort)),
      (.egressIgnoredIPs, options.egressIgnoredIPs.joined(separator: ",")),
      (.egressIgnoredPorts, list(ignoredPorts)),
      (.ignoredUID, String(options.user)),
      (.ignoredGID, options.ignoredGID.map { String($0) } ?? ""),
    ]
    let all =
      [(ProxyConfiguration.Name.appPorts, list(appPorts))]
      + rest.map { ($0.0, JSONValue.string($0.1)) }
    return all.filter { $0.1 != "" }.map { (name: $0.0.rawValue, value: $0.1) }
  }

  /// A template's functions stay functions: their ports may change when the stack is deployed.
  private func list(_ ports: [ServedPort]) -> JSONValue {
    let spellings = ports.map(\.spelling)
    guard ports.contains(where: \.isFunction) else {
      return .string(spellings.compactMap(\.string).joined(separator: ","))
    }
    if spellings.count == 1 { return spellings[0] }
    return [Intrinsic.join: [",", .array(spellings)]]
  }

  private func list(_ ports: [Int]) -> String {
    ports.map { String($0) }.joined(separator: ",")
  }
}

extension Finding.Message {
  fileprivate static func tooManyPorts(_ count: Int) -> Self {
    Self(
      .tooManyAppPorts,
      "the applications have \(count) TCP ports, and ECS redirects at most 15 to a proxy: "
        + "the rest would go past Envoy in silence")
  }
}
