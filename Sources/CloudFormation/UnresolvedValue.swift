public import LosslessJSON

/// Problems of template values that cannot be evaluated.
public enum UnresolvedValue {
  public static let rules = [
    condition, malformed, mapping, nesting, placeholder, selection, size, unsupported, work,
  ]

  static let nesting = Rule.error(
    "template-nesting", "This value refers to itself, or is nested too deeply.",
    fix: "Replace the function with its value.")
  static let size = Rule.error(
    "template-value-size", "{function} evaluates to more than {limit} bytes of text.",
    fix: "Shorten the texts that it puts together.")
  static let work = Rule.error(
    "template-work",
    "The functions of this template take more than {limit} steps to evaluate, so the rest of them "
      + "is not evaluated.",
    fix: "Split the template, or replace functions with their values.")
  private static let malformed = Rule.error(
    "template-function", "The arguments of {function} are not valid.",
    fix: "Write them as in CloudFormation's documentation of {function}.")
  private static let unsupported = Rule.error(
    "template-function-unsupported", "{function} is not supported.",
    fix: "Replace the function with its value.")
  private static let placeholder = Rule.error(
    "template-value-unknown", "{name} is not known before the template is deployed.",
    fix: "Give '{name}' a value with \(.parameters).")
  private static let condition = Rule.error(
    "template-condition", "The template does not have a condition '{name}'.",
    fix: "Declare it in the template's Conditions.")
  private static let mapping = Rule.error(
    "template-mapping", "The template's Mappings do not have '{keys}'.",
    fix: "Declare it in the template's Mappings.")
  private static let selection = Rule.error(
    "template-selection", "Fn::Select asks for an element that its list does not have.",
    fix: "Select one of the list's elements, counted from 0.")

  static let tooDeep = Problem(nesting)
  static let noSuchElement = Problem(selection)

  static func malformed(_ function: String) -> Problem {
    Problem(malformed, ["function": function])
  }

  static func unsupported(_ function: String) -> Problem {
    Problem(unsupported, ["function": function])
  }

  static func unknown(_ name: String) -> Problem { Problem(placeholder, ["name": name]) }

  static func noCondition(_ name: String) -> Problem { Problem(condition, ["name": name]) }

  static func noMapping(_ keys: [String]) -> Problem {
    Problem(mapping, ["keys": keys.joined(separator: "/")])
  }

  /// Whether the problem is about the evaluation as a whole: a cycle, or too much work. It must end
  /// the evaluation, because the other branches would only repeat it.
  public static func endsEvaluation(_ problem: Problem) -> Bool {
    [nesting, size, work].contains(problem.rule)
  }
}

extension Setting {
  /// Values for the parameters of a template, and for what it leaves open.
  static let parameters = Setting("parameter")
}
