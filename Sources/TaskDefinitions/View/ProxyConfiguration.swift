package import LosslessJSON

/// The `proxyConfiguration` of a task.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html>
package struct ProxyConfiguration {
  /// The most ports that ECS's network plugin reads from one list. It ignores the rest.
  /// <https://github.com/aws/amazon-vpc-cni-plugins/tree/main/plugins/aws-appmesh>
  package static let maximumPorts = 15

  /// The properties that ECS's network plugin reads.
  package enum Name: String, CaseIterable {
    case appPorts = "AppPorts"
    case ingressPort = "ProxyIngressPort"
    case egressPort = "ProxyEgressPort"
    case egressIgnoredPorts = "EgressIgnoredPorts"
    case egressIgnoredIPs = "EgressIgnoredIPs"
    case ignoredUID = "IgnoredUID"
    case ignoredGID = "IgnoredGID"
  }

  package struct Property {
    package let value: String
    package let node: NodeID

    /// The value as a list. Like the plugin, it splits at commas and does not trim whitespace.
    package var elements: [String] {
      var value = value
      return value.withUTF8 { bytes in
        var elements: [String] = []
        var rest = bytes[...]
        while !rest.isEmpty {
          let end = rest.firstIndex(of: UInt8(ascii: ",")) ?? rest.endIndex
          let element = rest[..<end]
          if !element.isEmpty { elements.append(String(decoding: element, as: UTF8.self)) }
          rest = rest[end...].dropFirst()
        }
        return elements
      }
    }

    /// Whether the value is a placeholder that a template engine replaces. Such a value is not checked.
    package var isPlaceholder: Bool { value.isPlaceholder }
  }

  package let node: NodeID
  package let containerName: String
  fileprivate let properties: [(name: Name, property: Property)]
  fileprivate static let names = Name.allCases

  /// The property of a name; `nil` if it is absent or empty, because the plugin treats both alike. The last
  /// property of a name counts.
  package subscript(name: Name) -> Property? {
    properties.last { $0.name == name }?.property
  }

  /// The value of a property as a number; `nil` if it is not one.
  package func number(_ name: Name) -> Int? { self[name].flatMap { Int($0.value) } }

  /// The numbers in a list of ports, without elements that are not numbers.
  package func ports(_ name: Name) -> [Int] { self[name]?.elements.compactMap { Int($0) } ?? [] }

  /// Whether traffic of processes with this user or group bypasses the proxy.
  package func ignores(_ identity: (uid: Int?, gid: Int?)) -> Bool {
    (identity.uid != nil && identity.uid == number(.ignoredUID))
      || (identity.gid != nil && identity.gid == number(.ignoredGID))
  }
}

extension TaskDefinition {
  package var proxyConfiguration: ProxyConfiguration? {
    node(.proxyConfiguration).map { proxy in
      ProxyConfiguration(
        node: proxy, containerName: text(.containerName, of: proxy) ?? "",
        properties: properties(of: proxy))
    }
  }

  private func properties(
    of proxy: NodeID
  ) -> [(name: ProxyConfiguration.Name, property: ProxyConfiguration.Property)] {
    let nodes = list(.properties, of: proxy)
    var properties: [(name: ProxyConfiguration.Name, property: ProxyConfiguration.Property)] = []
    properties.reserveCapacity(nodes.count)
    for property in nodes {
      guard let called = node(.name, of: property),
        let name = ProxyConfiguration.names.first(where: { isText(called, $0.rawValue) }),
        let value = node(.value, of: property)
      else { continue }
      let text = document.string(value) ?? document.value(value).compactText
      if !text.isEmpty {
        properties.append((name, ProxyConfiguration.Property(value: text, node: value)))
      }
    }
    return properties
  }
}

extension String {
  /// Whether the text contains a placeholder of a template engine: `${NAME}`, `{{ name }}`, `<NAME>`, `%NAME%`.
  package var isPlaceholder: Bool {
    var text = self
    return text.withUTF8 { bytes in
      bytes.contains { byte in
        switch byte {
        case UInt8(ascii: "$"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "<"),
          UInt8(ascii: ">"), UInt8(ascii: "%"):
          true
        default: false
        }
      }
    }
  }
}
