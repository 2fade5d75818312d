import Testing

@testable import EnvoyInjector

/// A finding, a change of a task that causes it, and a similar change that does not.
struct LintCase: CustomTestStringConvertible, Sendable {
  let code: String
  private let breaking: @Sendable (inout MeshedTask) -> Void
  private let clean: @Sendable (inout MeshedTask) -> Void
  /// The finding as a line of ``FilterRun``.
  let expected: String

  init(
    _ code: String, _ breaking: @escaping @Sendable (inout MeshedTask) -> Void,
    clean: @escaping @Sendable (inout MeshedTask) -> Void, expected: String
  ) {
    self.code = code
    self.breaking = breaking
    self.clean = clean
    self.expected = expected
  }

  var testDescription: String { expected }

  var broken: String {
    var task = MeshedTask()
    breaking(&task)
    return task.json
  }

  var sound: String {
    var task = MeshedTask()
    clean(&task)
    return task.json
  }

  static let all = ecs + redirection + detours + envoy + appmesh
}
