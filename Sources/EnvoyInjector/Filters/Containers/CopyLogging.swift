import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Makes Envoy and its tracing daemon log to the application's destination, with a different prefix.
///
/// Options that control parsing of the application's lines are not copied: its date format would join Envoy's
/// lines, and its filter would drop them.
struct CopyLogging: Filter {
  static let name = "copy-logging"
  static let summary = "Log where the first application container logs, or where an option says"

  let logs: InjectionOptions.Logs
  /// `nil` means the name of the container that logs.
  let streamPrefix: String?
  /// The region of a log group if no container names one.
  let region: String?

  private static let reason = "The container logs beside the application."

  func apply(to context: inout StageContext) {
    let logging = context.applications.first {
      context.task.node(.logConfiguration, of: $0) != nil
    }
    let inherited = logging.flatMap { context.task.node(.logConfiguration, of: $0) }
    switch logs {
    case .none: return
    case .inherit:
      guard let inherited else { return }
      for container in context.addedContainers {
        context.set(
          .logConfiguration, toCopyOf: inherited,
          merging: changes(of: inherited, for: container, context.task), in: container,
          because: Self.reason)
      }
    case .group(let text):
      guard let base = configuration(text, inherited, context.task, &context.findings) else {
        return
      }
      for container in context.addedContainers {
        context.set(
          .logConfiguration, to: base.merging(prefixing(container, context.task)), in: container,
          because: Self.reason)
      }
    }
  }

  /// The differences between the copy and the original, as a JSON Merge Patch.
  private func changes(
    of configuration: NodeID, for container: NodeID, _ task: TaskDefinition
  ) -> JSONValue {
    // Left out, because descriptions from ECS are full of them: `"secretOptions": []`.
    let empty = task.document.members(of: configuration).filter {
      task.document.isEmpty($0.value)
    }
    let removed = JSONValue.object(
      empty.map { JSONValue.Member($0.name, .null) } + parsingOptions(of: configuration, task))
    guard let driver = task.node(.logDriver, of: configuration),
      task.document.isString(driver, LogDriver.awslogs)
    else { return removed }
    return removed.merging(prefixing(container, task))
  }

  /// Removes the options that control parsing of lines.
  private func parsingOptions(
    of configuration: NodeID, _ task: TaskDefinition
  ) -> [JSONValue.Member] {
    guard let options = task.node(.options, of: configuration) else { return [] }
    let parsing = task.document.members(of: options).map(\.name).filter(LogOption.parsing.contains)
    guard !parsing.isEmpty else { return [] }
    return [
      JSONValue.Member(
        Field.options.spelling, .object(parsing.map { JSONValue.Member($0, .null) }))
    ]
  }

  private func configuration(
    _ text: String, _ inherited: NodeID?, _ task: TaskDefinition, _ findings: inout Findings
  ) -> JSONValue? {
    let arn = ARN(text)
    let group = arn.map { Self.group($0) } ?? text
    let options = inherited.flatMap { task.node(.options, of: $0) }
    let inheritedRegion = options.flatMap { task.document.value($0)[LogOption.region] }
    guard let known = (arn?.region ?? region).map(JSONValue.string) ?? inheritedRegion else {
      findings.add(Self.noLogRegion, ["group": group], at: task.root, in: task.document)
      return nil
    }
    return .fields([
      .logDriver: .string(LogDriver.awslogs),
      .options: [LogOption.group: .string(group), LogOption.region: known],
    ])
  }

  /// The name of the log group in an ARN, which may end in `:*`.
  private static func group(_ arn: ARN) -> String {
    let parts = arn.resource.split(separator: ":")
    return parts.dropFirst().first.map(String.init) ?? arn.resource
  }

  private func prefixing(_ container: NodeID, _ task: TaskDefinition) -> JSONValue {
    let prefix = streamPrefix ?? task.name(of: container)
    return .fields([.options: [LogOption.streamPrefix: .string(prefix)]])
  }
}

extension CopyLogging {
  static let rules = [noLogRegion]

  private static let noLogRegion = Rule.error(
    "no-log-region", "The region of log group '{group}' is unknown.",
    fix: "Pass the full ARN of the virtual node, or log where an application does with "
      + "\(.logs, "inherit").", see: Rule.Source.awslogs)
}
