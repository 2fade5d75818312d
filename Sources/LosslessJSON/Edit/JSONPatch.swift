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
