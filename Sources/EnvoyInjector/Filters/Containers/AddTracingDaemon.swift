import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Adds the daemon that receives Envoy's spans on the task's loopback interface, unless the task has one.
///
/// The daemon runs as Envoy's user, so that its own calls to AWS are not redirected to Envoy. It has no
/// health check, because AWS's images are built from scratch and have no program to run one. It is not
/// essential, because losing traces must not stop the application.
struct AddTracingDaemon: Filter {
  static let name = "add-tracing-daemon"
  static let summary = "Add the X-Ray daemon or the OpenTelemetry collector"

  let tracing: InjectionOptions.Tracing
  let containerName: String
  let image: String
  let command: [String]
  /// The user of Envoy.
  let user: Int
  let region: String?

  /// The memory in MiB that AWS's App Mesh walkthroughs reserve for the daemon.
  /// <https://github.com/aws/aws-app-mesh-examples/tree/main/walkthroughs>
  static let memoryReservation = 256

  func apply(to context: inout StageContext) {
    let accepted = TracingDaemonImage.accepting(tracing)
    if let present = context.task.containers.first(where: {
      context.task.hasImage($0, of: accepted)
    }) {
      // A second daemon could not listen on the same port.
      if context.task.isConditional(present) {
        context.report(
          ValueKinds.undecided,
          [
            "subject": "Whether the tracing daemon '\(context.task.name(of: present))' exists",
            "consequence": "Envoy could wait for it forever",
          ], fix: "Take the container out of its Fn::If, or use \(.tracing, "none").", at: present)
      }
      context.roles.tracingDaemon = present
    } else if let taken = context.task.container(named: containerName) {
      context.report(Self.nameTaken, ["name": containerName], at: taken)
    } else {
      context.roles.tracingDaemon = context.addContainer(
        PreparedValue(daemon), because: "Envoy sends its spans to this container.")
    }
  }

  private var daemon: JSONValue {
    .fields([
      .name: .string(containerName),
      .image: .string(image),
      .command: command.isEmpty ? nil : .array(command.map(JSONValue.string)),
      .memoryReservation: .integer(Self.memoryReservation),
      .essential: false,
      .user: .string(String(user)),
      .environment: region.map { .namedValues([(name: "AWS_REGION", value: $0)]) },
    ])
  }
}

extension AddTracingDaemon {
  static let rules = [nameTaken, ValueKinds.undecided]

  private static let nameTaken = Rule.error(
    "name-taken", "The task has a container '{name}' that is not the tracing daemon.",
    fix: "Name the daemon differently with tracingContainer: {name: …} in the configuration file.")
}
