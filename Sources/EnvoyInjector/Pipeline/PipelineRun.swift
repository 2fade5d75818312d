import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// A document of which every task definition went through the whole pipeline without an error. It
/// is shared by all that can be asked about it later.
final class PipelineRun: Sendable {
  struct Task: Sendable {
    /// Without its document, which is that of the whole run.
    let task: TaskDefinition
    let recipe: Recipe
  }

  /// The input, with the edits that made it register-ready and took an earlier injection back;
  /// `nil`: it had none, so that ``document`` holds all that was read.
  let read: OpenedDocument?
  /// What the pipeline began with, without its document: that is ``document`` now.
  let opened: OpenedDocument
  let family: String?
  let document: Document
  let runs: [Task]
  let warnings: [Problem]

  init(
    read: OpenedDocument?, opened: OpenedDocument, family: String?, document: Document,
    runs: [Task], warnings: [Problem]
  ) {
    self.read = read
    self.opened = opened
    self.family = family
    self.document = document
    self.runs = runs
    self.warnings = warnings
  }

  /// The first task definition, as it came out.
  var firstTask: TaskDefinition? {
    guard var task = runs.first?.task else { return nil }
    task.document = document
    return task
  }

  func injection(of bytes: [UInt8]) -> Injection {
    let output = opened.rendered(document)
    let isSame = output == bytes
    return Injection(
      outcome: isSame ? .upToDate : .injected, output: output, warnings: warnings,
      family: family, read: read?.task.document ?? document,
      account: Injection.Account(
        edits: { isSame ? [] : self.edits }, facts: { self.facts },
        bootstrap: { self.firstTask?.embeddedBootstrap }))
  }

  private var edits: [Edit] {
    (read.map { $0.visible($0.task.document.edits) } ?? []) + opened.visible(document.edits)
  }

  private var facts: [String] {
    guard let recipe = runs.first?.recipe, let firstTask else { return [] }
    return recipe.options.facts(of: firstTask)
  }
}
