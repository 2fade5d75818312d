import LosslessJSON
package import TaskDefinitions

/// Health checks that ECS refuses.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html>
package struct CheckHealthChecks: Check {
  package static let name = "check-health-checks"
  package static let summary = "health checks with numbers that ECS does not take"

  private static let ranges: [(Field, ClosedRange<Int>)] = [
    (.interval, 5...300), (.timeout, 2...60), (.retries, 1...10), (.startPeriod, 0...300),
  ]

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for container in task.containers {
      guard let check = task.node(.healthCheck, of: container) else { continue }
      for (field, range) in Self.ranges {
        guard let number = task.integer(field, of: check), !range.contains(number) else { continue }
        findings.add(
          .range(task.name(of: container), field, number, range), at: task.node(field, of: check),
          in: task.document)
      }
    }
  }
}

extension Message {
  fileprivate static func range(
    _ name: String, _ field: Field, _ number: Int, _ range: ClosedRange<Int>
  ) -> Self {
    Self(
      .healthCheckRange,
      "the health check of container '\(name)' has \(field.rawValue) \(number), "
        + "and ECS takes \(range.lowerBound) to \(range.upperBound)")
  }
}
