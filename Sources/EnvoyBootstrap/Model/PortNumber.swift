internal import LosslessJSON

/// A port in a configuration: a number, or what a template's deployment puts in its place.
public enum PortNumber: Hashable, Sendable {
  case known(UInt16)
  /// A variable of the text, such as `${AppPort1}`: something else replaces it by a number before
  /// Envoy reads it.
  case variable(String)

  /// `nil`: it is decided later.
  public var value: UInt16? {
    guard case .known(let number) = self else { return nil }
    return number
  }

  public var text: String {
    switch self {
    case .known(let number): String(number)
    case .variable(let text): text
    }
  }

  /// Envoy reads integers in strings, too
  /// (<https://protobuf.dev/programming-guides/json/>): the text around a variable stays JSON.
  var json: JSONValue {
    switch self {
    case .known(let number): .integer(Int(number))
    case .variable(let text): .string(text)
    }
  }
}
