import LosslessJSON
import TaskChecks
import TaskDefinitions
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

/// Runs one filter on a task definition that a test writes as a JSON literal, and shows what it
/// did as lines of text.
struct FilterRun {
  let task: TaskDefinition
  /// `add /path value`, in order, without what was there before the filter.
  let edits: [String]
  /// `error [code] at /path: what is wrong; fix: what to do`, in order.
  let findings: [String]

  /// - Parameters:
  ///   - envoy: members of the Envoy container that earlier filters have added; `nil`: none have.
  ///   - daemon: the same for the tracing daemon.
  init(
    _ check: any Check, on json: String, envoy: JSONValue? = nil, daemon: JSONValue? = nil,
    selection: ContainerSelection = ContainerSelection()
  ) throws {
    try self.init(
      type(of: check).name, type(of: check).rules, on: json, envoy: envoy, daemon: daemon,
      selection: selection
    ) { check.check($0, &$1) }
  }

  /// - Parameters:
  ///   - envoy: members of the Envoy container that earlier filters have added; `nil`: none have.
  ///   - daemon: the same for the tracing daemon.
  init(
    _ filter: any Filter, on json: String, envoy: JSONValue? = nil, daemon: JSONValue? = nil,
    selection: ContainerSelection = ContainerSelection()
  ) throws {
    try self.init(
      type(of: filter).name, type(of: filter).rules, on: json, envoy: envoy, daemon: daemon,
      selection: selection
    ) { filter.apply(to: &$0, &$1) }
  }

  private init(
    _ stage: String, _ rules: [Rule], on json: String, envoy: JSONValue?, daemon: JSONValue?,
    selection: ContainerSelection, run: (inout TaskDefinition, inout Findings) -> Void
  ) throws {
    var task = TaskDefinition(try Document(Array(json.utf8)), selection: selection)
    let reason = "the test needs it"
    if let envoy { task.envoy = task.addContainer(PreparedValue(envoy), because: reason) }
    if let daemon { task.tracingDaemon = task.addContainer(PreparedValue(daemon), because: reason) }
    let before = task.document.edits.count
    var findings = Findings()
    task.filter = stage
    findings.stage = stage
    run(&task, &findings)
    self.task = task
    edits = task.document.edits[before...].map(Self.line)
    self.findings = findings.all.map(Self.line)
    for finding in findings.all {
      #expect(rules.contains(finding.rule), "\(stage) does not declare \(finding.code)")
    }
  }

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
