import CloudFormation
import LosslessJSON
import RolePolicies
import TaskDefinitions

/// The advice that makes the containers of a task fit.
struct SizeAdvice {
  let task: TaskDefinition
  let size: TaskSize
  /// The size that holds the containers.
  let goal: TaskSize
  /// Whether the task can be resized here.
  let isResizable: Bool
  /// Values that the user gives to parameters of a template.
  let given: GivenValues

  var fix: Wording {
    let sources = [Field.cpu, .memory].map { SizeSource(of: $0, in: task) }
    if sources.allSatisfy({ $0 == .member }) {
      return "Give the task \(goal.members), or let \(.resize) do it. Or reserve less with "
        + "\(.envoyMemoryReservation)."
    }
    guard let container = sharing.first else { return raising }
    let own: Wording =
      "give container '\(task.name(of: container))' a parameter of its own, because "
      + "\(spelled) \(decides) the task too"
    return (task.needs.cpu ?? 0) <= (size.cpu ?? .max)
      ? "Reserve no memory for Envoy with \(.envoyMemoryReservation, "none"), or " + own + "."
      : "Leave \(.envoyCpu) out, or " + own + "."
  }

  /// The advice for a task whose size no container shares.
  private var raising: Wording {
    let values = changed.compactMap { field -> String? in
      guard case .parameter(let name) = SizeSource(of: field, in: task), given[name] != nil,
        let amount = field == .cpu ? goal.cpu : goal.memory
      else { return nil }
      return "\(name)=\(amount)"
    }
    if let first = values.first, values.count == changed.count {
      let rest = values.dropFirst().reduce("" as Wording) { $0 + " and \(.parameter, $1)" }
      return "Give \(.parameter, first)" + rest + ", and deploy the stack with that."
    }
    let raise: Wording = "Raise \(spelled) so that the task gets \(goal.members)"
    return raise + (isResizable ? ", or let \(.resize) do it." : ".") + limits
  }

  private var limits: Wording {
    for field in changed {
      guard case .parameter(let name) = SizeSource(of: field, in: task),
        let allowed = SizeSource.parameter(name).allowedValues(in: task.document),
        let amount = field == .cpu ? goal.cpu : goal.memory,
        !allowed.contains(where: { $0.text == String(amount) })
      else { continue }
      return " Add \(String(amount)) to the AllowedValues of \(name) first."
    }
    return ""
  }

  /// The amounts that are too small.
  private var changed: [Field] {
    [.cpu, .memory].filter { field in
      field == .cpu ? goal.cpu != size.cpu : goal.memory != size.memory
    }
  }

  /// The containers that get an amount from a parameter or an entry that sizes the task.
  private var sharing: [NodeID] {
    let (parameters, mappings) = (parameters, mappings.map(\.source))
    return task.containers.filter { container in
      [Field.cpu, .memory, .memoryReservation].contains { field in
        guard let source = SizeSource(of: field, of: container, in: task), source.isMapping else {
          return task.parameters(of: field, in: container).contains(where: parameters.contains)
        }
        return mappings.contains(source)
      }
    }
  }

  /// The parameters that decide the amounts that are too small, each once.
  private var parameters: [String] {
    let fields = changed.filter { SizeSource(of: $0, in: task)?.isMapping != true }
    return fields.flatMap { task.parameters(of: $0, in: task.root) }.distinct
  }

  /// The mappings that decide the amounts that are too small.
  private var mappings: [(source: SizeSource, text: String)] {
    changed.compactMap { field in
      guard let source = SizeSource(of: field, in: task), case .mapping(let map, let key) = source
      else { return nil }
      let entry = source.entry(of: field, in: task).map { "entry \($0)" } ?? "each entry"
      return (source, "\(key) in \(entry) of mapping \(map)")
    }
  }

  /// The names of the parameters, entries or members that decide the amounts that are too small.
  private var spelled: String {
    let names = parameters
    let ofParameters =
      names.isEmpty
      ? [] : [(names.count == 1 ? "parameter " : "parameters ") + names.joined(separator: " and ")]
    let all = ofParameters + mappings.map(\.text).distinct
    return all.isEmpty
      ? "the values behind " + changed.map(task.place.dialect.spelling).joined(separator: " and ")
      : all.joined(separator: " and ")
  }

  private var decides: String { parameters.count + mappings.count == 1 ? "sizes" : "size" }
}

extension SizeSource {
  fileprivate var isMapping: Bool {
    if case .mapping = self { true } else { false }
  }
}

extension [String] {
  /// Each element once, in the order of their first places.
  fileprivate var distinct: [String] {
    reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }
}

extension TaskDefinition {
  /// The template's parameters that a member refers to.
  fileprivate func parameters(of field: Field, in node: NodeID) -> [String] {
    self.node(field, of: node).map { document.value($0).references } ?? []
  }
}

extension JSONValue {
  /// The names in its `Ref` functions, without pseudo parameters.
  fileprivate var references: [String] {
    switch self {
    case .array(let elements): elements.flatMap(\.references)
    case .object(let members):
      members.flatMap { member -> [String] in
        guard member.name == Intrinsic.ref, let name = member.value.string else {
          return member.value.references
        }
        return name.hasPrefix("AWS::") ? [] : [name]
      }
    default: []
    }
  }
}
