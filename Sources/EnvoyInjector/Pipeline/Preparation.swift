import LosslessJSON
import TaskChecks
import TaskDefinitions

/// A stage that runs before the injection. It is part of reading a document, or removes an earlier Envoy.
/// Other commands need it as well, so users cannot disable it.
protocol Preparation: SendableMetatype {
  /// The name in reports, in kebab case. Never reused.
  static var name: String { get }
  /// A summary of the stage, as an imperative without a full stop.
  static var summary: String { get }
  /// Every rule that the stage can report. They are declared in the stage's own file.
  static var rules: [Rule] { get }
}

extension Preparation {
  static var rules: [Rule] { [] }
}

extension RegisterForm: Preparation {}
extension RequireTaskDefinition: Preparation {}
extension TakeBack: Preparation {}
extension TakeOutForeign: Preparation {}
