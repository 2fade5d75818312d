import EnvoyInjector
import LosslessJSON
import RolePolicies
import TaskDefinitions

/// The output of single commands.
extension OptionTable {
  static let policy: [Option] = Option.group(
    .policy, for: .policy, labels: .never,
    [
      Option("format", .word, "Format of the policies", \.policy.format).standard("json"),
      Option(
        "trust", .flag, "Also print the trust policy of existing roles", \.policy.withTrust),
      Option(
        "acm-certificate",
        Form.arn(of: "acm", sample: "arn:aws:acm:eu-west-1:111122223333:certificate/1").list(),
        "Certificate that the App Mesh Envoy presents", \.policy.certificates.certificates),
      Option(
        "acm-authority",
        Form.arn(
          of: "acm-pca", sample: "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1"
        ).list(), "Private certificate authority that the App Mesh Envoy trusts",
        \.policy.certificates.authorities),
    ])

  static let check: [Option] = Option.group(
    .check, for: .check, labels: .never,
    [
      Option("format", .word, "Format of the findings", \.check.format).standard("text"),
      Option("fail-on", .word, "Lowest level that makes check fail", \.check.failsOn)
        .standard("error"),
      Option(
        "suppress",
        Form.known(
          "CODE", { Rule.all.map(\.code) }, kind: "the code of a finding",
          advice: "Use a code that check prints in brackets."
        ).list(), "Finding to leave out; other commands than check leave out warnings only",
        \.output.suppressed
      ).only(.findings),
    ])

  static let description: [Option] = Option.group(
    .description, for: .describing, labels: .never,
    [
      Option(
        "format", .word,
        "Format of the description; service-connect reports which services can move to ECS Service "
          + "Connect, and what they lose. A service with an error should stay with Envoy, and so should "
          + "one whose proxy you must test, because that of Service Connect runs only on AWS",
        \.meshFormat
      ).standard("text")
    ])
}
