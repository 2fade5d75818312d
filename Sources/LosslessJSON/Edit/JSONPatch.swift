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

  /// Why a patch can't be read or applied.
  public struct Failure: Error, Hashable, Sendable {
    /// Index of the operation, from 0.
    public let index: Int
    /// What is wrong: one clause without a full stop.
    public let message: String
  }

  public let operations: [Operation]

  init(_ operations: [Operation]) { self.operations = operations }

  /// Reads a patch from its JSON.
  public init(_ value: JSONValue) throws(Failure) {
    guard let elements = value.array else {
      throw Failure(index: 0, message: "a JSON Patch is an array of operations")
    }
    var operations: [Operation] = []
    for (index, element) in elements.enumerated() {
      operations.append(try Self.operation(element, index))
    }
    self.operations = operations
  }

  private static func operation(_ element: JSONValue, _ index: Int) throws(Failure) -> Operation {
    let path = try pointer("path", of: element, index)
    switch element["op"]?.string {
    case "add": return .add(path, try value(of: element, index))
    case "replace": return .replace(path, try value(of: element, index))
    case "test": return .test(path, try value(of: element, index))
    case "remove": return .remove(path)
    case "move": return .move(from: try pointer("from", of: element, index), path)
    case "copy": return .copy(from: try pointer("from", of: element, index), path)
    default:
      throw Failure(
        index: index, message: "'op' must be one of add, remove, replace, move, copy, test")
    }
  }

  private static func pointer(
    _ name: String, of element: JSONValue, _ index: Int
  ) throws(Failure) -> JSONPointer {
    guard let text = element[name]?.string, let pointer = JSONPointer(parsing: text) else {
      throw Failure(index: index, message: "'\(name)' must be a JSON pointer such as /family")
    }
    return pointer
  }

  private static func value(of element: JSONValue, _ index: Int) throws(Failure) -> JSONValue {
    guard let value = element["value"] else {
      throw Failure(index: index, message: "the operation needs a 'value'")
    }
    return value
  }
}
