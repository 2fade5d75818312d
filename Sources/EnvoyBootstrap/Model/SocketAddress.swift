internal import LosslessJSON

/// A TCP address: an IP address, or in a ``Cluster`` with DNS discovery a host name, and a port.
public struct SocketAddress: Hashable, Sendable {
  public var address: String
  public var port: UInt16

  public init(_ address: String, _ port: UInt16) {
    self.address = address
    self.port = port
  }

  /// The address that only processes of the same task reach.
  public static func loopback(_ port: UInt16) -> SocketAddress { .init(loopbackAddress, port) }

  static let loopbackAddress = "127.0.0.1"

  /// Every IPv4 address of the task.
  public static func any(_ port: UInt16) -> SocketAddress { .init("0.0.0.0", port) }

  /// Whether ``address`` is an IP address, which needs no DNS.
  var isIP: Bool {
    let parts = address.split(separator: ".", omittingEmptySubsequences: false)
    return address.contains(":") || (parts.count == 4 && parts.allSatisfy { UInt8($0) != nil })
  }

  var json: JSONValue { Self.json(address, .known(port)) }

  static func json(_ address: String, _ port: PortNumber) -> JSONValue {
    ["socket_address": ["address": .string(address), "port_value": port.json]]
  }
}
