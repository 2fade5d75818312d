internal import LosslessJSON

/// The parts of a configuration that differ between tasks: the node's names, the heap limit and the
/// application's port numbers.
///
/// With placeholders in its blanks, a builder renders a text that can be reused. Two builders that become
/// equal when their blanks hold the same placeholders differ only in their blanks.
struct TaskBlanks {
  /// Values that no real task is likely to have.
  struct Placeholders {
    let node: Node
    let memoryMiB: Int
    let firstPort: UInt16
  }

  static let placeholders = Placeholders(
    node: Node(id: "blank-node-id", cluster: "blank-node-cluster"), memoryMiB: 7777,
    firstPort: 40001)
  /// Different values, with characters that JSON and Envoy's formats escape. They test a text with blanks.
  static let trials = Placeholders(
    node: Node(id: #"trial "id" \ %é"#, cluster: #"trial "cluster" \ %é"#), memoryMiB: 8888,
    firstPort: 45001)

  /// ECS redirects at most 15 ports. The placeholders do not have enough values for more than 100.
  private static let maximumPorts = 100

  /// The text of each blank.
  let texts: [String]

  /// - Returns: `nil` if a port is unknown until deployment.
  init?(_ builder: some BootstrapBuilder) {
    guard let ports = Self.ports(of: builder) else { return nil }
    let node = builder.server.node
    var texts = [Self.content(node.id), Self.content(node.cluster)]
    if let bytes = builder.server.overloadLimits.maxHeapBytes { texts.append(String(bytes)) }
    for (place, port) in ports.enumerated() {
      texts.append(String(port))
      // The end of a range that contains the port. If the next port follows directly, it is that port's text.
      if place + 1 == ports.count || ports[place + 1] > port + 1 { texts.append(String(port + 1)) }
    }
    self.texts = texts
  }

  /// The content of a JSON string literal, without its quotes.
  private static func content(_ text: String) -> String {
    String(JSONValue.string(text).compactText.dropFirst().dropLast())
  }

  /// The port numbers that are blanks, in order. Opaque ports are not blanks, because their number decides
  /// how Envoy treats them.
  private static func ports(of builder: some BootstrapBuilder) -> [Int]? {
    var numbers: [Int] = []
    for port in builder.appPorts {
      guard let number = port.number.value else { return nil }
      if !AppPort.opaque.contains(number), !numbers.contains(Int(number)) {
        numbers.append(Int(number))
      }
    }
    return numbers.count > maximumPorts ? nil : numbers.sorted()
  }

  /// The builder with placeholders in its blanks. Consecutive ports stay consecutive, because Envoy's port
  /// ranges depend on that.
  ///
  /// - Returns: `nil` if a port is unknown until deployment.
  static func fill<Builder: BootstrapBuilder>(
    _ builder: Builder, with placeholders: Placeholders
  ) -> Builder? {
    guard let ports = ports(of: builder) else { return nil }
    var builder = builder
    builder.server.fill(with: placeholders)
    var placeholder = placeholders.firstPort
    var numbers: [UInt16: UInt16] = [:]
    for (place, port) in ports.enumerated() {
      if place > 0 { placeholder += port == ports[place - 1] + 1 ? 1 : 3 }
      numbers[UInt16(port)] = placeholder
    }
    for place in builder.appPorts.indices {
      let number = builder.appPorts[place].number.value.flatMap { numbers[$0] }
      if let number { builder.appPorts[place].number = .known(number) }
    }
    return builder
  }
}

extension ServerSettings {
  fileprivate mutating func fill(with placeholders: TaskBlanks.Placeholders) {
    for place in statsTags.indices where statsTags[place].fixedValue == node.cluster {
      statsTags[place].fixedValue = placeholders.node.cluster
    }
    node = placeholders.node
    if memoryMiB != nil { memoryMiB = placeholders.memoryMiB }
  }
}
