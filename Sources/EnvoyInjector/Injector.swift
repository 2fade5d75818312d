import LosslessJSON

/// Adds an Envoy sidecar to task definitions, and takes it out again.
///
///     let node = try AppMeshResource("mesh/shop/virtualNode/web")
///     let injector = Injector(InjectionOptions(controlPlane: .appMesh(node)))
///     let output = try injector.inject(bytes).output
public struct Injector: Sendable {
  /// What a document's labels ask for: option name and value.
  public typealias Labels = [(name: String, value: String)]

  private let options: @Sendable (Labels) throws(OptionError) -> InjectionOptions

  /// Injects with these options, whatever a document's labels say.
  public init(_ options: InjectionOptions) {
    self.options = { _ in options }
  }

  /// Injects with options that depend on the labels of each document.
  public init(
    resolving options: @escaping @Sendable (Labels) throws(OptionError) -> InjectionOptions
  ) {
    self.options = options
  }

  /// The document with Envoy. One that has it already is uninjected first: injecting twice changes
  /// nothing, and other options or a newer version upgrade in place.
  ///
  /// - Parameter bytes: a task definition as JSON in UTF-8.
  /// - Throws: when the document is not injected; nothing of it should be used then.
  public func inject(_ bytes: [UInt8]) throws(InjectionError) -> Injection {
    let opened = try OpenedDocument(bytes)
    guard !opened.task.isOptedOut else {
      return opened.passing(bytes, .optedOut)
    }
    return try run(opened).injection(of: bytes)
  }

  /// What the roles of the document's task must allow for its Envoy.
  ///
  /// A document that is injected already, and a gateway's, are read as they stand.
  ///
  /// - Parameters:
  ///   - bytes: a task definition as JSON in UTF-8.
  ///   - certificates: what App Mesh's TLS needs.
  /// - Throws: when the document can't be injected.
  public func policies(
    for bytes: [UInt8], certificates: Certificates = Certificates()
  ) throws(InjectionError) -> RolePolicies {
    let opened = try OpenedDocument(bytes)
    if opened.task.isOptedOut {
      return RolePolicies(of: opened.task, containers: [], sendsTraces: false)
    }
    let injected = opened.task.isGateway ? opened.task.containers : TakeBack.added(in: opened.task)
    if !injected.isEmpty {
      return RolePolicies(
        ofInjected: opened.task, containers: injected, certificates: certificates)
    }
    let run = try run(opened)
    var policies = RolePolicies(
      of: run.task, containers: run.task.addedContainers,
      sendsTraces: run.task.tracingDaemon != nil, certificates: certificates)
    policies.warnings = run.warnings
    return policies
  }

  private func run(_ opened: OpenedDocument) throws(InjectionError) -> PipelineRun {
    var opened = opened
    _ = try opened.takeBack()
    // After that: labels of an Envoy that goes away are no orders.
    let options = try resolve(opened.task)
    if options.replacesForeign { _ = try opened.takeOutForeign() }
    var document = opened.task.document
    let earlier = document.edits
    // Injecting starts from the bytes that uninject gives back, as if they had been read: what is
    // inserted looks the same however the document came.
    if !earlier.isEmpty { document = try OpenedDocument.scan(document.rendered()) }
    let selection = ContainerSelection(only: options.onlyContainers, skip: options.skipContainers)
    var task = TaskDefinition(document, selection: selection)
    var findings = opened.findings
    Pipeline(Plan(options: options)).run(on: &task, &findings)
    if findings.hasErrors { throw .refused(opened.located(findings)) }
    return PipelineRun(
      options: options, task: task, earlierEdits: earlier, warnings: opened.located(findings))
  }

  /// The document without what ``inject(_:)`` added: byte for byte what it was.
  ///
  /// - Parameter foreign: take out an Envoy that this tool did not add as well.
  /// - Throws: when the document or its ledger can't be read.
  public static func uninject(
    _ bytes: [UInt8], foreign: Bool = false
  ) throws(InjectionError) -> Injection {
    var opened = try OpenedDocument(bytes)
    var isChanged = try opened.takeBack()
    if foreign { isChanged = try opened.takeOutForeign() || isChanged }
    guard isChanged else { return opened.passing(bytes, .notInjected) }
    let document = opened.task.document
    return opened.injection(
      .uninjected, output: document.rendered(), edits: document.edits,
      opened.located(opened.findings))
  }

  private func resolve(_ task: TaskDefinition) throws(InjectionError) -> InjectionOptions {
    do throws(OptionError) {
      return try options(task.optionLabels)
    } catch {
      throw .options(error)
    }
  }
}
