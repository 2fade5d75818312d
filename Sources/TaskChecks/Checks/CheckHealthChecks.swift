package import LosslessJSON
package import TaskDefinitions

/// Finds health checks that ECS refuses.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html>
package struct CheckHealthChecks: Check {
  package static let name = "check-health-checks"
  package static let summary = "Find health checks with numbers that ECS does not take"

  private static let ranges: [(Field, ClosedRange<Int>)] = [
    (.interval, 5...300), (.timeout, 2...60), (.retries, 1...10), (.startPeriod, 0...300),
  ]

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for container in task.containers {
      guard let check = task.node(.healthCheck, of: container) else { continue }
      for (field, range) in Self.ranges {
        guard let number = task.integer(field, of: check), !range.contains(number) else { continue }
        findings.add(
          Self.healthCheckRange,
          [
            "name": task.name(of: container), "field": field.spelling, "number": "\(number)",
            "range": "\(range.lowerBound) to \(range.upperBound)",
          ], at: task.node(field, of: check), in: task.document)
      }
    }
  }
}

extension CheckHealthChecks {
  package static let rules = [healthCheckRange]

  private static let healthCheckRange = Rule.error(
    "health-check-range",
    "The health check of container '{name}' has {field} {number}, but ECS takes {range}.",
    fix:
      "Use an interval of 5 to 300, a timeout of 2 to 60, 1 to 10 retries, and a startPeriod of 0 "
      + "to 300.", see: Rule.Source.healthCheck)
}
