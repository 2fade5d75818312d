import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Compares two documents as ECS registers them, with its defaults filled in: see
/// ``JSONValue/registered``.
///
/// Near the root members are compared one by one: of a large template no more is built at once than
/// a resource.
struct RegisteredComparison {
  let one: Document
  let other: Document

  /// How deep below the root: as resources stand.
  private static let depth = 2

  var isSame: Bool { areSame(one.root, other.root, named: "", depth: 0) }

  /// - Parameters:
  ///   - left: a value in ``one``; `nil` if the member is absent.
  ///   - right: the value of that member in ``other``.
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
