extension GatewayOptions {
  /// Checks what no option can check alone.
  ///
  /// - Throws: at the first contradiction, also with an option of Envoy.
  public func validate(with options: InjectionOptions) throws(OptionError) {
    guard !ports.isEmpty else { throw OptionError(.noPorts) }
    var owners = options.reservedPorts
    // Nothing is redirected to a gateway, so it has no such listeners.
    for port in [options.ingressPort, options.egressPort] { owners[port] = nil }
    owners[options.adminPort] = "Envoy's admin interface"
    for port in ports {
      if let owner = owners.updateValue("the gateway itself", forKey: port) {
        throw OptionError(.portTaken(port, owner))
      }
    }
    let size = TaskSize(cpu: cpu, memory: memory)
    guard let legal = size.raised(to: size, onFargate: true) else {
      throw OptionError(.noFargateSize(size))
    }
    guard legal == size else { throw OptionError(.illegalSize(size, legal)) }
  }
}

extension OptionError.Message {
  fileprivate static let noPorts = Self(
    "the gateway has no port, so nobody could reach it", fix: "give at least one --port")

  fileprivate static func portTaken(_ port: Int, _ owner: String) -> Self {
    Self("--port: \(port) is used twice: \(owner) has it", fix: "give another --port")
  }

  fileprivate static func illegalSize(_ size: TaskSize, _ legal: TaskSize) -> Self {
    Self(
      "Fargate has no task of \(size)",
      fix: "the next it has is --cpu \(legal.cpu ?? 0) --memory \(legal.memory ?? 0)")
  }

  fileprivate static func noFargateSize(_ size: TaskSize) -> Self {
    Self("Fargate has no task of \(size)", fix: "lower --memory to 122880 at the most")
  }
}
