import LosslessJSON

/// A document of which every task definition went through the whole pipeline without an error.
struct PipelineRun {
  struct Task {
    let task: TaskDefinition
    let options: InjectionOptions
  }

  /// What the pipeline began with.
  let opened: OpenedDocument
  let document: Document
  let runs: [Task]
  /// Those that made the document register-ready and took an earlier injection back.
  let earlierEdits: [Edit]
  let warnings: [Finding]

  var tasks: [TaskDefinition] { runs.map(\.task) }

  func injection(of bytes: [UInt8]) -> Injection {
    let output = opened.rendered(document)
    let isSame = output == bytes
    return Injection(
      outcome: isSame ? .upToDate : .injected, output: output,
      edits: isSame ? [] : earlierEdits + opened.visible(document.edits), warnings: warnings,
      family: opened.displayName, facts: facts, bootstrap: tasks.first?.embeddedBootstrap)
  }

  private var facts: [String] {
    guard let first = runs.first else { return [] }
    return first.options.facts(of: first.task)
  }
}
