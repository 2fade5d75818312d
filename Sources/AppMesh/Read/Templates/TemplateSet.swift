import CloudFormation
import LosslessJSON
import Synchronization

/// A set of templates, in which one can import the exports of another.
///
/// A class, because every template's evaluator refers to the set.
final class TemplateSet: Sendable {
  let templates: [Template]
  /// Values for everything that the templates leave open.
  let given: [String: String]
  /// The parameter values of deployed stacks.
  let stackParameters: [String: String]
  /// The exports of stacks whose templates are not in the set.
  let exports: [(name: String, value: String)]
  /// The parameters whose default was used in an evaluation so far.
  let defaults = DefaultsInUse()

  private let evaluators = Mutex<[ObjectIdentifier: TemplateValues]>([:])

  init(
    templates: [Template], given: [String: String], stackParameters: [String: String],
    exports: [(name: String, value: String)]
  ) {
    self.templates = templates
    self.given = given
    self.stackParameters = stackParameters
    self.exports = exports
  }

  /// The evaluator of a template's functions. Each template has only one, so that its references are
  /// evaluated once.
  func values(of template: Template) -> TemplateValues {
    evaluators.withLock { evaluators in
      let key = ObjectIdentifier(template)
      if let known = evaluators[key] { return known }
      let values = TemplateValues(
        template.value, references: TemplateScope(set: self, template: template))
      evaluators[key] = values
      return values
    }
  }

  /// The value of `Fn::ImportValue`.
  func exportedValue(_ name: String, depth: Int) throws(Problem) -> JSONValue {
    var found: [JSONValue] = exports.filter { $0.name == name }.map { .string($0.value) }
    for template in templates {
      let values = values(of: template)
      for output in template.value["Outputs"]?.object ?? [] {
        guard let export = output.value["Export"]?["Name"], let value = output.value["Value"],
          try isName(export, name, values, depth), try isThere(output.value, values, depth)
        else { continue }
        found.append(try values.evaluate(value, depth: depth + 1))
      }
    }
    guard let first = found.first else { throw Problem(Self.unknownExport, ["name": name]) }
    guard found.allSatisfy({ $0 == first }) else {
      throw Problem(Self.ambiguousExport, ["name": name])
    }
    return first
  }

  private func isName(
    _ export: JSONValue, _ name: String, _ values: TemplateValues, _ depth: Int
  ) throws(Problem) -> Bool {
    do throws(Problem) {
      return try values.evaluate(export, depth: depth + 1).text == name
    } catch {
      guard !UnresolvedValue.endsEvaluation(error) else { throw error }
      // An unresolved name is treated as a different one.
      return false
    }
  }

  private func isThere(
    _ output: JSONValue, _ values: TemplateValues, _ depth: Int
  ) throws(Problem) -> Bool {
    guard let condition = output["Condition"]?.string else { return true }
    return try values.holds(condition, depth: depth + 1)
  }
}

extension TemplateSet {
  static let rules =
    [unknownExport, ambiguousExport] + GivenValues.rules + resourceRules

  private static let unknownExport = Rule.error(
    "template-export", "No given file exports '{name}'.",
    fix: "Add the template of the stack that exports it, or the output of "
      + "'aws cloudformation list-exports'.")
  private static let ambiguousExport = Rule.error(
    "template-export-ambiguous", "Two stacks export different values as '{name}'.",
    fix: "Give only one of the two stacks.")
}
