import LosslessJSON

/// A task's `proxyConfiguration`, whoever wrote it.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html>
struct ProxyConfiguration {
  /// The properties that ECS's network plugin knows.
  enum Name: String {
    case appPorts = "AppPorts"
    case ingressPort = "ProxyIngressPort"
    case egressPort = "ProxyEgressPort"
    case egressIgnoredPorts = "EgressIgnoredPorts"
    case egressIgnoredIPs = "EgressIgnoredIPs"
    case ignoredUID = "IgnoredUID"
    case ignoredGID = "IgnoredGID"
  }

  struct Property {
    let value: String
    let node: NodeID

    /// The value as a list. The plugin splits at commas and trims nothing.
    var elements: [String] {
      value.utf8.split(separator: UInt8(ascii: ",")).map { String(Substring($0)) }
    }

    /// Something that a template engine will replace: nothing can be said of it.
    var isPlaceholder: Bool { value.isPlaceholder }
  }

  let node: NodeID
  let containerName: String
  private let properties: [(name: String, property: Property)]

  init(_ task: TaskDefinition, _ node: NodeID) {
    self.node = node
    containerName = task.text(.containerName, of: node) ?? ""
    var properties: [(name: String, property: Property)] = []
    for property in task.list(.properties, of: node) {
      guard let name = task.text(.name, of: property), let value = task.node(.value, of: property)
      else { continue }
      let text = task.document.string(value) ?? task.document.value(value).compactText
      if !text.isEmpty { properties.append((name, Property(value: text, node: value))) }
    }
    self.properties = properties
  }

  /// `nil` when it is absent or empty, which is the same to the plugin. The last of a name counts.
  subscript(name: Name) -> Property? {
    properties.last { $0.name == name.rawValue }?.property
  }

  /// A property that is one number.
  func number(_ name: Name) -> Int? { self[name].flatMap { Int($0.value) } }

  /// The numbers in a list of ports; what is no number is left out.
  func ports(_ name: Name) -> [Int] { self[name]?.elements.compactMap { Int($0) } ?? [] }

  /// Whether traffic of that identity goes past the proxy.
  func ignores(_ identity: (uid: Int?, gid: Int?)) -> Bool {
    (identity.uid != nil && identity.uid == number(.ignoredUID))
      || (identity.gid != nil && identity.gid == number(.ignoredGID))
  }
}

extension String {
  /// Text for a template engine: `${NAME}`, `{{ name }}`, `<NAME>`, `%NAME%`.
  var isPlaceholder: Bool {
    utf8.contains { byte in
      switch byte {
      case UInt8(ascii: "$"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "<"),
        UInt8(ascii: ">"), UInt8(ascii: "%"):
        true
      default: false
      }
    }
  }
}
