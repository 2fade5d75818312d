import CloudFormation
import LosslessJSON
import Synchronization

/// The template parameters whose default was used, because nothing specified the values that the stacks
/// are deployed with. A configuration that was compiled from a default is wrong for a stack that has a
/// different value.
///
/// A class, because evaluators add to it while they read.
final class DefaultsInUse: Sendable {
  fileprivate struct Use {
    let name: String
    let template: Template
  }

  private let uses = Mutex<[Use]>([])

  func add(_ name: String, in template: Template) {
    uses.withLock { uses in
      if uses.contains(where: { $0.name == name && $0.template === template }) { return }
      uses.append(Use(name: name, template: template))
    }
  }

  /// A problem that lists all defaults, or `nil` if none was used.
  ///
  /// - Parameter isError: whether defaults are rejected.
  func problem(isError: Bool) -> Problem? {
    let uses = uses.withLock { $0 }
    guard let first = uses.first else { return nil }
    let places = uses.map { use in
      let file = use.origin.file
      // The template that is injected has no name here.
      return "\(use.name) = \(use.value)" + (file.isEmpty ? "" : " (\(file):\(use.origin.line))")
    }
    return Problem(
      Self.rule, ["defaults": places.joined(separator: ", ")],
      severity: isError ? .error : .warning, at: first.origin.place)
  }
}

extension DefaultsInUse.Use {
  private static let section = "Parameters"

  private var declaration: NodeID {
    let document = template.source.document
    let section = document.member(Self.section, of: template.root)
    return section.flatMap { document.member(name, of: $0) } ?? template.root
  }

  var origin: Origin { template.source.origin(of: declaration) }

  /// The default, hidden if it is a secret.
  var value: String {
    let declaration = template.value[Self.section]?[name]
    if declaration?["NoEcho"]?.text == "true" { return "***" }
    return declaration?["Default"]?.text ?? ""
  }
}

extension DefaultsInUse {
  static let rule = Rule.warning(
    "template-parameter-default",
    "The configuration holds defaults of the mesh templates: {defaults}. It is wrong for a stack "
      + "that is deployed with other values.",
    fix: "Give the values of the deployed stack with \(.parameters), or add the output of "
      + "'aws cloudformation describe-stacks' to the mesh files.")
}
