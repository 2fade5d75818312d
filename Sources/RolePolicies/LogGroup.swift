import CloudFormation
package import LosslessJSON
package import TaskDefinitions

/// Of CloudWatch Logs, as a container's `logConfiguration` names it.
package struct LogGroup: Hashable {
  package let name: TemplateText
  package let region: TemplateText?
  /// ECS makes it when it is not there.
  package let isMade: Bool
  /// Its ARN with the `:*` that stands for its streams, where a template makes it.
  package let arnInTemplate: JSONValue?

  /// - Returns: `nil` when the driver is another than CloudWatch Logs'.
  package init?(_ task: TaskDefinition, _ log: NodeID) {
    guard task.text(.logDriver, of: log) == LogDriver.awslogs,
      let options = task.node(.options, of: log).map({ task.document.value($0) }),
      let name = options[LogOption.group].flatMap({ task.templateText($0) })
    else { return nil }
    self.name = name
    region = options[LogOption.region].flatMap { task.templateText($0) }
    // The driver reads the option with Go's strconv.ParseBool. A function may come to either.
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

  /// - Parameter suffix: behind the name.
  package func arn(_ suffix: String, _ context: AccountContext) -> TemplateText {
    // A task may log to another region than its own.
    context.arn("logs", "log-group:" + name + TemplateText(suffix), in: region)
  }

  /// Of all its streams.
  package func streams(_ context: AccountContext) -> TemplateText {
    let arn = arn(":*", context)
    return arnInTemplate.map { TemplateText([.function($0, known: arn.pattern)]) } ?? arn
  }
}
