import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Raises Envoy's limit of open files, because a proxied connection takes two descriptors.
///
/// The default is not lower than any platform's own limit: Fargate's is 65535.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html>
struct RaiseFileLimit: Filter {
  static let name = "raise-file-limit"
  static let summary = "Raise Envoy's limit of open files"

  private let limits: PreparedValue

  /// - Parameter nofile: the value for both the soft and the hard limit.
  init(nofile: Int) {
    limits = PreparedValue(
      [
        .fields([
          .name: "nofile", .softLimit: .integer(nofile), .hardLimit: .integer(nofile),
        ])
      ], of: .ulimits)
  }

  func apply(to context: inout StageContext) {
    guard let envoy = context.envoy else { return }
    context.set(
      .ulimits, to: limits, in: envoy,
      because: "Every proxied connection takes two file descriptors.")
  }
}
