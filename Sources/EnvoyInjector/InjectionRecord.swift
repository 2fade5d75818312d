import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The changes to one task definition of a document.
struct InjectedTask: Sendable {
  let place: TaskPlace
  let roles: ContainerRoles
  let addedContainers: [NodeID]
  let plan: Plan

  init(_ context: StageContext, _ plan: Plan) {
    place = context.task.place
    roles = context.roles
    addedContainers = context.addedContainers
    self.plan = plan
  }
}

/// The result of a run without an error: the document, and the changes to each of its task definitions.
///
/// A class, because a stream passes it on for every document and rarely reads it.
final class InjectionRecord: Sendable {
  let document: Document
  /// The list of containers that was the input, or `nil` if the input was a whole document.
  let list: ContainerList?
  /// The input with the edits that made it ready to register and removed an earlier Envoy, or `nil` if there
  /// are none, because then ``document`` contains the input.
  let read: OpenedDocument?
  let tasks: [InjectedTask]
  let labelEffects: [LabelEffect]

  init(
    _ document: Document, list: ContainerList? = nil, read: OpenedDocument? = nil,
    tasks: [InjectedTask] = [], labelEffects: [LabelEffect] = []
  ) {
    self.document = document
    self.list = list
    self.read = read
    self.tasks = tasks
    self.labelEffects = labelEffects
  }

  var text: PrintedText {
    list.map { PrintedText($0.rendered(document)) } ?? PrintedText(of: document)
  }

  var edits: [Edit] {
    (read.map { $0.visible($0.task.document.edits) } ?? [])
      + (list?.edits(document.edits) ?? document.edits)
  }

  var facts: [String] {
    guard let first = tasks.first, let firstTask else { return [] }
    return first.plan.facts(of: firstTask, first.roles, resources: meshResources)
      + labelEffects.flatMap(\.facts)
  }

  /// The virtual nodes and gateways of all tasks, each once.
  private var meshResources: [String] {
    var seen: Set<String> = []
    return tasks.compactMap(\.plan.meshResource).filter { seen.insert($0).inserted }
  }

  var bootstrap: String? {
    guard let envoy = tasks.first?.roles.envoy else { return nil }
    return firstTask?.embeddedBootstrap(of: envoy)
  }

  /// The first task definition in its final form.
  var firstTask: TaskDefinition? { tasks.first.map { TaskDefinition(document, at: $0.place) } }

  /// Whether every task has the mark, and its traffic goes through Envoy.
  var isComplete: Bool {
    let needed = [RedirectTraffic.name, MarkInjected.name]
    return !tasks.contains { $0.plan.disabledFilters.contains(where: needed.contains) }
  }
}

/// A successful injection before it is compared with the input.
struct PipelineRun {
  let record: InjectionRecord
  let family: String?
  let warnings: [Problem]

  func injection(of bytes: [UInt8]) -> Injection {
    let text = record.text
    let isSame = text == bytes
    return Injection(
      outcome: isSame ? record.isComplete ? .upToDate : .incomplete : .injected, text: text,
      warnings: warnings + sizeWarnings(bytes.count, text), family: family,
      read: record.read?.task.document ?? record.document, record: record)
  }

  /// Warns about a template that has grown beyond the size of a CloudFormation request.
  private func sizeWarnings(_ before: Int, _ text: PrintedText) -> [Problem] {
    let isTemplate = record.tasks.contains { $0.place.values != nil }
    guard isTemplate, before <= Self.largestBody else { return [] }
    let after = text.bytes.count
    guard after > Self.largestBody else { return [] }
    return [Problem(Self.largeTemplate, ["size": String(after)], at: Place(offset: 0))]
  }

  /// The largest template that a request can hold, in bytes.
  private static let largestBody = 51_200
}

extension PipelineRun {
  static let rules = [largeTemplate]

  private static let largeTemplate = Rule.warning(
    "large-template",
    "The injected template has {size} bytes, but CloudFormation takes at most 51200 in a request.",
    fix: "Upload the template to S3: 'aws cloudformation deploy --s3-bucket' does it.",
    see: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
  )
}
