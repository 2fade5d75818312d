import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

extension Ledger {
  /// This ledger where other tasks of the same template have added to the same list, such as the
  /// policies of a role that they share: whichever is taken back last leaves what stood there
  /// before the first.
  func sharing(with others: [Ledger]) -> Ledger {
    let present = others.flatMap(\.steps)
    return Ledger(steps: steps.map { step in present.lazy.compactMap(step.joining).first ?? step })
  }

  /// The ledgers of the other task definitions of the document.
  static func others(than task: TaskDefinition) -> [Ledger] {
    TaskPlace.all(in: task.document).filter { $0.root != task.root }
      .compactMap { TakeBack.ledger(of: TaskDefinition(task.document, at: $0)) }
  }
}

extension Ledger.Step {
  /// The step with the end of another that removes a neighbour of what it removes.
  fileprivate func joining(_ other: Ledger.Step) -> Ledger.Step? {
    guard case .remove(let pointer, _, _, _) = self,
      case .remove(let neighbour, let prunes, let leavesNull, let closing) = other,
      pointer.tokens.last?.hasPrefix("=") == true,
      pointer.tokens.dropLast() == neighbour.tokens.dropLast()
    else { return nil }
    return .remove(pointer, prunes: prunes, leavesNull: leavesNull, closing: closing)
  }
}
