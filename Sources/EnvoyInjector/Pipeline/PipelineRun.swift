import LosslessJSON

/// A document of which every task definition went through the whole pipeline without an error.
struct PipelineRun {
  struct Task {
    /// Without its document, which is that of the whole run.
    let task: TaskDefinition
    let recipe: Recipe
  }

  /// The input, with the edits that made it register-ready and took an earlier injection back.
  let read: OpenedDocument
  /// What the pipeline began with.
  let opened: OpenedDocument
  let document: Document
  let runs: [Task]
  let warnings: [Finding]

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
      family: opened.displayName, read: read.task.document,
      account: Injection.Account(
        edits: { isSame ? [] : edits }, facts: { facts },
        bootstrap: { firstTask?.embeddedBootstrap }))
  }

  /// An input that had no edits is where the pipeline began.
  private var edits: [Edit] {
    read.visible(read.task.document.edits) + opened.visible(document.edits)
  }

  private var facts: [String] {
    guard let recipe = runs.first?.recipe, let firstTask else { return [] }
    return recipe.options.facts(of: firstTask)
  }
}
