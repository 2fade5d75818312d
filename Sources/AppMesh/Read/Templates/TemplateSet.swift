import CloudFormation
import LosslessJSON

/// The templates that were given together: what one exports, the others import.
struct TemplateSet: Sendable {
  let templates: [Template]
  /// Values that were given for what the templates leave open.
  let given: [String: String]
  /// Of stacks that were not given.
  let exports: [(name: String, value: String)]

  /// What a template's functions come to.
  func values(of template: Template) -> TemplateValues {
    TemplateValues(template.value, references: TemplateScope(set: self, template: template))
  }

  /// - Parameter name: that `Fn::ImportValue` asks for.
  func exportedValue(_ name: String, depth: Int) throws(Unresolved) -> JSONValue {
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
    guard let first = found.first else { throw .export(name) }
    guard found.allSatisfy({ $0 == first }) else { throw .ambiguousExport(name) }
    return first
  }

  private func isName(
    _ export: JSONValue, _ name: String, _ values: TemplateValues, _ depth: Int
  ) throws(Unresolved) -> Bool {
    do throws(Unresolved) {
      return try values.evaluate(export, depth: depth + 1).text == name
    } catch {
      guard error != .tooDeep else { throw error }
      // A name that is not known is none that is asked for.
      return false
    }
  }

  private func isThere(
    _ output: JSONValue, _ values: TemplateValues, _ depth: Int
  ) throws(Unresolved) -> Bool {
    guard let condition = output["Condition"]?.string else { return true }
    return try values.holds(condition, depth: depth + 1)
  }

  /// Refuses values for what no template has, and values that a template does not allow.
  func checkGiven(_ log: ProblemLog) {
    for (name, value) in given.sorted(by: { $0.key < $1.key })
    where !PseudoParameter.names.contains(name) {
      let owner = name.split(separator: ".", maxSplits: 1).first.map(String.init) ?? name
      let declarations = templates.compactMap { $0.value["Parameters"]?[name] }
      if declarations.isEmpty, !templates.contains(where: { $0.resource(owner) != nil }) {
        log.add(unknownParameter: name)
      }
      for allowed in declarations.compactMap({ $0["AllowedValues"]?.array?.compactMap(\.text) })
      where !allowed.contains(value) {
        log.add(value, notAllowedFor: name, allowed)
      }
    }
  }
}

extension Unresolved {
  fileprivate static func export(_ name: String) -> Unresolved {
    Unresolved(
      "no given file exports '\(name)'",
      fix: "give the template of the stack that exports it, or the output of "
        + "'aws cloudformation list-exports', too")
  }

  fileprivate static func ambiguousExport(_ name: String) -> Unresolved {
    Unresolved(
      "two stacks export different values as '\(name)'", fix: "give only the stack that is meant")
  }
}

extension ProblemLog {
  fileprivate func add(unknownParameter name: String) {
    add(
      "no template has a parameter '\(name)', so its value would have no effect",
      fix: "leave it out, or correct its name")
  }
  fileprivate func add(_ value: String, notAllowedFor name: String, _ allowed: [String]) {
    add(
      "the template does not allow '\(value)' for its parameter '\(name)'",
      fix: "give one of: \(allowed.joined(separator: ", "))")
  }
}
