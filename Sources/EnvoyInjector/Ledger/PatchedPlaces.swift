import LosslessJSON
import TaskDefinitions

/// The places in a task definition that the configuration's patches edit.
///
/// Patches refer to elements by index, and ledgers by name. Both must refer to the same element, except in a
/// list that patches make longer or shorter.
struct PatchedPlaces {
  private struct Place {
    let tokens: [String]
    /// The name of the element that a patch adds, or `nil` if it does not add a named element.
    let addedName: String?
  }

  private let task: TaskDefinition
  private let places: [Place]
  /// Lists in which patches add, remove or move elements.
  private let shifted: Set<[String]>

  init(_ patches: JSONPatch?, in task: TaskDefinition) {
    self.task = task
    var places: [Place] = []
    var shifted: Set<[String]> = []
    for operation in patches?.operations ?? [] {
      var addedName: String?
      if case .add(_, let value) = operation {
        addedName = (value["name"] ?? value["containerName"])?.string
      }
      for pointer in operation.written {
        let tokens = task.place.dialect.pointer(pointer).tokens
        places.append(Place(tokens: tokens, addedName: addedName))
        if case .replace = operation { continue }
        if let last = tokens.last, Self.isElement(last) { shifted.insert(tokens.dropLast()) }
      }
    }
    self.places = places
    self.shifted = shifted
  }

  var count: Int { places.count }

  /// Whether a patch can have caused a step at `path`.
  func contain(_ path: [String], _ step: Ledger.Step) -> Bool {
    if places.contains(where: { matches(path, $0, isRemoved: step.isRemoval) }) { return true }
    // The elements of an added list are removed one by one.
    guard case .remove(_, prunes: true, _, _) = step, path.last?.hasPrefix("=") == true else {
      return false
    }
    return places.contains { matches(path.dropLast(), $0, isRemoved: true) }
  }

  private func matches(_ path: [String], _ place: Place, isRemoved: Bool) -> Bool {
    guard path.count == place.tokens.count else { return false }
    return path.indices.allSatisfy { index in
      let (token, patched) = (path[index], place.tokens[index])
      if token == patched { return true }
      guard Self.isElement(token), Self.isElement(patched) else { return false }
      if isRemoved, index == path.count - 1, let name = place.addedName {
        return token == "=" + name
      }
      return shifted.contains(Array(place.tokens[..<index]))
        || isElement(token, at: patched, of: path[..<index])
    }
  }

  /// Whether a name refers to the element at an index. A name that no element has is harmless.
  private func isElement(_ token: String, at index: String, of list: ArraySlice<String>) -> Bool {
    let tokens = task.document.pointer(to: task.root).tokens + list
    guard let list = task.document.node(atNamed: JSONPointer(tokens)),
      let named = task.document.node(atNamed: JSONPointer(tokens + [token]))
    else { return true }
    let elements = task.document.elements(of: list)
    return Int(index).map { elements.indices.contains($0) && elements[$0] == named } ?? false
  }

  static func isElement(_ token: String) -> Bool {
    token == "-" || token.hasPrefix("=") || Int(token) != nil
  }
}

extension Ledger.Step {
  fileprivate var isRemoval: Bool {
    if case .remove = self { true } else { false }
  }
}

extension JSONPatch.Operation {
  /// All places that the patch edits.
  fileprivate var written: [JSONPointer] {
    switch self {
    case .add(let path, _), .remove(let path), .replace(let path, _), .copy(_, let path): [path]
    case .move(let from, let path): [from, path]
    case .test: []
    }
  }
}
