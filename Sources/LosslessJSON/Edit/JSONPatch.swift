/// A JSON Patch (RFC 6902): operations that are applied in order, all or none.
public struct JSONPatch: Hashable, Sendable {
  public enum Operation: Hashable, Sendable {
    case add(JSONPointer, JSONValue)
    case remove(JSONPointer)
    case replace(JSONPointer, JSONValue)
    case move(from: JSONPointer, JSONPointer)
    case copy(from: JSONPointer, JSONPointer)
    case test(JSONPointer, JSONValue)
  }

  public let operations: [Operation]

  init(_ operations: [Operation]) { self.operations = operations }

  /// Reads a patch from its JSON.
  ///
  /// - Throws: a ``Problem`` whose pointer names the operation in `value`.
  public init(_ value: JSONValue) throws(Problem) {
    guard let elements = value.array else {
      throw Problem(.malformedPatch, ["reason": "it is not an array of operations"], at: Place())
    }
    var operations: [Operation] = []
    for (index, element) in elements.enumerated() {
      operations.append(try Self.operation(element, index))
    }
    self.operations = operations
  }

  private static func operation(_ element: JSONValue, _ index: Int) throws(Problem) -> Operation {
    let path = try pointer("path", of: element, index)
    switch element["op"]?.string {
    case "add": return .add(path, try value(of: element, index))
    case "replace": return .replace(path, try value(of: element, index))
    case "test": return .test(path, try value(of: element, index))
    case "remove": return .remove(path)
    case "move": return .move(from: try pointer("from", of: element, index), path)
    case "copy": return .copy(from: try pointer("from", of: element, index), path)
    default:
      throw malformed("'op' must be one of add, remove, replace, move, copy, test", index)
    }
  }

  private static func pointer(
    _ name: String, of element: JSONValue, _ index: Int
  ) throws(Problem) -> JSONPointer {
    guard let text = element[name]?.string, let pointer = JSONPointer(parsing: text) else {
      throw malformed("'\(name)' must be a JSON pointer such as /family", index)
    }
    return pointer
  }

  private static func value(of element: JSONValue, _ index: Int) throws(Problem) -> JSONValue {
    guard let value = element["value"] else {
      throw malformed("the operation needs a 'value'", index)
    }
    return value
  }
  private static func malformed(_ reason: String, _ index: Int) -> Problem {
    Problem(.malformedPatch, ["reason": reason], at: Place(pointer: JSONPointer() / index))
  }
}

extension Rule {
  public static let malformedPatch = error(
    "malformed-patch", "The JSON Patch is not valid: {reason}.",
    fix: "Write operations as RFC 6902 defines them: {\"op\": \"add\", \"path\": \"/family\", "
      + "\"value\": \"web\"}.", see: "https://www.rfc-editor.org/rfc/rfc6902")
}

// MARK: Translating

extension JSONPatch {
  /// The patch for a document in which the patched value is at `base`.
  public func below(_ base: JSONPointer) -> JSONPatch {
    guard !base.tokens.isEmpty else { return self }
    return mapping {
      JSONPointer(base.tokens + $0.tokens)
    } values: { value, _ in
      value
    }
  }

  /// The patch for a document with other names.
  ///
  /// - Parameters:
  ///   - pointer: translates a pointer.
  ///   - value: translates a value, given its former pointer.
  public func mapping(
    _ pointer: (JSONPointer) -> JSONPointer, values value: (JSONValue, JSONPointer) -> JSONValue
  ) -> JSONPatch {
    JSONPatch(
      operations.map { operation in
        switch operation {
        case .add(let path, let new): .add(pointer(path), value(new, path))
        case .remove(let path): .remove(pointer(path))
        case .replace(let path, let new): .replace(pointer(path), value(new, path))
        case .move(let from, let path): .move(from: pointer(from), pointer(path))
        case .copy(let from, let path): .copy(from: pointer(from), pointer(path))
        case .test(let path, let expected): .test(pointer(path), value(expected, path))
        }
      })
  }
}

// MARK: Applying

