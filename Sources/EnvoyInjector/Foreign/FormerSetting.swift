import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// A setting of a removed Envoy that inject has an option for.
struct FormerSetting: Sendable {
  /// A view of an Envoy in a task definition.
  struct View {
    let task: TaskDefinition
    let envoy: NodeID
    let variables: [EnvironmentVariable]
    let proxy: ProxyConfiguration?

    init(_ task: TaskDefinition, _ envoy: NodeID) {
      self.task = task
      self.envoy = envoy
      variables = task.variables(of: envoy)
      proxy = task.proxyConfiguration
    }
  }

  enum Comparison {
    /// A different value is a loss.
    case equal
    /// An element of the former list that the present list does not contain is a loss.
    case contained
    /// A lower number is a loss.
    case notLess
  }

  /// The name in task definitions.
  let name: String
  /// The option that sets it.
  let option: Setting
  var comparison = Comparison.equal
  /// Reads the setting as values of the option. Returns an empty list if it is not set or unknown.
  let read: @Sendable (View) -> [String]
  /// Reads the setting of our Envoy if it is not in the same place as in App Mesh's Envoy, whose agent read it
  /// from a variable. `nil` means that ``read`` works for both.
  var present: (@Sendable (InjectionOptions) -> [String])?

  /// The option values that keep the former setting, or `nil` if nothing is lost.
  func kept(_ former: [String], _ present: [String]) -> [String]? {
    guard !former.isEmpty, former != present else { return nil }
    switch comparison {
    case .equal: return former
    case .contained:
      let lost = former.filter { !present.contains($0) }
      return lost.isEmpty ? nil : present + lost
    case .notLess:
      let numbers = [former, present].map { $0.first.flatMap { Int($0) } ?? 0 }
      return numbers[0] > numbers[1] ? former : nil
    }
  }
}

extension FormerSetting.View {
  /// The values of a member, if it is set.
  func texts(_ field: Field, in node: NodeID? = nil) -> [String] {
    let number = task.integer(field, of: node ?? envoy).map { String($0) }
    return [number ?? task.text(field, of: node ?? envoy)].compactMap { $0 }
  }

  func health(_ field: Field) -> [String] {
    task.node(.healthCheck, of: envoy).map { texts(field, in: $0) } ?? []
  }

  /// The elements of a list in proxyConfiguration, without placeholders of a template engine.
  func list(_ name: ProxyConfiguration.Name) -> [String] {
    let elements = proxy?[name]?.elements ?? []
    return elements.map { String($0.filter { $0 != " " }) }.filter { !$0.isPlaceholder }
  }

  func variable(_ variable: AgentVariable) -> [String] {
    let value = variables.first { $0.name == variable.rawValue }?.value ?? ""
    return value.isEmpty || value.isPlaceholder ? [] : [value]
  }

  /// Whether a switch is on. The agent parses its switches with Go's strconv.ParseBool.
  func isOn(_ variable: AgentVariable) -> Bool {
    ["1", "t", "T", "true", "TRUE", "True"].contains(self.variable(variable).first ?? "")
  }

  /// The limits of open files, if the soft limit is set.
  var nofile: [String] {
    let limit = task.list(.ulimits, of: envoy).first { task.text(.name, of: $0) == "nofile" }
    return limit.map { texts(.softLimit, in: $0) } ?? []
  }

  /// An option of the CloudWatch Logs log driver.
  func log(_ option: String) -> [String] {
    guard let log = task.node(.logConfiguration, of: envoy),
      task.text(.logDriver, of: log) == LogDriver.awslogs,
      let value = task.node(.options, of: log).flatMap({
        task.document.member(option, of: $0)
      })
    else { return [] }
    return [task.text(value)].compactMap { $0 }
  }
}
