import LosslessJSON
import TaskDefinitions

/// One task definition on its way through the stages, with the findings and additions so far.
///
/// Every stage gets it. All edits go through it and are recorded under the stage's name. It must be the only
/// owner of the document, because a second owner makes the next edit copy it.
struct StageContext {
  var task: TaskDefinition
  var findings = Findings()
  /// The roles of the containers. Filters set the roles of those that they add.
  var roles: ContainerRoles
  /// The permissions that filters have granted to roles of the template.
  var grants: [RoleGrant] = []
  /// The roles, by logical id, in which this or another task of the template has been granted permissions.
  var grantedRoles: [String: PolicyListOrigin] = [:]
  /// The containers that filters have added.
  private(set) var addedContainers: [NodeID] = []
  /// The index of the first edit of a stage. Earlier edits made the document ready to register, and are not
  /// undone.
  private(set) var firstEdit: Int

  init(
    _ task: consuming TaskDefinition, selection: ContainerSelection = ContainerSelection()
  ) {
    firstEdit = task.document.editCount
    self.task = task
    roles = ContainerRoles(selection: selection)
  }

  /// Switches to another task definition of the document, without any findings or additions yet.
  mutating func turn(to place: TaskPlace) {
    task.turn(to: place)
    findings = Findings()
    roles = ContainerRoles()
    addedContainers = []
    grants = []
    firstEdit = task.document.editCount
  }

  var envoy: NodeID? { roles.envoy }

  var tracingDaemon: NodeID? { roles.tracingDaemon }

  /// The containers that Envoy serves.
  var applications: [NodeID] { roles.applications(of: task) }

  /// The configuration in Envoy's container.
  var bootstrap: String? { envoy.flatMap { task.embeddedBootstrap(of: $0) } }

  /// Begins a stage. Findings and edits are recorded under its name.
  mutating func begin(_ stage: String) {
    findings.stage = stage
    task.noteContainers()
  }

  /// Reports a problem of the task definition, with the sentences of its rule.
  ///
  /// - Parameters:
  /// - values: the values for the holes in the rule's sentences.
  /// - fix: advice that fits this document better than the rule's fix.
  /// - node: the value with the problem, or `nil` for the whole task definition.
  mutating func report(
    _ rule: Rule, _ values: KeyValuePairs<String, String> = [:], fix: Wording? = nil,
    at node: NodeID? = nil
  ) {
    findings.add(rule, values, fix: fix, at: node ?? task.root, in: task.document)
  }

  // MARK: Edits

  @discardableResult
  mutating func set(
    _ field: Field, to value: JSONValue, in node: NodeID? = nil, because reason: String
  ) -> NodeID? {
    task.document.set(
      dialect.spelling(field), to: dialect.value(value, of: field), in: node ?? task.root,
      because: self.reason(reason))
  }

  /// - Parameter filler: the text for the value's blank in this document.
  mutating func set(
    _ field: Field, to value: PreparedValue, filling filler: Fragment.Filler? = nil,
    in node: NodeID? = nil, because reason: String
  ) {
    task.document.set(
      dialect.spelling(field), to: value.fragment(dialect), filling: filler, in: node ?? task.root,
      because: self.reason(reason))
  }

  /// - Parameter patch: the differences between the copy and the original, as a JSON Merge Patch.
  mutating func set(
    _ field: Field, toCopyOf original: NodeID, merging patch: JSONValue, in node: NodeID,
    because reason: String
  ) {
    task.document.set(
      dialect.spelling(field), toCopyOf: original, merging: dialect.value(patch, of: field),
      in: node, because: self.reason(reason))
  }

  /// Appends to the list in a member. Creates the list if it is absent or `null`.
  mutating func append(
    _ value: JSONValue, to field: Field, in node: NodeID, because reason: String
  ) {
    guard let list = task.node(field, of: node) else {
      set(field, to: [value], in: node, because: reason)
      return
    }
    task.document.append(dialect.value(value), to: list, because: self.reason(reason))
  }

  /// Like ``append(_:to:in:because:)``, with an element that was built once for all documents.
  mutating func append(
    _ value: PreparedElement, to field: Field, in node: NodeID, because reason: String
  ) {
    guard let list = task.node(field, of: node) else {
      return set(field, to: value.list, in: node, because: reason)
    }
    task.document.append(
      value.element.fragment(dialect), to: list, because: self.reason(reason))
  }

  mutating func addContainer(_ value: PreparedValue, because reason: String) -> NodeID? {
    guard let list = task.node(.containerDefinitions) else { return nil }
    let container = task.document.append(
      value.fragment(dialect), to: list, because: self.reason(reason))
    addedContainers.append(container)
    return container
  }

  mutating func remove(_ node: NodeID, because reason: String) {
    task.document.remove(node, because: self.reason(reason))
  }

  /// A reason for an edit by the current stage.
  func reason(_ text: String) -> Edit.Reason { Edit.Reason(filter: findings.stage, text) }

  private var dialect: Dialect { task.place.dialect }
}
