import LosslessJSON
import TaskChecks
import TaskDefinitions
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

/// Runs one filter on a task definition that a test writes as a JSON literal, and shows the results as lines
/// of text.
struct FilterRun {
  let context: StageContext
  /// `add /path value`, in order, without the edits before the filter.
  let edits: [String]
  /// `error [code] at /path: problem; fix: advice`, in order.
  let findings: [String]

  /// - Parameters:
  /// - envoy: members of the Envoy container that earlier filters have added, or `nil` if there is none.
  /// - daemon: members of the tracing daemon's container, likewise.
  init(
    _ check: any Check, on json: String, envoy: JSONValue? = nil, daemon: JSONValue? = nil
  ) throws {
    try self.init(
      type(of: check).name, type(of: check).rules, on: json, envoy: envoy, daemon: daemon,
      selection: ContainerSelection()
    ) { check.check($0.task, &$0.findings) }
  }

  /// - Parameter make: creates a check that depends on the roles of a task's containers.
  init<C: Check>(
    on json: String, envoy: JSONValue? = nil,
    selection: ContainerSelection = ContainerSelection(),
    _ make: (StageContext) -> C
  ) throws {
    try self.init(
      C.name, C.rules, on: json, envoy: envoy, daemon: nil, selection: selection
    ) {
      make($0).check($0.task, &$0.findings)
    }
  }

  /// - Parameters:
  /// - envoy: members of the Envoy container that earlier filters have added, or `nil` if there is none.
  /// - daemon: members of the tracing daemon's container, likewise.
  init(
    _ filter: any Filter, on json: String, envoy: JSONValue? = nil, daemon: JSONValue? = nil,
    selection: ContainerSelection = ContainerSelection()
  ) throws {
    try self.init(
      type(of: filter).name, type(of: filter).rules, on: json, envoy: envoy, daemon: daemon,
      selection: selection
    ) { filter.apply(to: &$0) }
  }

  private init(
    _ stage: String, _ rules: [Rule], on json: String, envoy: JSONValue?, daemon: JSONValue?,
    selection: ContainerSelection, run: (inout StageContext) -> Void
  ) throws {
    var context = StageContext(
      TaskDefinition(try Document(Array(json.utf8))), selection: selection)
    let reason = "the test needs it"
    if let envoy {
      context.roles.envoy = context.addContainer(PreparedValue(envoy), because: reason)
    }
    if let daemon {
      context.roles.tracingDaemon = context.addContainer(PreparedValue(daemon), because: reason)
    }
    let before = context.task.document.edits.count
    context.begin(stage)
    run(&context)
    self.context = context
    edits = context.task.document.edits[before...].map(Self.line)
    findings = context.findings.all.map(Self.line)
    for finding in context.findings.all {
      #expect(rules.contains(finding.rule), "\(stage) does not declare \(finding.code)")
    }
  }

  var task: TaskDefinition { context.task }

  var output: String { String(decoding: task.document.rendered(), as: UTF8.self) }

  static func line(_ finding: Problem) -> String {
    "\(finding.severity) [\(finding.code)] at \(finding.pointer): "
      + "\(finding.text.spelled); fix: \(finding.fix.spelled)"
  }

  private static func line(_ edit: Edit) -> String {
    [edit.operation, edit.pointer.description, edit.after].compactMap { $0 }
      .joined(separator: " ")
  }
}

/// A task definition in `awsvpc` mode with these members and containers.
func task(_ members: String = "", containers: String...) -> String {
  let rest = members.isEmpty ? "" : ", " + members
  return #"{"networkMode": "awsvpc"\#(rest), "containerDefinitions": ["#
    + containers.map { "{\($0)}" }.joined(separator: ", ") + "]}"
}
