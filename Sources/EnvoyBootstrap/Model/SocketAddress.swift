internal import LosslessJSON

/// A TCP address and port. The address is an IP address, or a host name in a ``Cluster`` with DNS discovery.
public struct SocketAddress: Hashable, Sendable {
  public var address: String
  public var port: UInt16

  public init(_ address: String, _ port: UInt16) {
    self.address = address
    self.port = port
  }

  /// The loopback address, which only processes of this task can reach.
  public static func loopback(_ port: UInt16) -> SocketAddress { .init(loopbackAddress, port) }

  static let loopbackAddress = "127.0.0.1"

  /// All IPv4 addresses of the task.
  public static func any(_ port: UInt16) -> SocketAddress { .init("0.0.0.0", port) }

  /// Whether ``address`` is an IP address and so needs no DNS.
  var isIP: Bool {
    let parts = address.split(separator: ".", omittingEmptySubsequences: false)
    return address.contains(":") || (parts.count == 4 && parts.allSatisfy { UInt8($0) != nil })
  }

  var json: JSONValue { Self.json(address, .known(port)) }

  static func json(_ address: String, _ port: PortNumber) -> JSONValue {
    ["socket_address": ["address": .string(address), "port_value": port.json]]
  }
}

extension SocketAddress {
  /// Parses `HOST:PORT`, with an IPv6 address in brackets. Returns `nil` for any other text.
  public init?(hostAndPort text: String) {
    guard let colon = text.lastIndex(of: ":"),
      let port = UInt16(text[text.index(after: colon)...]), port > 0, !text.contains("+")
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
      guard host.contains(":") else { return nil }
    } else if host.contains(":") {
      return nil
    }
    guard Self.isHost(String(host)) else { return nil }
    self.init(String(host), port)
  }

  /// Whether `text` consists of characters of host names and IP addresses. Underscores are allowed although
  /// they are not legal in host names, because DNS and service registries use them.
  static func isHost(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 253
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: "_"), UInt8(ascii: ":"):
          true
        default: false
        }
      }
  }
}

/// A port in a configuration: a number, or a variable that the deployment of a template replaces.
public enum PortNumber: Hashable, Sendable {
  case known(UInt16)
  /// A variable in the text, such as `${AppPort1}`, which is replaced by a number before Envoy reads the
  /// configuration.
  case variable(String)

  /// The port number, or `nil` if it is unknown until deployment.
  public var value: UInt16? {
    guard case .known(let number) = self else { return nil }
    return number
  }

  public var text: String {
    switch self {
    case .known(let number): String(number)
    case .variable(let text): text
    }
  }

  /// A string for a variable, so that the text stays valid JSON. Envoy accepts integers in strings
  /// (<https://protobuf.dev/programming-guides/json/>).
  var json: JSONValue {
    switch self {
    case .known(let number): .integer(Int(number))
    case .variable(let text): .string(text)
    }
  }
}