extension Document {
  /// Applies a JSON Patch; every operation becomes one or two edits.
  ///
  /// - Parameter reason: makes the reason of an operation's edits from its index.
  /// - Throws: a ``Problem`` of the first operation that does not fit, whose pointer names the
  ///   operation in the patch. The document is then unchanged.
  public mutating func apply(
    _ patch: JSONPatch, because reason: (Int) -> Edit.Reason
  ) throws(Problem) {
    var patched = self
    for (index, operation) in patch.operations.enumerated() {
      if let obstacle = patched.apply(operation, reason(index)) {
        throw Problem(
          .patchFailed, ["reason": obstacle], at: Place(pointer: JSONPointer() / index))
      }
    }
    self = patched
  }

  /// - Returns: what prevents the operation: a clause without a full stop.
  private mutating func apply(_ operation: JSONPatch.Operation, _ reason: Edit.Reason) -> String? {
    switch operation {
    case .add(let path, let value):
      return add(value, at: path, reason)
    case .remove(let path):
      guard let node = inner(path) else { return absent(path) }
      remove(node, because: reason)
    case .replace(let path, let value):
      guard let node = inner(path) else { return absent(path) }
      if let problem = nesting(of: value, at: path) { return problem }
      replace(node, with: value, because: reason)
    case .move(let from, let path):
      return move(from, to: path, reason)
    case .copy(let from, let path):
      guard let node = node(at: from) else { return absent(from) }
      return add(value(node), at: path, reason)
    case .test(let path, let expected):
      guard let node = node(at: path) else { return absent(path) }
      guard value(node).isEquivalent(to: expected) else {
        return "the value at '\(path)' differs from the tested one"
      }
    }
    return nil
  }

  private mutating func move(
    _ from: JSONPointer, to path: JSONPointer, _ reason: Edit.Reason
  ) -> String? {
    guard let node = inner(from) else { return absent(from) }
    if from == path { return nil }
    if JSONPointer(Array(path.tokens.prefix(from.tokens.count))) == from {
      return "the value at '\(from)' cannot be moved into itself"
    }
    let value = value(node)
    remove(node, because: reason)
    return add(value, at: path, reason)
  }

  private mutating func add(
    _ value: JSONValue, at path: JSONPointer, _ reason: Edit.Reason
  ) -> String? {
    guard let token = path.tokens.last else {
      return "the whole document cannot be replaced or removed"
    }
    let parent = JSONPointer(path.tokens.dropLast())
    guard let container = node(at: parent) else { return absent(parent) }
    if token.utf8.contains(0) {
      return "a member name cannot contain U+0000, where other parsers cut it off"
    }
    if let problem = nesting(of: value, at: path) { return problem }
    switch kind(of: container) {
    case .object:
      set(token, to: value, in: container, because: reason)
    case .array:
      let count = elements(of: container).count
      let index = token == "-" ? count : Int(token) ?? -1
      guard (0...count).contains(index), token == "-" || String(index) == token else {
        return "'\(token)' is not an index of the array at '\(parent)', which has \(count) elements"
      }
      insert(value, at: index, in: container, because: reason)
    default:
      return "the value at '\(parent)' is neither an object nor an array"
    }
    return nil
  }

  private func nesting(of value: JSONValue, at path: JSONPointer) -> String? {
    let limit = Scanner.maximumDepth
    guard path.tokens.count + value.depth > limit else { return nil }
    return "the values at '\(path)' would be nested more than \(limit) levels deep"
  }

  /// The value at a pointer, unless that is the whole document.
  private func inner(_ pointer: JSONPointer) -> NodeID? {
    pointer.tokens.isEmpty ? nil : node(at: pointer)
  }

  private func absent(_ pointer: JSONPointer) -> String {
    pointer.tokens.isEmpty
      ? "the whole document cannot be replaced or removed" : "there is no value at '\(pointer)'"
  }
}

extension Rule {
  public static let patchFailed = error(
    "patch-failed", "The JSON Patch does not fit the document: {reason}.",
    fix: "Fix the operation in the patch.", see: "https://www.rfc-editor.org/rfc/rfc6902")
}
