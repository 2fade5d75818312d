import LosslessJSON

/// Lets Envoy and its tracing daemon log where the application logs, under a prefix of their own.
struct CopyLogging: Filter {
  static let name = "copy-logging"
  static let summary = "log where the first application container logs, or where asked"

  let logs: InjectionOptions.Logs
  /// `nil`: the name of the container that logs.
  let streamPrefix: String?
  /// For a log group when no container names a region.
  let region: String?

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    guard let base = configuration(task, &findings) else { return }
    for container in task.addedContainers {
      let prefix = streamPrefix ?? task.name(of: container)
      task.set(
        .logConfiguration, to: prefixed(base, prefix), in: container,
        because: "its log stands beside the application's")
    }
  }

  private func configuration(_ task: TaskDefinition, _ findings: inout Findings) -> JSONValue? {
    let logging = task.applicationContainers.first { task.node(.logConfiguration, of: $0) != nil }
    let inherited = logging.flatMap { task.node(.logConfiguration, of: $0) }
    switch logs {
    case .none: return nil
    case .inherit: return inherited.map { task.value($0).withoutEmptyMembers }
    case .group(let text):
      let arn = ARN(text)
      let group = arn.map { Self.group($0) } ?? text
      let options = inherited.flatMap { task.node(.options, of: $0) }
      let inheritedRegion = options.flatMap { task.document.value($0)[LogOption.region] }
      guard let known = (arn?.region ?? region).map(JSONValue.string) ?? inheritedRegion else {
        findings.add(.noRegion(group), in: task.document)
        return nil
      }
      return .fields([
        .logDriver: .string(LogDriver.awslogs),
        .options: [LogOption.group: .string(group), LogOption.region: known],
      ])
    }
  }

  /// The name in an ARN, which may end in `:*`.
  private static func group(_ arn: ARN) -> String {
    let parts = arn.resource.split(separator: ":")
    return parts.dropFirst().first.map(String.init) ?? arn.resource
  }

  private func prefixed(_ configuration: JSONValue, _ prefix: String) -> JSONValue {
    guard configuration[Field.logDriver.rawValue]?.string == LogDriver.awslogs else {
      return configuration
    }
    return configuration.merging([
      Field.options.rawValue: [LogOption.streamPrefix: .string(prefix)]
    ])
  }
}

extension JSONValue {
  /// Descriptions are full of them: `"secretOptions": []`.
  fileprivate var withoutEmptyMembers: JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { !$0.value.isEmpty })
  }

  private var isEmpty: Bool {
    switch self {
    case .null, .array([]), .object([]): true
    default: false
    }
  }
}

extension Finding.Message {
  fileprivate static func noRegion(_ group: String) -> Self {
    Self(
      .noLogRegion, "nothing says in which region the log group '\(group)' is")
  }
}
