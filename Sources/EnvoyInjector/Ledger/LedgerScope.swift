import CloudFormation
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Decides which steps of a task's ledger are allowed. The ledger is a label, which anybody can write, so a
/// step is carried out only if inject itself can have written it.
///
/// Inject edits only its own task definition, the parameters and mappings that give the task its size, its own
/// policies in that task's roles, and the places that the configuration's patches edit.
struct LedgerScope {
  private let task: TaskDefinition
  /// The place of the task definition.
  private let root: [String]
  private let patched: PatchedPlaces
  /// The names of the containers that inject may have added.
  private let ownNames: Set<String>

  /// - Parameters:
  /// - task: the task before anything is undone.
  ///   - envoy: the container that carries the ledger.
  /// - patches: the patches of the current configuration.
  init(of task: TaskDefinition, envoy: NodeID, patches: JSONPatch?) {
    self.task = task
    root = task.document.pointer(to: task.root).tokens
    patched = PatchedPlaces(patches, in: task)
    ownNames = Self.ownNames(task, envoy)
  }

  /// The first step that inject cannot have written.
  func firstForeign(of ledger: Ledger) -> Ledger.Step? {
    // Ten containers and the patches cannot have produced more steps.
    let limit = 1000 + 100 * patched.count
    if ledger.steps.count > limit { return ledger.steps[limit] }
    return ledger.steps.first { !holds($0) }
  }

  private func holds(_ step: Ledger.Step) -> Bool {
    let tokens = step.pointer.tokens
    guard tokens.count > root.count, tokens.starts(with: root) else {
      return isOwnPolicy(step) || isOwnSize(step)
    }
    let path = Array(tokens.dropFirst(root.count))
    if patched.contain(path, step) { return true }
    return switch step {
    case .remove: isRemovable(path, step)
    case .replace(_, _, let text): path.count == 1 && isFormer(text, of: path[0])
    // The only removed values are nulls that ECS's API rejects.
    case .add(let pointer, let text, _):
      text == "null" && pointer.tokens.last?.hasPrefix("=") == false && isMember(pointer)
    case .revoke: false
    }
  }

  // MARK: The task definition

  private func isRemovable(_ path: [String], _ step: Ledger.Step) -> Bool {
    if path.count == 1 {
      return [Field.cpu, .memory, .networkMode, .proxyConfiguration].contains {
        spelling($0) == path[0]
      }
    }
    guard path[0] == spelling(.containerDefinitions) else { return false }
    let element = behindChoices(path, 1)
    guard path.indices.contains(element), PatchedPlaces.isElement(path[element]) else {
      return false
    }
    if path.count == element + 1 { return isOwnContainer(path[element], step) }
    let member = behindChoices(path, element + 1)
    guard path.indices.contains(member), path[member] == spelling(.dependsOn) else { return false }
    // Existing lists keep their other elements.
    let dependency = behindChoices(path, member + 1)
    return path.count == dependency + 1 && isOwnContainer(path[dependency], step)
  }

  /// Skips the `Fn::If` functions of a template that surround the next part of a path.
  private func behindChoices(_ path: [String], _ start: Int) -> Int {
    var index = start
    while task.place.values != nil, path.count > index + 1, path[index] == Intrinsic.if {
      index += 2
    }
    return index
  }

  /// Whether an element is one of inject's containers, or waits for one. If people have renamed it, it is not
  /// found, and nothing is removed.
  private func isOwnContainer(_ token: String, _ step: Ledger.Step) -> Bool {
    guard token.hasPrefix("=") else { return false }
    let name = String(token.dropFirst())
    return ownNames.contains(name) || task.container(named: name) == nil
      || task.document.node(atNamed: step.pointer) == nil
  }

  /// The names of Envoy and of the tracing daemon that it waits for.
  private static func ownNames(_ task: TaskDefinition, _ envoy: NodeID) -> Set<String> {
    let awaited = task.list(.dependsOn, of: envoy)
      .filter { task.text(.condition, of: $0) == "START" }
      .compactMap { task.text(.containerName, of: $0) }
      .filter { name in
        // The daemon can have any image, because the configuration can set one, but it is not essential.
        let container = task.container(named: name)
        return container.map { task.flag(.essential, of: $0) == false } ?? true
      }
    let daemons = task.containers.filter { task.hasImage($0, of: TracingDaemonImage.all) }
    return Set([task.name(of: envoy)] + awaited + daemons.map { task.name(of: $0) })
  }

