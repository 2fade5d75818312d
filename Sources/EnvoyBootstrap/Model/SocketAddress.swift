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

extension SocketAddress {
  /// Reads `HOST:PORT`, with an IPv6 address in brackets; `nil` if it is something else.
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

  /// Whether `text` has only the characters of host names and IP addresses. Underscores are not
  /// legal in host names, but DNS and service registries have them.
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

/// A port in a configuration: a number, or what a template's deployment puts in its place.
public enum PortNumber: Hashable, Sendable {
  case known(UInt16)
  /// A variable of the text, such as `${AppPort1}`: something else replaces it by a number before
  /// Envoy reads it.
  case variable(String)

  /// `nil`: it is decided later.
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

  /// Envoy reads integers in strings, too
  /// (<https://protobuf.dev/programming-guides/json/>): the text around a variable stays JSON.
  var json: JSONValue {
    switch self {
    case .known(let number): .integer(Int(number))
    case .variable(let text): .string(text)
    }
  }
}
