public import CloudFormation
public import EnvoyBootstrap
public import LosslessJSON
import RolePolicies
import TaskChecks
public import TaskDefinitions

/// All options of an injection. The defaults are those of the command.
public struct InjectionOptions: Hashable, Sendable {
  public typealias Tracing = TracingDaemonKind

  /// A network mode in which ECS redirects traffic to a proxy.
  public enum NewNetworkMode: String, Hashable, Sendable, CaseIterable {
    case awsvpc
  }

  public enum Logs: Hashable, Sendable {
    /// The log configuration of the first application container.
    case inherit
    case none
    /// A log group of CloudWatch Logs.
    case group(String)
  }

  public var controlPlane: ControlPlane
  /// The region in which Envoy calls AWS. `nil` means the region that the document names.
  public var region: AWSRegion?
  /// For the static configuration: services that the application reaches by name.
  public var upstreams: [Upstream] = []
  /// The certificates that Envoy presents to upstreams with TLS, by the upstreams' names.
  public var upstreamCertificates: [String: TLSCertificate] = [:]
  /// The authorities of upstreams with TLS, by the upstreams' names. The others have the public
  /// authorities of Envoy's image.
  public var upstreamAuthorities: [String: PEMSource] = [:]
  /// Envoy's id for a management server. `nil` means the task definition's family.
  public var nodeID: String?
  /// The name of Envoy's service, for a management server and in traces. `nil` means the family.
  public var nodeCluster: String?
  /// `nil` means the default image of the control plane.
  public var envoyImage: String?
  public var envoyName = "envoy"
  /// CPU units, of which 1024 are one vCPU.
  public var envoyCPU: Int?
  /// The hard limit in MiB.
  public var envoyMemory: Int?
  /// The soft limit in MiB. The ECS Workshop and AWS's CDK extensions reserve 128.
  public var envoyMemoryReservation: Int? = 128
  /// The numeric user id of Envoy, whose traffic is not redirected. AWS's examples and Istio's proxy use 1337.
  public var user = 1337
  /// A group id whose traffic is not redirected.
  public var ignoredGID: Int?
  /// Ports on which applications accept traffic through Envoy. `nil` means every TCP container port.
  public var appPorts: [Int]?
  /// The protocols of some ``appPorts``. They override `appProtocol`.
  public var appProtocols: [Int: ServiceProtocol] = [:]
  /// Destination ports on which Envoy looks for HTTP, in addition to ``AppPort/likelyHTTP``.
  public var egressHTTPPorts: [Int] = []
  /// Destination ports on which Envoy never looks for HTTP.
  public var egressTCPPorts: [Int] = []
  /// A path that Envoy answers itself: 200, or 503 while it drains. If `nil`, every path goes to the
  /// application.
  public var healthPath: String?
  /// Destination ports that bypass Envoy. `nil` means 22, and also 2049 in tasks with an EFS volume.
  public var egressIgnoredPorts: [Int]?
  /// Destinations that bypass Envoy: addresses or CIDR blocks. The defaults are the task metadata endpoint and
  /// the instance metadata endpoint, which the ECS agent excludes in any case.
  public var egressIgnoredIPs = ["169.254.170.2", "169.254.169.254"]
  public var ingressPort = 15000
  public var egressPort = 15001
  public var adminPort = 9901
  public var logLevel = LogLevel.info
  /// The number of worker threads. 0 means one for every core that Envoy sees, which on Fargate is the host's
  /// number of cores.
  public var concurrency = 2
  /// Additional environment variables of the Envoy container, in order.
  public var environment: [NamedValue] = []
  /// Environment variables of the Envoy container that ECS reads from a secret or parameter ARN.
  public var secrets: [NamedValue] = []
  public var statsTags = false
  /// Where Envoy's statistics go. `nil` means that they stay in the administration interface.
  public var metrics: MetricsOptions?
  public var health = HealthTiming()
  /// The soft and hard limit of open file descriptors. `nil` means 65536.
  public var nofile: Int?
  /// Seconds after which the task's start fails if a container does not become healthy.
  public var startTimeout = 60
  /// Seconds between SIGTERM and SIGKILL.
  public var stopTimeout = 40
  /// Seconds during which Envoy finishes requests after SIGTERM.
  public var drainSeconds = 20
  public var tracing = Tracing.none
  /// `nil` means the image in ``Defaults``.
  public var xrayImage: String?
  public var otelImage: String?
  /// The share of requests to trace, from 0 to 1, as the user spelled it. `nil` means Envoy's default of 0.05.
  public var xraySamplingRate: String?
  public var logs = Logs.inherit
  /// The requests that Envoy logs. `nil` means errors, or the choice of a mesh's description.
  public var accessLog: AccessLogging.Selection?
  /// The fields of an access log line. `nil` means all that the direction and the protocol can fill.
  public var accessLogFields: [AccessLogField]?
  /// `nil` means the container's name.
  public var logStreamPrefix: String?
  /// Whether the task runs to completion, so that Envoy must not keep it alive.
  public var isJob = false
  /// The network mode for a task without one. `nil` means `awsvpc` on Fargate, and no change elsewhere.
  public var networkMode: NewNetworkMode?
  /// Whether to raise the task's CPU and memory if the containers do not fit.
  public var resize = false
  /// Whether nothing judges the task's size, because only its permissions are asked for.
  var ignoresSize = false
  /// Logical ids of the task definitions in a template to inject. Empty means all.
  public var resources: [String] = []
  /// Values for what a template leaves open, its parameters among them.
  public var parameters = GivenValues()
  /// Whether a template without a task definition is an error.
  public var requiresTaskDefinition = false
  public var onlyContainers: [String] = []
  public var skipContainers: [String] = []
  public var disabledFilters: [String] = []
  /// A merge patch (RFC 7396) for the generated Envoy container.
  public var envoyContainer: JSONValue?
  /// A merge patch (RFC 7396) for the generated tracing daemon.
  public var tracingContainer: JSONValue?
  /// A patch (RFC 6902) for the injected document.
  public var patches: JSONPatch?
  /// Whether to remove an Envoy that another tool or a person added, before injecting.
  public var replacesForeign = false
  /// Whether missing roles are errors.
  public var requireRoles = false
  /// Whether missing roles are never errors, because the caller asks for their permissions.
  package var toleratesMissingRoles = false

  public init(controlPlane: ControlPlane = .static) { self.controlPlane = controlPlane }
}

/// The ways in which Envoy's statistics leave the task.
public struct MetricsOptions: Hashable, Sendable {
  /// The port that answers `GET /metrics`.
  public var port: Int?
  /// Whether the collector of ``InjectionOptions/tracing`` gets them.
  public var isPushed: Bool

  public init(port: Int? = nil, isPushed: Bool = false) {
    self.port = port
    self.isPushed = isPushed
  }
}

/// A name with a value, such as an environment variable.
public struct NamedValue: Hashable, Sendable {
  public let name: String
  public let value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// The timing of Envoy's health check. The defaults are those of AWS's own Envoy examples.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html>
public struct HealthTiming: Hashable, Sendable {
  /// Seconds between two checks (5-300).
  public var interval = 5
  /// Seconds after which a check counts as failed (2-60).
  public var timeout = 2
  /// Consecutive failed checks that make the container unhealthy (1-10).
  public var retries = 3
  /// Seconds after the start during which failed checks are ignored (0-300).
  public var startPeriod = 10

  public init() {}
}
