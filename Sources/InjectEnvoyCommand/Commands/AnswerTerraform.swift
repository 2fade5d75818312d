import EnvoyInjector
import LosslessJSON
import RolePolicies
import TaskDefinitions

/// `inject-envoy external`: the program of a data source `external` of Terraform. The query on standard
/// input and the answer on standard output are flat objects of texts.
/// <https://registry.terraform.io/providers/hashicorp/external/latest/docs/data-sources/external>
struct AnswerTerraform: Subcommand {
  static let description = CommandDescription(
    name: "external", summary: "Answer a data source 'external' of Terraform or OpenTofu",
    usage: "external [OPTION…] < QUERY",
    example: "inject-envoy external --config inject-envoy.yaml < query.json",
    audiences: [.documents, .findings, .mesh, .envoy, .sidecar, .selecting], operands: .nothing)

  private let document: [UInt8]
  private let injector: Injector
  private let isQuiet: Bool
  private let suppressed: [String]

  init(_ call: Call) throws(CommandError) {
    let bytes = try FileBytes.read("-", call.streams)
    var call = call
    do throws(Problem) {
      let query = try ExternalQuery(bytes)
      document = query.document
      call.arguments.settings = query.options.over(call.arguments.settings)
    } catch {
      throw CommandError([error], .usage)
    }
    let sources = try call.sources()
    injector = try sources.injector()
    let options = try sources.callOptions()
    isQuiet = options.output.isQuiet
    suppressed = options.output.suppressed
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    let origin = DocumentOrigin(path: ExternalQuery.documentKey)
    let remarks = DocumentRemarks(origin: origin)
    let answer: JSONValue
    do throws(InjectionError) {
      let injection = try injector.inject(document).suppressing(suppressed)
      let found = remarks.found(
        injection.warnings, document, hiding: Redaction(read: injection.read))
      for remark in found { streams.say(remark) }
      guard let task = Self.task(in: injection) else {
        throw .options(
          .usage(
            "\(ExternalQuery.documentKey) is not the JSON of one task definition.",
            fix: "Give what 'aws ecs register-task-definition' takes, with containerDefinitions."))
      }
      let isInjected = injection.outcome != .optedOut
      let roles = isInjected ? try injector.policies(for: injection.output).roles : []
      let summary = remarks.summary(of: injection)
      answer = Self.answer(task, roles, summary: summary)
      if !isQuiet { streams.say(summary) }
    } catch {
      for remark in remarks.refused(error, document) { streams.say(remark) }
      return .refused
    }
    try streams.write(Array((answer.compactText + "\n").utf8))
    return .done
  }

  private static func task(in injection: Injection) -> JSONValue? {
    guard let document = try? Document(injection.output) else { return nil }
    let task = document.value(document.root)
    return task[Field.containerDefinitions.spelling] == nil ? nil : task
  }

  /// Texts only, because the provider accepts nothing else. What the task does not have is empty.
  private static func answer(
    _ task: JSONValue, _ roles: [RoleToAllow], summary: String
  ) -> JSONValue {
    func json(_ field: Field) -> JSONValue { .string(task[field.spelling]?.compactText ?? "") }
    func size(_ field: Field) -> JSONValue {
      let value = task[field.spelling]
      return .string(value?.string ?? value?.compactText ?? "")
    }
    func policy(_ kind: RoleToAllow.Kind) -> JSONValue {
      .string(roles.first { $0.kind == kind }?.policy.compactText ?? "")
    }
    return [
      "container_definitions": json(.containerDefinitions),
      "proxy_configuration": json(.proxyConfiguration),
      "cpu": size(.cpu), "memory": size(.memory), "volumes": json(.volumes),
      "task_role_policy": policy(.task), "execution_role_policy": policy(.execution),
      "summary": .string(summary),
    ]
  }
}
