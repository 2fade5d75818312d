import AppMesh
public import LosslessJSON
import TaskChecks
import TaskDefinitions

/// The catalogue of all rules. Nothing is declared here: each reader, check and filter declares its
/// own rules, and this is their concatenation.
extension Rule {
  /// Every rule once, grouped by the part that reports it first. The documentation uses this order.
  static let groups: [(title: String, rules: [Rule])] = {
    var seen: Set<Rule> = []
    let groups = [
      ("Reading a document", OpenedDocument.rules + RequireTaskDefinition.rules + Injector.rules),
      ("Checking a task definition", Lint.all.flatMap(\.rules)),
      ("Compiling a mesh", MeshRules.all),
      ("Injecting Envoy, and removing it", Pipeline.steps.flatMap(\.rules) + PipelineRun.rules),
    ]
    return groups.map { title, rules in
      (title: title, rules: rules.filter { seen.insert($0).inserted })
    }
  }()

  public static let all = groups.flatMap(\.rules)

  /// The rule with this code.
  public static func named(_ code: String) -> Rule? { all.first { $0.code == code } }
}

extension Rule {
  /// The catalogue as a Markdown article for the documentation, with one table per group.
  ///
  /// - Parameter spelling: formats a setting, and a value for it if there is one, as readers write it.
  package static func article(spelling: (Setting, String?) -> String) -> String {
    let tables = groups.map { group in
      ([
        "## \(group.title)", "", "| code | severity | why | fix | source |",
        "|---|---|---|---|---|",
      ]
        + group.rules.map { $0.row(spelling) }).joined(separator: "\n")
    }
    return introduction.text(spelling: spelling) + "\n" + tables.joined(separator: "\n\n") + "\n"
  }

  private static let failOn = Setting("failOn")

  private static let introduction: Wording = """
    # Findings

    The findings that `inject`, `uninject` and `check` report about a task definition.

    ## Overview

    Every finding has a code that never changes its meaning. `check \(.suppress, "CODE")` leaves it out.
    An error makes `inject` refuse the document and `check` fail. `check \(failOn, "warning")` fails on
    warnings as well.

    Words in braces stand for values of the document.

    `check` reads only task definitions. It cannot see what depends on the service, its load balancer,
    its subnets or its deployments: health checks and protocols of load balancers, IPv6 subnets, quotas
    of a mesh, the maximum percent of a deployment, the service's Service Connect configuration.

    `check` exits with 1 if a finding makes it fail. `check \(failOn, "change")` also exits with 2 if
    `inject` would change a document: one that is not injected, or that another version or other
    options injected. `inject` does not change a document that it refuses, that has a foreign Envoy,
    or whose label forbids injection.

    This article is generated from the rules in the source: `RECORD_GOLDEN=1 swift test --filter
    RuleTests` writes it.

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
  /// Escaped, because a bar would end the table cell.
  fileprivate var replacingBars: String {
    split(separator: "|", omittingEmptySubsequences: false).joined(separator: #"\|"#)
  }
}
