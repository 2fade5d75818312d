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
    /// The labels that were read for its options.
    let labels: Injector.Labels
  }

  /// The input, with the edits that made it register-ready and took an earlier injection back;
  /// `nil`: it had none, so that ``document`` holds all that was read.
  let read: OpenedDocument?
  /// What the pipeline began with, without its document: that is ``document`` now.
  let opened: OpenedDocument
  let family: String?
  let document: Document
  let runs: [Task]
  /// What the tasks that a label leaves without Envoy are called.
  let optedOut: [String]
  let injector: Injector
  let warnings: [Problem]

  init(
    read: OpenedDocument?, opened: OpenedDocument, family: String?, document: Document,
    runs: [Task], optedOut: [String], injector: Injector, warnings: [Problem]
  ) {
    self.read = read
    self.opened = opened
    self.family = family
    self.document = document
    self.runs = runs
    self.optedOut = optedOut
    self.injector = injector
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
      outcome: isSame ? isComplete ? .upToDate : .incomplete : .injected, output: output,
      warnings: warnings + sizeWarnings(bytes.count, output.count),
      family: family, read: read?.task.document ?? document,
      account: Injection.Account(
        edits: { isSame ? [] : self.edits }, facts: { self.facts },
        labelEffects: { self.labelEffects },
        bootstrap: { self.firstTask?.embeddedBootstrap }))
  }

  /// A template that has grown beyond what a request of CloudFormation holds.
  private func sizeWarnings(_ before: Int, _ after: Int) -> [Problem] {
    let isTemplate = opened.places.first?.values != nil
    guard isTemplate, before <= Self.largestBody, after > Self.largestBody else { return [] }
    return [Problem(Self.largeTemplate, ["size": String(after)], at: Place(offset: 0))]
  }

  /// Bytes of a template that is part of a request.
  private static let largestBody = 51_200

  private var edits: [Edit] {
    (read.map { $0.visible($0.task.document.edits) } ?? []) + opened.visible(document.edits)
  }

  private var facts: [String] {
    guard let recipe = runs.first?.recipe, let firstTask else { return [] }
    return recipe.options.facts(of: firstTask) + labelEffects.flatMap(\.facts)
  }

  /// Whether every task gets the mark, and its traffic goes through Envoy.
  var isComplete: Bool {
    let needed = [RedirectTraffic.name, MarkInjected.name]
    return !runs.contains { $0.recipe.options.disabledFilters.contains(where: needed.contains) }
  }

  private var labelEffects: [LabelEffect] {
    runs.compactMap { run in
      guard !run.labels.isEmpty else { return nil }
      var task = run.task
      task.document = document
      return injector.effect(of: run.labels, on: task, run.recipe)
    } + optedOut.map { LabelEffect(task: $0, isOptedOut: true) }
  }
}

extension PipelineRun {
  static let rules = [largeTemplate]

  private static let largeTemplate = Rule.warning(
    "large-template",
    "With Envoy the template has {size} bytes. CloudFormation takes at most 51200 in a request.",
    fix: "Upload the template to S3: 'aws cloudformation deploy --s3-bucket' does it.",
    see: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
  )
}
