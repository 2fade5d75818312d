import LosslessJSON

/// A document of which every task definition went through the whole pipeline without an error.
struct PipelineRun {
  struct Task {
    let task: TaskDefinition
    let options: InjectionOptions
  }

  let document: Document
  let runs: [Task]
  /// Those that made the document register-ready and took an earlier injection back.
  let earlierEdits: [Edit]
  /// What the document is called in reports.
  let name: String?
  let warnings: [Finding]

  var tasks: [TaskDefinition] { runs.map(\.task) }

  func injection(of bytes: [UInt8]) -> Injection {
    let output = document.rendered()
    let isSame = output == bytes
    return Injection(
      outcome: isSame ? .upToDate : .injected, output: output,
      edits: isSame ? [] : earlierEdits + document.edits, warnings: warnings,
      family: name, facts: facts, bootstrap: tasks.first?.embeddedBootstrap)
  }

  private var facts: [String] {
    guard let first = runs.first else { return [] }
    return first.options.facts(of: first.task)
  }
}