  /// Whether a value has the type of a member that inject replaces.
  private func isFormer(_ text: String, of member: String) -> Bool {
    if member == spelling(.proxyConfiguration) { return isProxyConfiguration(text) }
    guard [Field.cpu, .memory, .networkMode].contains(where: { spelling($0) == member }) else {
      return false
    }
    return isScalar(text)
  }

  private func isScalar(_ text: String) -> Bool {
    guard let (document, node) = value(text) else { return false }
    return [.string, .number, .null].contains(document.kind(of: node))
  }

  /// Whether a step gives the default of a parameter, or the entry of a mapping, the amount that it had
  /// before the task got its size from there.
  private func isOwnSize(_ step: Ledger.Step) -> Bool {
    guard task.place.values != nil, case .replace(let pointer, _, let text) = step, isScalar(text)
    else { return false }
    return [Field.cpu, .memory].contains {
      SizeSource(of: $0, in: task)?.contains(pointer.tokens) == true
    }
  }

  private func isProxyConfiguration(_ text: String) -> Bool {
    guard let (document, node) = value(text) else { return false }
    let members = document.members(of: node).map(\.name)
    let known = [Field.type, .containerName, .properties].map(spelling)
    return document.kind(of: node) == .null
      || (document.kind(of: node) == .object && members.allSatisfy(known.contains))
  }

  private func value(_ text: String) -> (Document, NodeID)? {
    (try? Document(Array(text.utf8))).map { ($0, $0.root) } ?? yamlValue(text)
  }

  private func yamlValue(_ text: String) -> (Document, NodeID)? {
    guard task.place.values != nil,
      let document = try? DocumentFormat.read(Array("value: \(text)\n".utf8)),
      let node = document.member("value", of: document.root)
    else { return nil }
    return (document, node)
  }

  private func isMember(_ pointer: JSONPointer) -> Bool {
    let parent = JSONPointer(pointer.tokens.dropLast())
    return task.document.node(atNamed: parent).map { task.document.kind(of: $0) == .object } ?? true
  }

  private func spelling(_ field: Field) -> String { task.place.dialect.spelling(field) }

  // MARK: Roles

  /// Whether a step removes permissions that inject granted to a role of the task.
  private func isOwnPolicy(_ step: Ledger.Step) -> Bool {
    guard task.place.values != nil else { return false }
    return RolePolicies(of: task, for: []).bothRoles.contains { role in
      guard case .made(let name)? = role.reference else { return false }
      let policy = Ledger.policy(of: name)
      switch step {
      case .revoke(let pointer, _, _): return pointer == policy
      // Version 0.1.0 added a separate policy for each task and role.
      case .remove(let pointer, _, _, _):
        return pointer.tokens == policy.tokens.dropLast() + ["=" + role.policyName]
      case .add, .replace: return false
      }
    }
  }
}

extension Ledger.Step {
  var pointer: JSONPointer {
    switch self {
    case .remove(let pointer, _, _, _), .replace(let pointer, _, _), .add(let pointer, _, _),
      .revoke(let pointer, _, _):
      pointer
    }
  }

  /// A description for people.
  var summary: String {
    switch self {
    case .remove where pointer.tokens.isEmpty: "remove the whole document"
    case .remove: "remove \(pointer)"
    case .replace: "replace \(pointer)"
    case .add: "add \(pointer)"
    case .revoke: "revoke \(pointer)"
    }
  }
}

extension LedgerScope {
  static let foreignLedger = Rule.error(
    "foreign-ledger",
    "The ledger of this task asks for a step that inject cannot have written: {step}. "
      + "Nothing is edited.",
    fix:
      "If a patch of a configuration file wrote there, give that file with \(Setting.config, "FILE"). "
      + "Otherwise start from the task definition before injection.")
}
