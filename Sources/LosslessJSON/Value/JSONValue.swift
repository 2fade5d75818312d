/// A JSON value that the program creates. It keeps the order of members and the spelling of numbers.
///
/// A user's document is never converted to this type and back. It stays in the form of bytes, and is edited
/// in place (see ``Document``). An edit inserts a `JSONValue`.
///
/// Every value can be printed, and the text is strict JSON. A ``number(_:)`` whose spelling is not a JSON
/// number, or an integer beyond 64 bits, is printed as a string. If two members have the same name, the value
/// of the last one is printed at the place of the first. U+0000 in a name becomes U+FFFD.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number with its JSON spelling, such as `1.50` or `1e3`.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// Members in printing order. Names should be unique.
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: JSONValue

    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .number(String(value)) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { Member($0.0, $0.1) })
  }

  /// A whole number in its shortest spelling.
  public static func integer(_ value: Int) -> JSONValue { .number(String(value)) }
}

extension JSONValue {
  /// The value of the member called `name`, or `nil` if it is absent or this is not an object.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name.isSpelled(like: name) }?.value
  }

  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  public var array: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  public var object: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// The number as an integer, or `nil` for fractions, exponents and numbers beyond 64 bits.
  public var integer: Int? {
    guard case .number(let text) = self else { return nil }
    return Int(text)
  }

  /// The nesting depth of arrays and objects.
  var depth: Int {
    switch self {
    case .array(let elements): 1 + (elements.lazy.map(\.depth).max() ?? 0)
    case .object(let members): 1 + (members.lazy.map(\.value.depth).max() ?? 0)
    default: 0
    }
  }
}

// MARK: Merging

extension JSONValue {
  /// Applies a JSON Merge Patch (RFC 7396): objects merge member by member, `null` removes a member, and every
  /// other value replaces the former one.
  public func merging(_ patch: JSONValue) -> JSONValue {
    guard case .object(let changes) = patch else { return patch }
    var members = object ?? []
    for change in changes {
      let index = members.firstIndex { $0.name.isSpelled(like: change.name) }
      if change.value == .null {
        if let index { members.remove(at: index) }
      } else if let index {
        members[index].value = members[index].value.merging(change.value)
      } else {
        members.append(Member(change.name, JSONValue.object([]).merging(change.value)))
      }
    }
    return .object(members)
  }
}
