internal import LosslessJSON

/// The parts of a configuration that each task fills in: the node's names, the heap limit and the
/// application's port numbers.
///
/// A builder whose blanks have placeholders makes the configuration's text with placeholders. Two
/// builders that become equal with the same placeholders differ in their blanks only.
struct TaskBlanks {
  /// Values that no task is likely to have.
  struct Placeholders {
    let node: Node
    let memoryMiB: Int
    let firstPort: UInt16
  }

  static let placeholders = Placeholders(
    node: Node(id: "blank-node-id", cluster: "blank-node-cluster"), memoryMiB: 7777,
    firstPort: 40001)
  /// Others, with characters that JSON and Envoy's formats escape, to try a text with blanks.
  static let trials = Placeholders(
    node: Node(id: #"trial "id" \ %é"#, cluster: #"trial "cluster" \ %é"#), memoryMiB: 8888,
    firstPort: 45001)

  /// More ports need the range of the placeholders up; ECS redirects 15.
  private static let maximumPorts = 100

  /// The text of each blank.
  let texts: [String]

  /// - Returns: `nil` when a port is decided later.
  init?(_ builder: some BootstrapBuilder) {
    guard let ports = Self.ports(of: builder) else { return nil }
    let node = builder.server.node
    var texts = [Self.content(node.id), Self.content(node.cluster)]
    if let bytes = builder.server.overloadLimits.maxHeapBytes { texts.append(String(bytes)) }
    for (place, port) in ports.enumerated() {
      texts.append(String(port))
      // The end of a range that holds the port. It is the next port's text where that follows.
      if place + 1 == ports.count || ports[place + 1] > port + 1 { texts.append(String(port + 1)) }
    }
    self.texts = texts
  }

  /// A string in JSON, without its quotes.
  private static func content(_ text: String) -> String {
    String(JSONValue.string(text).compactText.dropFirst().dropLast())
  }

  /// The numbers that are blanks, in order. An opaque port is none: it decides how Envoy treats the
  /// port.
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

  /// The builder with placeholders in its blanks. Ports that follow each other still do, because
  /// Envoy's port ranges depend on it.
  ///
  /// - Returns: `nil` when a port is decided later.
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
