import LosslessJSON

/// A document that went through the whole pipeline without an error.
struct PipelineRun {
  let options: InjectionOptions
  let task: TaskDefinition
  /// Those that made the document register-ready and took an earlier injection back.
  let earlierEdits: [Edit]
  let warnings: [Finding]

  func injection(of bytes: [UInt8]) -> Injection {
    let output = task.document.rendered()
    let isSame = output == bytes
    return Injection(
      outcome: isSame ? .upToDate : .injected, output: output,
      edits: isSame ? [] : earlierEdits + task.document.edits, warnings: warnings,
      family: task.text(.family), facts: options.facts(of: task),
      bootstrap: task.embeddedBootstrap)
  }
}
