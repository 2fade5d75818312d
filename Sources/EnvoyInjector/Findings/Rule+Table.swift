package import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

extension Rule {
  /// The catalogue as an article of the documentation: Markdown, one table for each group.
  ///
  /// - Parameter spelling: how readers write a setting, and the value to give it, if any.
  package static func article(spelling: (Setting, String?) -> String) -> String {
    let tables = groups.map { group in
      ([
        "## \(group.title)", "", "| code | severity | why | fix | source |",
        "|---|---|---|---|---|",
      ]
        + group.rules.map { $0.row(spelling) }).joined(separator: "\n")
    }
    return introduction + "\n" + tables.joined(separator: "\n\n") + "\n"
  }

  private static let introduction = """
    # Findings

    What `inject`, `uninject` and `check` say about a task definition.

    ## Overview

    Every finding has a code that never changes its meaning: `check --suppress CODE` leaves it out.
    An error makes `inject` refuse the document and `check` fail; `check --fail-on warning` fails on
    warnings as well.

    `check` reads task definitions only. What depends on the service, its load balancer, its subnets
    or its deployments is not in them: health checks and protocols of load balancers, IPv6 subnets,
    quotas of a mesh, the maximum percent of a deployment, Service Connect of the service.

    `check` ends with 1 when a finding makes it fail, else with 2 when `inject` would change a
    document: one that is injected by another version or with other options, or not injected at
    all. A document that inject would refuse, that has another's Envoy or a label that forbids
    injection would not change.

    This article is made from the catalogue in the source: `RECORD_GOLDEN=1 swift test` writes it.

    """

  private func row(_ spelling: (Setting, String?) -> String) -> String {
    let cells = [
      "`\(code)`", severity.rawValue, text.text(spelling: spelling),
      fix.text(spelling: spelling),
      source.map { "<\($0)>" } ?? "",
    ]
    return "| " + cells.map { $0.replacingBars }.joined(separator: " | ") + " |"
  }
}

extension String {
  /// A bar would end the cell.
  fileprivate var replacingBars: String {
    split(separator: "|", omittingEmptySubsequences: false).joined(separator: #"\|"#)
  }
}
