import AppMesh
import EnvoyBootstrap
import EnvoyInjector
import RolePolicies
import TaskDefinitions

/// The values of all options of one call. Each row of ``OptionTable`` sets one property, and ``resolve(_:)``
/// checks conditions on several of them.
struct CallOptions: Sendable {
  var output = OutputOptions()
  var injection = InjectionOptions()
  var virtualNode: AppMeshResource?
  var virtualGateway: AppMeshResource?
  var xds: SocketAddress?
  var xdsUsesTLS = false
  var labels: LabelRules = .byDefault
  var gateway = GatewayOptions()
  var gatewayFormat = GatewayFormat.json
  var policy = PolicyOptions()
  var check = CheckOptions()
  var mesh = MeshSettings()
  var meshFormat = MeshFormat.text
}

/// The destination and the form of results.
struct OutputOptions: Sendable {
  var showsHelp = false
  var showsVersion = false
  var isQuiet = false
  /// The path of the configuration file; `nil` for the one in the working directory, if any.
  var configuration: String?
  var isInPlace = false
  var isPretty = false
  var isCompact = false
  var isDiff = false
  /// Whether nothing is written but messages and reports.
  var isDryRun = false
  var reports = ReportRequests()
  /// The file that gets what would go to standard output.
  var file: String?
  /// The directory that gets a file for each document.
  var documentFolder: String?
  var onError = ErrorHandling.report
  /// Codes of findings that are left out.
  var suppressed: [String] = []
  /// The folder to which `mesh` writes configurations.
  var folder: String?
  /// The folder to which `mesh` writes the objects with live weights.
  var liveFolder: String?
  /// Whether `uninject` removes an Envoy of another tool as well.
  var removesForeign = false
}

/// Where the errors of a refused document go.
enum ErrorHandling: String, CaseIterable, Sendable {
  /// To standard error. The document is missing in the output.
  case report
  /// To a line in the place of the document. Every line of the input is a document.
  case record
}

/// The format of a report about a document.
enum ReportFormat: String, CaseIterable, Sendable {
  case json, text, mermaid
  /// A diff for people, with embedded configurations decoded and indented.
  case diff
}

/// The reports that `inject` and `uninject` make.
struct ReportRequests: Sendable {
  /// A report that is written to a file.
  struct File: Hashable, Sendable {
    let format: ReportFormat
    let path: String
  }

  /// The report that is printed instead of the document.
  var printed: ReportFormat?
  /// The reports beside the document.
  var files: [File] = []
}

/// The format and the contents of the output of `policy`.
struct PolicyOptions: Sendable {
  var format = PolicyFormat.json
  var withTrust = false
  var certificates = Certificates()
}

/// The format of the output of `check`, and the condition under which it fails.
struct CheckOptions: Sendable {
  var format = CheckFormat.text
  var failsOn = FailureThreshold.error
}

/// The format of the output of `check`.
enum CheckFormat: String, CaseIterable, Sendable {
  /// For people.
  case text
  /// For programs: one object for each document, one line each.
  case json
  /// For code scanning.
  case sarif
  /// For the log of a GitHub workflow, which shows findings beside the code.
  case github
}

/// The lowest level that makes `check` fail.
enum FailureThreshold: String, CaseIterable, Sendable {
  case error, warning
  /// Errors and, with a separate exit status, a document that inject would change.
  case change
}

/// The format in which `mesh` prints.
enum MeshFormat: String, CaseIterable, Sendable {
  case text, json, mermaid
  /// For people: what can move to Service Connect, and what is lost.
  case serviceConnect = "service-connect"
  /// For programs, with the configurations.
  case serviceConnectJSON = "service-connect-json"

  /// Whether it reports on Service Connect, and not on Envoys.
  var isServiceConnect: Bool { self == .serviceConnect || self == .serviceConnectJSON }
}

/// The formats that `gateway` prints.
enum GatewayFormat: String, CaseIterable, Sendable {
  /// The task definition.
  case json
  /// A template with the task definition, its service and a load balancer.
  case cloudformation
  /// The resources of the template for Terraform.
  case terraform
}
