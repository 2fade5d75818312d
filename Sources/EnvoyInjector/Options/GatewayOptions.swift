public import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// What is chosen for a task that is Envoy alone, beside the options of Envoy itself.
public struct GatewayOptions: Hashable, Sendable {
  /// On which Envoy takes traffic; `nil`: those of the virtual gateway's listeners in a mesh that
  /// is described, or 3000, which is the ECS Workshop's.
  public var ports: [Int]?
  /// `nil`: the virtual gateway's name, or `envoy-gateway`.
  public var family: String?
  /// CPU units of the task. With ``memory`` the smallest task that Fargate has.
  public var cpu = 256
  /// MiB of the task.
  public var memory = 512
  /// How many proxies before the gateway are believed about the client's address and protocol. An
  /// Application Load Balancer is one.
  public var trustedHops = 0
  /// ARN or name.
  public var taskRoleArn: String?
  /// ARN or name.
  public var executionRoleArn: String?

  public init() {}

  func ports(with options: InjectionOptions) -> [Int] {
    ports ?? options.controlPlane.source.ports(of: .virtualGateway) ?? [3000]
  }
}

extension GatewayOptions {
  /// Checks what no option can check alone.
  ///
  /// - Throws: at the first contradiction, also with an option of Envoy.
  public func validate(with options: InjectionOptions) throws(Problem) {
    let ports = ports(with: options)
    let listeners = options.controlPlane.source.ports(of: .virtualGateway)
    guard !ports.isEmpty else { throw listeners == nil ? .noPorts : .noListener }
    if let listeners { try validate(ports, listeners) }
    var owners = options.reservedPorts
    // Nothing is redirected to a gateway, so it has no such listeners.
    for port in [options.ingressPort, options.egressPort] { owners[port] = nil }
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

  /// Envoy listens on the ports of the virtual gateway, and it is not root.
  private func validate(_ ports: [Int], _ listeners: [Int]) throws(Problem) {
    if let port = ports.first(where: { !listeners.contains($0) }) {
      throw .portWithoutListener(port, listeners)
    }
    if let port = listeners.first(where: { $0 < 1024 }) { throw .lowPort(port) }
  }
}

extension Problem {
  fileprivate static let noPorts = Self(
    "the gateway has no port, so nobody could reach it", fix: "give at least one \(.port)")

  fileprivate static let noListener = Self(
    "the virtual gateway has no listener, so nobody could reach it",
    fix: "give the file that describes its listeners")

  fileprivate static func portWithoutListener(_ port: Int, _ listeners: [Int]) -> Self {
    Self(
      "\(.port): the virtual gateway has no listener on \(port)",
      fix: "give ports of its listeners: \(listeners.map { String($0) }.joined(separator: ", "))")
  }

  fileprivate static func lowPort(_ port: Int) -> Self {
    Self(
      "the virtual gateway listens on port \(port), which is closed to Envoy: it is not root",
      fix: "let its listener have a port from 1024 on, and change the target group with it")
  }

  fileprivate static func portTaken(_ port: Int, _ owner: String) -> Self {
    Self("\(.port): \(port) is used twice: \(owner) has it", fix: "give another \(.port)")
  }

  fileprivate static func illegalSize(_ size: TaskSize, _ legal: TaskSize) -> Self {
    Self(
      "Fargate has no task of \(size)",
      fix: "the next it has is \(.cpu) \(legal.cpu ?? 0) \(.memory) \(legal.memory ?? 0)")
  }

  fileprivate static func noFargateSize(_ size: TaskSize) -> Self {
    Self("Fargate has no task of \(size)", fix: "lower \(.memory) to 249856 at the most")
  }
}
