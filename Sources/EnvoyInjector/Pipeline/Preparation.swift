import LosslessJSON
import TaskChecks
import TaskDefinitions

/// A stage that runs before the injection: it is part of reading a document, or takes an earlier
/// Envoy out. Other commands need it as well, so no user can leave it out.
protocol Preparation {
  /// Kebab-case; the name in reports. Never reused.
  static var name: String { get }
  /// What it does, as an imperative without a full stop.
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
