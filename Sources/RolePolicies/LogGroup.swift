import CloudFormation
package import LosslessJSON
package import TaskDefinitions

/// A log group of CloudWatch Logs that a container's `logConfiguration` names.
package struct LogGroup: Hashable {
  package let name: TemplateText
  package let region: TemplateText?
  /// Whether ECS creates the log group if it does not exist.
  package let isMade: Bool
  /// The ARN if the template defines the log group. It ends with `:*` for the group's streams.
  package let arnInTemplate: JSONValue?

  /// - Returns: `nil` if the log driver is not `awslogs`.
  package init?(_ task: TaskDefinition, _ log: NodeID) {
    guard task.text(.logDriver, of: log) == LogDriver.awslogs,
      let options = task.node(.options, of: log).map({ task.document.value($0) }),
      let name = options[LogOption.group].flatMap({ task.templateText($0) })
    else { return nil }
    self.name = name
    region = options[LogOption.region].flatMap { task.templateText($0) }
    // The driver parses the option with Go's strconv.ParseBool. A function may evaluate to true.
    // <https://github.com/moby/moby/blob/master/daemon/logger/awslogs/cloudwatchlogs.go>
    let made = options[LogOption.createGroup].flatMap { task.templateText($0) }
    isMade =
      made.map { $0.known.map(["1", "t", "T", "true", "TRUE", "True"].contains) ?? true } ?? false
    let resource = name.value[Intrinsic.ref]?.string
      .flatMap { TemplateResource(named: $0, in: task.document) }
    arnInTemplate = resource.flatMap {
      $0.kind == .logGroup ? Intrinsic.attribute("\($0.name).Arn") : nil
    }
  }

  /// - Parameter suffix: appended to the name.
  package func arn(_ suffix: String, _ context: AccountContext) -> TemplateText {
    // A task may log to a region other than its own.
    context.arn("logs", "log-group:" + name + TemplateText(suffix), in: region)
  }

  /// The ARN of all the log group's streams.
  package func streams(_ context: AccountContext) -> TemplateText {
    let arn = arn(":*", context)
    return arnInTemplate.map { TemplateText([.function($0, known: arn.pattern)]) } ?? arn
  }
}
