import CloudFormation
import LosslessJSON
import TaskDefinitions

/// The text of a document that decides a task's cpu or memory: the member itself or, in a template,
/// the default of a parameter or an entry of a mapping to which the member refers.
enum SizeSource: Hashable {
  case member
  /// `Ref` of a parameter.
  case parameter(String)
  /// `Fn::FindInMap`, with the name of the map and the key of its last level.
  case mapping(String, key: String)

  private static let parameters = "Parameters"
  private static let mappings = "Mappings"

  /// - Parameter container: the container with the member, or `nil` for the task's own.
  /// - Returns: `nil` if another function decides the member.
  init?(of field: Field, of container: NodeID? = nil, in task: TaskDefinition) {
    guard let node = task.node(field, of: container),
      task.place.isIntrinsic(node, in: task.document)
    else {
      self = .member
      return
    }
    let function = task.document.value(node)
    if let name = function[Intrinsic.ref]?.string {
      self = .parameter(name)
    } else if let keys = function[Intrinsic.findInMap]?.array, (3...4).contains(keys.count),
      let map = keys[0].string, let key = keys[2].string
    {
      self = .mapping(map, key: key)
    } else {
      return nil
    }
  }

  /// Whether a place of the template is one that decides the member, for some values of parameters.
  func contains(_ tokens: [String]) -> Bool {
    switch self {
    case .member: false
    case .parameter(let name): tokens == [Self.parameters, name, "Default"]
    case .mapping(let map, let key):
      tokens.count == 4 && tokens[0] == Self.mappings && tokens[1] == map && tokens[3] == key
    }
  }

  /// The value that decides the member with the known values of parameters. `nil` if it is absent.
  func node(of field: Field, in task: TaskDefinition) -> NodeID? {
    switch self {
    case .member: return task.node(field)
    case .parameter(let name): return Self.declaration(name, "Default", in: task.document)
    case .mapping(let map, let key):
      guard let entry = entry(of: field, in: task) else { return nil }
      return task.document.node(at: JSONPointer([Self.mappings, map, entry, key]))
    }
  }

  /// The name of the entry in the map that the known values of parameters choose.
  func entry(of field: Field, in task: TaskDefinition) -> String? {
    guard case .mapping = self, let values = task.place.values, let member = task.node(field),
      let keys = task.document.value(member)[Intrinsic.findInMap]?.array, keys.count > 2
    else { return nil }
    return values.text(keys[1])
  }

  /// Whether the map has another entry, which another value of a parameter chooses.
  func hasOtherEntries(in document: Document) -> Bool {
    guard case .mapping(let map, _) = self,
      let entries = document.node(at: JSONPointer([Self.mappings, map]))
    else { return false }
    return document.members(of: entries).count > 1
  }

  /// The values that a parameter may have. `nil` if it is not limited to a list.
  func allowedValues(in document: Document) -> [JSONValue]? {
    guard case .parameter(let name) = self else { return nil }
    return Self.declaration(name, "AllowedValues", in: document).map { document.value($0) }?.array
  }

  private static func declaration(
    _ parameter: String, _ member: String, in document: Document
  ) -> NodeID? {
    document.node(at: JSONPointer([parameters, parameter, member]))
  }

  /// Whether only one member of the template refers to it, so that an edit changes nothing else.
  func isUsedOnce(in document: Document) -> Bool {
    switch self {
    case .member: true
    case .parameter(let name): document.value(document.root).references(to: name) == 1
    case .mapping(let map, let key):
      document.value(document.root).lookups(in: map, key) == 1
    }
  }
}

extension JSONValue {
  /// The number of functions that refer to a parameter.
  fileprivate func references(to name: String) -> Int {
    switch self {
    case .array(let elements): return elements.reduce(0) { $0 + $1.references(to: name) }
    case .object(let members):
      return members.reduce(0) { count, member in
        if member.name == Intrinsic.ref { return count + (member.value.string == name ? 1 : 0) }
        let pieces =
          member.name == Intrinsic.sub ? Substitution(member.value)?.pieces ?? [] : []
        let variables = pieces.reduce(0) { count, piece in
          guard case .value(let value) = piece else { return count }
          return count + value.references(to: name)
        }
        return count + variables + member.value.references(to: name)
      }
    default: return 0
    }
  }

  /// The number of `Fn::FindInMap` functions that can read a key of a map.
  fileprivate func lookups(in map: String, _ key: String) -> Int {
    switch self {
    case .array(let elements): return elements.reduce(0) { $0 + $1.lookups(in: map, key) }
    case .object(let members):
      return members.reduce(0) { count, member in
        let inside = count + member.value.lookups(in: map, key)
        guard member.name == Intrinsic.findInMap, let keys = member.value.array, keys.count > 2
        else { return inside }
        let canRead = (keys[0].string ?? map) == map && (keys[2].string ?? key) == key
        return inside + (canRead ? 1 : 0)
      }
    default: return 0
    }
  }
}
