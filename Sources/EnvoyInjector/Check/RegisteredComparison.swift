import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Compares two documents as ECS registers them, with its defaults filled in. See
/// ``JSONValue/registered``.
///
/// Members near the root are compared one by one, so that of a large template only one resource is built as
/// a value at a time.
struct RegisteredComparison {
  let one: Document
  let other: Document

  /// The depth at which resources are, counted from the root.
  private static let depth = 2

  var isSame: Bool { areSame(one.root, other.root, named: "", depth: 0) }

  /// - Parameters:
  /// - left: a value in ``one``, or `nil` if the member is absent.
  /// - right: the same member's value in ``other``.
  private func areSame(_ left: NodeID?, _ right: NodeID?, named name: String, depth: Int) -> Bool {
    guard depth < Self.depth, let left, let right, one.kind(of: left) == .object,
      other.kind(of: right) == .object
    else {
      let values = (
        left.flatMap { one.value($0).registered(as: name) },
        right.flatMap { other.value($0).registered(as: name) }
      )
      guard let left = values.0, let right = values.1 else {
        return values.0 == nil && values.1 == nil
      }
      return left.isEquivalent(to: right)
    }
    return one.members(of: left).allSatisfy { name, value in
      areSame(value, other.member(name, of: right), named: name, depth: depth + 1)
    }
      && other.members(of: right).allSatisfy { name, value in
        one.member(name, of: left) != nil
          || areSame(nil, value, named: name, depth: depth + 1)
      }
  }
}
