import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Adds the Envoy container after the task's own containers.
struct AddEnvoyContainer: Filter {
  static let name = "add-envoy-container"
  static let summary = "Add the Envoy container with its name, image, size and user"

  /// The share of the task's CPU and memory that Envoy gets.
  struct Size: Hashable, Sendable {
    /// CPU units.
    var cpu: Int?
    /// Hard limit in MiB.
    var memory: Int?
    /// Soft limit in MiB.
    var memoryReservation: Int?
  }

  private let container: PreparedValue

  /// - Parameters:
  /// - user: the user of the container, or `nil` for the image's user.
  /// - isEssential: `false` in run-to-completion tasks, which end when their applications do.
  init(containerName: String, image: String, user: Int?, size: Size, isEssential: Bool) {
    container = PreparedValue(
      .fields([
        .name: .string(containerName),
        .image: .string(image),
        .cpu: size.cpu.map(JSONValue.integer),
        .memory: size.memory.map(JSONValue.integer),
        .memoryReservation: size.memoryReservation.map(JSONValue.integer),
        .essential: .bool(isEssential),
        // The redirection rules exempt the traffic of this user, so it must be Envoy's.
        .user: user.map { .string(String($0)) },
      ]))
  }

  func apply(to context: inout StageContext) {
    context.roles.envoy = context.addContainer(
      container, because: "Envoy runs beside the application.")
  }
}
