/// Why a value of a template is not known.
public struct Unresolved: Error, Hashable, Sendable {
  /// What is not known and why: one clause without a full stop.
  public let message: String
  /// How to make it known, as an imperative without a full stop.
  public let fix: String

  public init(_ message: String, fix: String) {
    self.message = message
    self.fix = fix
  }
}

extension Unresolved {
  /// A circle, or nobody's template.
  public static let tooDeep = Unresolved(
    "this refers to itself, or is nested too deeply", fix: "write the value in its place")

  static func malformed(_ function: String) -> Unresolved {
    Unresolved(
      "the arguments of \(function) are not those that CloudFormation knows",
      fix: "write them as CloudFormation's documentation of \(function) says")
  }

  static func unsupported(_ function: String) -> Unresolved {
    Unresolved("\(function) is not followed here", fix: "write the value in its place")
  }

  static func placeholder(_ name: String) -> Unresolved {
    Unresolved("\(name) is not known here", fix: "give '\(name)' a value with --parameter")
  }

  static func condition(_ name: String) -> Unresolved {
    Unresolved(
      "the template has no condition '\(name)'", fix: "declare it in the template's Conditions")
  }

  static func mapping(_ keys: [String]) -> Unresolved {
    Unresolved(
      "the template's Mappings have no '\(keys.joined(separator: "/"))'",
      fix: "declare it in the template's Mappings")
  }

  static let selection = Unresolved(
    "Fn::Select asks for an element that its list does not have",
    fix: "select one of the list's elements, counted from 0")
}
