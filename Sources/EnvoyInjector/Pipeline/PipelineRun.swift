import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// A document of which every task definition went through the whole pipeline without an error. It
/// is shared by all that can be asked about it later.
final class PipelineRun: Sendable {
  /// What was done to one task definition, which is at a place of ``document``.
  struct Task: Sendable {
    let place: TaskPlace
    let roles: ContainerRoles
    let addedContainers: [NodeID]
    let recipe: Recipe
    /// The labels that were read for its options.
    let labels: Injector.Labels

    init(
      place: TaskPlace, _ context: StageContext, _ recipe: Recipe,
      _ labels: Injector.Labels
    ) {
      self.place = place
      roles = context.roles
      addedContainers = context.addedContainers
      self.recipe = recipe
      self.labels = labels
    }
  }

  /// The input, with the edits that made it register-ready and took an earlier injection back;
  /// `nil` if it had none, so that ``document`` holds all that was read.
  let read: OpenedDocument?
  /// The list of containers that the input is.
  let list: ContainerList?
  let family: String?
  let document: Document
  let tasks: [Task]
  /// What the tasks that a label leaves without Envoy are called.
  let optedOut: [String]
  let injector: Injector
  let warnings: [Problem]

  init(
    read: OpenedDocument?, list: ContainerList?, family: String?, document: Document,
    tasks: [Task], optedOut: [String], injector: Injector, warnings: [Problem]
  ) {
    self.read = read
    self.list = list
    self.family = family
    self.document = document
    self.tasks = tasks
    self.optedOut = optedOut
    self.injector = injector
    self.warnings = warnings
  }

  /// The first task definition, as it came out.
  var firstTask: TaskDefinition? { tasks.first.map { TaskDefinition(document, at: $0.place) } }

  func injection(of bytes: [UInt8]) -> Injection {
    let output = list?.rendered(document) ?? document.rendered()
    let isSame = output == bytes
    return Injection(
      outcome: isSame ? isComplete ? .upToDate : .incomplete : .injected, output: output,
      warnings: warnings + sizeWarnings(bytes.count, output.count),
      family: family, read: read?.task.document ?? document,
      account: Injection.Account(
        edits: { isSame ? [] : self.edits }, facts: { self.facts },
        labelEffects: { self.labelEffects },
        bootstrap: { self.bootstrap }))
  }

  /// A template that has grown beyond what a request of CloudFormation holds.
  private func sizeWarnings(_ before: Int, _ after: Int) -> [Problem] {
    let isTemplate = tasks.contains { $0.place.values != nil }
    guard isTemplate, before <= Self.largestBody, after > Self.largestBody else { return [] }
    return [Problem(Self.largeTemplate, ["size": String(after)], at: Place(offset: 0))]
  }

  /// Bytes of a template that is part of a request.
  private static let largestBody = 51_200

  private var edits: [Edit] {
    (read.map { $0.visible($0.task.document.edits) } ?? [])
      + (list?.edits(document.edits) ?? document.edits)
  }

  private var facts: [String] {
    guard let first = tasks.first, let firstTask else { return [] }
    return first.recipe.options.facts(of: firstTask, first.roles) + labelEffects.flatMap(\.facts)
  }

  /// Whether every task gets the mark, and its traffic goes through Envoy.
  var isComplete: Bool {
    let needed = [RedirectTraffic.name, MarkInjected.name]
    return !tasks.contains { $0.recipe.options.disabledFilters.contains(where: needed.contains) }
  }

  private var bootstrap: String? {
    guard let envoy = tasks.first?.roles.envoy else { return nil }
    return firstTask?.embeddedBootstrap(of: envoy)
  }

  private var labelEffects: [LabelEffect] {
    tasks.compactMap { task in
      guard !task.labels.isEmpty else { return nil }
      return injector.effect(
        of: task.labels, on: TaskDefinition(document, at: task.place), task.roles, task.recipe)
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
