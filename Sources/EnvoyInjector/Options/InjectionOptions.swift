public import EnvoyBootstrap
public import LosslessJSON
import RolePolicies
import TaskChecks
public import TaskDefinitions

/// Everything a user may choose. The defaults are those of the command.
public struct InjectionOptions: Hashable, Sendable {
  public typealias Tracing = TracingDaemonKind

  /// A network mode in which ECS redirects traffic to a proxy.
  public enum NewNetworkMode: String, Hashable, Sendable, CaseIterable {
    case awsvpc
  }

  public enum Logs: Hashable, Sendable {
    /// Where the first application container logs.
    case inherit
    case none
    /// A CloudWatch Logs group.
    case group(String)
  }

  public var controlPlane: ControlPlane
  /// Static configuration: services that are reached by a name of their own.
  public var upstreams: [Upstream] = []
  /// Envoy's id for a management server; `nil`: the task definition's family.
  public var nodeID: String?
  /// The service to which Envoy belongs, for a management server and in traces; `nil`: the family.
  public var nodeCluster: String?
  /// `nil`: the control plane's default image.
  public var envoyImage: String?
  public var envoyName = "envoy"
  /// CPU units; 1024 are one vCPU.
  public var envoyCPU: Int?
  /// Hard limit in MiB.
  public var envoyMemory: Int?
  /// Soft limit in MiB. 128 is what the ECS Workshop and AWS's CDK extensions reserve.
  public var envoyMemoryReservation: Int? = 128
  /// Numeric user id of Envoy, and the one whose traffic is not redirected.
  /// 1337 is the id of AWS's examples and of Istio's proxy.
  public var user = 1337
  /// Group id whose traffic is not redirected.
  public var ignoredGID: Int?
  /// Ports on which applications take traffic through Envoy; `nil`: every TCP container port.
  public var appPorts: [Int]?
  /// What applications speak on some of ``appPorts``, whatever their `appProtocol` says.
  public var appProtocols: [Int: ServiceProtocol] = [:]
  /// More destination ports on which Envoy looks for HTTP, beside ``AppPort/likelyHTTP``.
  public var egressHTTPPorts: [Int] = []
  /// Destination ports on which Envoy never looks for HTTP.
  public var egressTCPPorts: [Int] = []
  /// A path that Envoy answers itself: 200, or 503 once it drains. `nil`: every path is the
  /// application's.
  public var healthPath: String?
  /// Destination ports that bypass Envoy; `nil`: 22, and 2049 in tasks with an EFS volume.
  public var egressIgnoredPorts: [Int]?
  /// Destinations that bypass Envoy: addresses or CIDR blocks. The defaults are the task metadata
  /// and the instance metadata endpoint, which the ECS agent ignores in any case.
  public var egressIgnoredIPs = ["169.254.170.2", "169.254.169.254"]
  public var ingressPort = 15000
  public var egressPort = 15001
  public var adminPort = 9901
  public var logLevel = LogLevel.info
  /// Worker threads; 0: one for every core that Envoy sees, on Fargate the host's.
  public var concurrency = 2
  /// More environment variables of the Envoy container, in order.
  public var environment: [NamedValue] = []
  /// Environment variables of the Envoy container that ECS takes from a secret or parameter ARN.
  public var secrets: [NamedValue] = []
  public var statsTags = false
  public var health = HealthTiming()
  /// Open file descriptors, soft and hard limit; `nil`: 65536.
  public var nofile: Int?
  /// Seconds until a container that never becomes healthy fails the task's start.
  public var startTimeout = 60
  /// Seconds between SIGTERM and SIGKILL.
  public var stopTimeout = 40
  /// Seconds in which Envoy finishes requests after SIGTERM.
  public var drainSeconds = 20
  public var tracing = Tracing.none
  /// `nil`: see ``Defaults``.
  public var xrayImage: String?
  public var otelImage: String?
  /// Share of the requests that are traced, 0 to 1, as spelled; `nil`: Envoy's 0.05.
  public var xraySamplingRate: String?
  public var logs = Logs.inherit
  /// Which requests Envoy logs; `nil`: errors, or what the description of a mesh says.
  public var accessLog: AccessLogging.Selection?
  /// What a line of the access log holds; `nil`: what each direction and protocol fills.
  public var accessLogFields: [AccessLogField]?
  /// `nil`: the container's name.
  public var logStreamPrefix: String?
  /// The task runs to completion: Envoy does not keep it alive.
  public var isJob = false
  /// What a task without a network mode gets; `nil`: `awsvpc` on Fargate, nothing elsewhere.
  public var networkMode: NewNetworkMode?
  /// Raise the task's cpu and memory when the containers do not fit.
  public var resize = false
  /// Logical ids of the task definitions to inject in a template; empty: all.
  public var resources: [String] = []
  /// A template without a task definition is an error.
  public var requiresTaskDefinition = false
  public var onlyContainers: [String] = []
  public var skipContainers: [String] = []
  public var disabledFilters: [String] = []
  /// Merge patch (RFC 7396) for the generated Envoy container.
  public var envoyContainer: JSONValue?
  /// Merge patch (RFC 7396) for the generated tracing daemon.
  public var tracingContainer: JSONValue?
  /// Patch (RFC 6902) for the injected document.
  public var patches: JSONPatch?
  /// Take out an Envoy that another tool or hand added, before injecting.
  public var replacesForeign = false
  /// Missing roles are errors.
  public var requireRoles = false

  public init(controlPlane: ControlPlane = .static) { self.controlPlane = controlPlane }
}

/// An environment variable, or the like.
public struct NamedValue: Hashable, Sendable {
  public let name: String
  public let value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// When ECS looks whether Envoy is healthy. The defaults are those of AWS's own Envoy examples.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html>
public struct HealthTiming: Hashable, Sendable {
  /// Seconds between two checks, 5 to 300.
  public var interval = 5
  /// Seconds until a check counts as failed, 2 to 60.
  public var timeout = 2
  /// Failed checks in a row that make the container unhealthy, 1 to 10.
  public var retries = 3
  /// Seconds after the start in which failures do not count, 0 to 300.
  public var startPeriod = 10

  public init() {}
}
