import CloudFormation
import LosslessJSON
import TaskDefinitions

/// Where a task's cpu and memory can be edited, and the amounts that are allowed there.
struct SizeSources {
  private let cpu: Editable
  private let memory: Editable

  private struct Editable {
    /// `nil` if nothing can be edited for this task alone.
    var source: SizeSource?
    /// The amounts to choose from, with their spellings. `nil` for any amount.
    var amounts: [Int: JSONValue]?
  }

  /// - Parameters:
  ///   - size: the task's, as far as it is known.
  ///   - given: values that the user gives to parameters. Editing their defaults would have no effect.
  init(_ task: TaskDefinition, _ size: TaskSize, given: GivenValues) {
    cpu = Self.editable(.cpu, task, size.cpu, TaskSize.cpuUnits, given)
    memory = Self.editable(.memory, task, size.memory, TaskSize.mebibytes, given)
  }

  private static func editable(
    _ field: Field, _ task: TaskDefinition, _ amount: Int?, _ read: (JSONValue) -> Int?,
    _ given: GivenValues
  ) -> Editable {
    let fixed = Editable(source: nil, amounts: amount.map { [$0: .null] } ?? [:])
    guard let source = SizeSource(of: field, in: task), source.isUsedOnce(in: task.document),
      // The tasks of a loop share what is outside of it.
      source == .member || !task.place.isInLoop
    else { return fixed }
    switch source {
    case .member: return Editable(source: source)
    case .parameter(let name) where given[name] != nil: return fixed
    case .parameter, .mapping:
      guard source.node(of: field, in: task) != nil else { return fixed }
      let allowed = source.allowedValues(in: task.document)?.compactMap { value in
        read(value).map { ($0, value) }
      }
      let amounts = allowed.map { Dictionary($0) { first, _ in first } }
      return Editable(source: source, amounts: amounts)
    }
  }

  /// The amounts to choose from.
  var choices: TaskSize.Choices {
    TaskSize.Choices(
      cpu: cpu.amounts.map { Array($0.keys) }, memory: memory.amounts.map { Array($0.keys) })
  }

  /// Whether both amounts can be edited, other than to values that a parameter does not allow.
  var areEditable: Bool { cpu.source != nil && memory.source != nil }

  /// The source of one amount, and the value to write there; `nil` if it cannot be edited.
  func edit(_ field: Field, to amount: Int) -> (source: SizeSource, value: JSONValue)? {
    let editable = field == .cpu ? cpu : memory
    return editable.source.map { ($0, editable.amounts?[amount] ?? .string(String(amount))) }
  }
}
