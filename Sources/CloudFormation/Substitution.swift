public import LosslessJSON

/// The argument of `Fn::Sub`: `${Name}` is a `Ref`, `${Name.Attribute}` a `Fn::GetAtt`, `${!Name}`
/// the text `${Name}`. Variables of its own come first.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html>
public struct Substitution {
  public enum Piece {
    case literal(String)
    /// The value of a variable.
    case value(JSONValue)
  }

  public let pieces: [Piece]

  /// - Returns: `nil` if this is not an argument of `Fn::Sub`.
  public init?(_ argument: JSONValue) {
    guard let template = argument.string ?? argument.array?.first?.string else { return nil }
    let local = argument.array?.dropFirst().first ?? .object([])
    var pieces: [Piece] = []
    var rest = template[...]
    while let start = rest.range(ofText: "${") {
      pieces.append(.literal(String(rest[..<start.lowerBound])))
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else { return nil }
      let name = String(rest[start.upperBound..<end])
      if name.hasPrefix("!") {
        pieces.append(.literal("${\(name.dropFirst())}"))
      } else {
        pieces.append(.value(local[name] ?? Self.value(of: name)))
      }
      rest = rest[end...].dropFirst()
    }
    self.pieces = pieces + [.literal(String(rest))]
  }

  private static func value(of variable: String) -> JSONValue {
    variable.contains(".")
      ? Intrinsic.attribute(variable) : [Intrinsic.ref: .string(variable)]
  }

  /// The variable for a function. `nil` if the function needs a variable of its own.
  public static func variable(of function: JSONValue) -> String? {
    if let name = function[Intrinsic.ref]?.string { return name }
    let path = function[Intrinsic.getAtt]?.array?.map(\.string)
    guard let path, path.count == 2, let resource = path[0], let attribute = path[1] else {
      return nil
    }
    return "\(resource).\(attribute)"
  }

  /// A literal, escaped for the argument.
  public static func escaped(_ literal: String) -> String {
    var text = ""
    var rest = literal[...]
    while let start = rest.range(ofText: "${") {
      text += rest[..<start.upperBound] + "!"
      rest = rest[start.upperBound...]
    }
    return text + rest
  }
}

extension Substring {
  func range(ofText text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
