import LosslessJSON

/// Adds the Envoy container behind the task's own.
struct AddEnvoyContainer: Filter {
  static let name = "add-envoy-container"
  static let summary = "add the Envoy container: name, image, size, user"

  /// How much of the task's room Envoy gets.
  struct Size: Hashable, Sendable {
    /// CPU units.
    var cpu: Int?
    /// Hard limit in MiB.
    var memory: Int?
    /// Soft limit in MiB.
    var memoryReservation: Int?
  }

  let containerName: String
  let image: String
  /// `nil`: the image's own.
  let user: Int?
  let size: Size
  /// `false` in run-to-completion tasks: there the task ends with its applications.
  let isEssential: Bool

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    task.envoy = task.addContainer(
      .fields([
        .name: .string(containerName),
        .image: .string(image),
        .cpu: size.cpu.map(JSONValue.integer),
        .memory: size.memory.map(JSONValue.integer),
        .memoryReservation: size.memoryReservation.map(JSONValue.integer),
        .essential: .bool(isEssential),
        // The redirection rules let traffic of this user pass: it has to be Envoy's.
        .user: user.map { .string(String($0)) },
      ]), because: "Envoy runs beside the application")
  }
}
