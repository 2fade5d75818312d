public import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The options of a task that runs only Envoy, except the options of Envoy itself.
public struct GatewayOptions: Hashable, Sendable {
  /// The ports that Envoy listens on. `nil` means the ports of the virtual gateway's listeners or, without a
  /// mesh description, 3000, which is the port of the ECS Workshop.
  public var ports: [Int]?
  /// The family of the task definition. `nil` means the virtual gateway's name, or `envoy-gateway`.
  public var family: String?
  /// CPU units of the task. The defaults of `cpu` and ``memory`` are Fargate's smallest task.
  public var cpu = 256
  /// Memory of the task in MiB.
  public var memory = 512
  /// Number of proxies in front of the gateway whose `x-forwarded-…` headers it trusts. An
  /// Application Load Balancer is one.
  public var trustedHops = 0
  /// ARN or name of the role.
  public var taskRoleArn: String?
  /// ARN or name of the role.
  public var executionRoleArn: String?

  public init() {}

  func ports(with options: InjectionOptions) -> [Int] {
    ports ?? options.controlPlane.source.ports(of: .virtualGateway) ?? [3000]
  }
}

extension GatewayOptions {
  /// Checks the options that depend on each other.
  ///
  /// - Parameter options: the options of Envoy.
  /// - Throws: the first contradiction between options.
  public func validate(with options: InjectionOptions) throws(Problem) {
    let ports = ports(with: options)
    let listeners = options.controlPlane.source.ports(of: .virtualGateway)
    guard !ports.isEmpty else { throw listeners == nil ? .noPorts : .noListener }
    if let listeners { try validate(ports, listeners) }
    // Nothing is redirected to a gateway, so it does not have these listeners.
    let listening = options.reservedPorts.filter {
      $0.number != options.ingressPort && $0.number != options.egressPort
    }
    var owners = Dictionary(uniqueKeysWithValues: listening.map { ($0.number, $0.owner) })
    owners[options.adminPort] = "Envoy's admin interface"
    for port in ports {
      if let owner = owners.updateValue("the gateway itself", forKey: port) {
        throw .portTaken(port, owner)
      }
    }
    let size = TaskSize(cpu: cpu, memory: memory)
    guard let legal = size.raised(to: size, onFargate: true) else {
      throw .noFargateSize(size)
    }
    guard legal == size else { throw .illegalSize(size, legal) }
  }

  /// - Throws: a problem if the virtual gateway has no listener on a port, or has a listener below 1024,
  /// which Envoy cannot open because it does not run as root.
  private func validate(_ ports: [Int], _ listeners: [Int]) throws(Problem) {
    if let port = ports.first(where: { !listeners.contains($0) }) {
      throw .portWithoutListener(port, listeners)
    }
    if let port = listeners.first(where: { $0 < 1024 }) { throw .lowPort(port) }
  }
}

extension Problem {
  fileprivate static let noPorts = Self(
    "The gateway has no port, so no client can reach it.", fix: "Give at least one \(.port).")

  fileprivate static let noListener = Self(
    "The virtual gateway has no listener, so no client can reach it.",
    fix: "Give the file that describes its listeners.")

  fileprivate static func portWithoutListener(_ port: Int, _ listeners: [Int]) -> Self {
    Self(
      "\(.port): The virtual gateway has no listener on port \(port).",
      fix: "Give ports of its listeners: \(listeners.map { String($0) }.joined(separator: ", ")).")
  }

  fileprivate static func lowPort(_ port: Int) -> Self {
    Self(
      "The virtual gateway listens on port \(port). Envoy cannot open ports below 1024, because it "
        + "does not run as root.",
      fix: "Move the listener and its load balancer target group to a port from 1024 on.")
  }

  fileprivate static func portTaken(_ port: Int, _ owner: String) -> Self {
    Self("\(.port): Port \(port) is already used by \(owner).", fix: "Give another \(.port).")
  }

  fileprivate static func illegalSize(_ size: TaskSize, _ legal: TaskSize) -> Self {
    Self(
      "Fargate has no task of \(size).",
      fix: "Use the next size: \(.cpu) \(legal.cpu ?? 0) \(.memory) \(legal.memory ?? 0).")
  }

  fileprivate static func noFargateSize(_ size: TaskSize) -> Self {
    Self("Fargate has no task of \(size).", fix: "Lower \(.memory) to at most 249856.")
  }
}
