import CloudFormation
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Adds `proxyConfiguration`: the rules by which ECS redirects the task's TCP traffic to Envoy.
///
/// ECS's network plugin does not trim the values, and uses at most 15 ports of each list. It ignores the
/// rest.
/// <https://github.com/aws/amazon-vpc-cni-plugins/tree/main/plugins/aws-appmesh>
struct RedirectTraffic: Filter {
  static let name = "redirect-traffic"
  static let summary = "Add proxyConfiguration, which redirects the task's TCP traffic to Envoy"

  private let options: InjectionOptions
  private let plain: Variants
  /// The value for tasks with EFS volumes, which ECS mounts before any container runs.
  private let mounting: Variants

  /// The values for tasks with and without application ports. Only the ports differ between tasks.
  private struct Variants {
    let serving: Lazy<PreparedValue>
    let onlySending: Lazy<PreparedValue>
  }

  init(options: InjectionOptions) {
    self.options = options
    let ports = options.egressIgnoredPorts
    plain = Self.variants(options, ports ?? Defaults.ignoredPorts)
    mounting = Self.variants(options, ports ?? Defaults.ignoredPorts + [Defaults.efsPort])
  }

  func apply(to context: inout StageContext) {
    guard context.envoy != nil else { return }
    let appPorts = options.servedPorts(
      of: context.applications, in: context.task, &context.findings)
    if appPorts.count > ProxyConfiguration.maximumPorts {
      context.report(
        CheckProxyLists.tooManyAppPorts,
        ["count": "\(appPorts.count)", "limit": "\(ProxyConfiguration.maximumPorts)"],
        at: context.task.node(.containerDefinitions))
      return
    }
    let variants = context.task.fileSystems.isEmpty ? plain : mounting
    context.set(
      .proxyConfiguration, to: (appPorts.isEmpty ? variants.onlySending : variants.serving).value,
      filling: .value(Self.list(appPorts)),
      because: "ECS redirects the application's traffic to Envoy.")
  }

  /// AppPorts and ProxyIngressPort must be set together. Without ports, only outgoing traffic is redirected.
  private static func variants(_ options: InjectionOptions, _ ignoredPorts: [Int]) -> Variants {
    let common: [(ProxyConfiguration.Name, String)] = [
      (.egressIgnoredIPs, options.egressIgnoredIPs.joined(separator: ",")),
      (.egressIgnoredPorts, ignoredPorts.map { String($0) }.joined(separator: ",")),
      (.ignoredUID, String(options.user)),
      (.ignoredGID, options.ignoredGID.map { String($0) } ?? ""),
    ]
    let egress = (ProxyConfiguration.Name.egressPort, String(options.egressPort))
    let ingress = (ProxyConfiguration.Name.ingressPort, String(options.ingressPort))
    return Variants(
      serving: Lazy { prepared(options, [(.appPorts, blank), egress, ingress] + common) },
      onlySending: Lazy { prepared(options, [egress] + common) })
  }

  /// A placeholder for the application's ports.
  private static let blank = "-"

  private static func prepared(
    _ options: InjectionOptions, _ properties: [(ProxyConfiguration.Name, String)]
  ) -> PreparedValue {
    // Empty properties are left out.
    let properties = properties.filter { !$0.1.isEmpty }
    let hasBlank = properties.first?.0 == .appPorts
    return PreparedValue(
      .fields([
        .type: "APPMESH",
        .containerName: .string(options.resolvedEnvoyName),
        .properties: .namedValues(properties.map { (name: $0.0.rawValue, value: $0.1) }),
      ]),
      blank: hasBlank
        ? JSONPointer([Field.properties.spelling, "0", Field.value.spelling]) : nil)
  }

  /// The ports as a list. Intrinsic functions are kept, because their ports may change on deployment.
  private static func list(_ ports: [ServedPort]) -> JSONValue {
    let spellings = ports.map(\.spelling)
    guard ports.contains(where: \.isFunction) else {
      return .string(spellings.compactMap(\.string).joined(separator: ","))
    }
    if spellings.count == 1 { return spellings[0] }
    return [Intrinsic.join: [",", .array(spellings)]]
  }
}

extension RedirectTraffic {
  static let rules = [CheckProxyLists.tooManyAppPorts] + ServedPort.rules
}
