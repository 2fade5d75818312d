import CommandTesting
import EnvoyBootstrap
import Testing

/// Certificates and authorities that Envoy reads from AWS Secrets Manager: `secret:` in `--certificate`,
/// `--authority` and `--upstream-certificate`.
struct StoredCertificateTests {
  private static let acm =
    "arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555"
  private static let secret =
    "arn:aws:secretsmanager:eu-central-1:111122223333:secret:bank/tls-AbCdEf"
  private static let bank = [
    "--mesh-file", Sample.bank, "--node", "ledger", "--certificate", "\(acm)=secret:\(secret)",
  ]
  private static let authority =
    "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555"
  /// Calls services whose certificates the authority in the secret signed.
  private static let teller = [
    "--mesh-file", Sample.bank, "--node", "teller", "--authority", "\(authority)=secret:\(secret)",
  ]
  private static let upstream = [
    "--upstream", "api=api.internal:443/https", "--upstream-certificate", "api=secret:\(secret)",
  ]

  /// The secret's own region is asked, whatever the task's is.
  @Test(arguments: [bank, teller, upstream]) func envoyAsksTheRegionOfTheSecret(options: [String])
    throws
  {
    let outcome = try Outcome.ofCommand(options, input: Sample.web)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("secretsmanager.eu-central-1.amazonaws.com"))
    #expect(outcome.output.contains("AWS_EC2_METADATA_DISABLED"))
    #expect(outcome.errors.contains(", secretsmanager:GetSecretValue)"), "\(outcome.errors)")
    #expect(outcome.output.contains("dynamic_warming_secrets"))
  }

  @Test(arguments: [bank, teller, upstream]) func theTaskRoleMayReadTheSecret(options: [String])
    throws
  {
    let outcome = try Outcome.ofCommand(["policy"] + options, input: Sample.web)
    #expect(outcome.output.contains("\"EnvoyReadsItsCertificates\""))
    #expect(outcome.output.contains("\"secretsmanager:GetSecretValue\""))
    #expect(outcome.output.contains("\"\(Self.secret)\""), "\(outcome.output)")
  }

  @Test(arguments: [bank, teller, upstream]) func aTaskWithoutARoleIsRefused(options: [String])
    throws
  {
    let outcome = try Outcome.ofCommand(
      options, input: Sample.web.replacing("taskRoleArn", with: "comment"))
    #expect(outcome.status == 1 && outcome.errors.contains("error: [no-task-role]"))
  }

  @Test func theMeshStaysWithoutErrors() throws {
    let outcome = try Outcome.ofCommand(Self.bank, input: Sample.web)
    #expect(outcome.errors.contains("[acm-by-file]"))
    #expect(outcome.errors.contains("Put each renewed certificate into the secret."))
    #expect(!outcome.errors.contains("error:"), "\(outcome.errors)")
  }

  @Test func thePictureShowsTheSecret() throws {
    let mesh = try Outcome.ofCommand(
      [
        "mesh", "--format", "mermaid", "--certificate", "\(Self.acm)=secret:\(Self.secret)",
        "--authority", "\(Self.authority)=secret:\(Self.secret)", Sample.bank,
      ])
    #expect(
      mesh.output.contains("secrets -.->|\"certificate of \(Self.secret)<br/>every 5 minutes\"| n"),
      "\(mesh.output)")
    #expect(
      mesh.output.contains("secrets -.->|\"authority of \(Self.secret)<br/>every 5 minutes\"| n"),
      "\(mesh.output)")
    let task = try Outcome.ofCommand(Self.upstream + ["--report", "mermaid"], input: Sample.web)
    #expect(task.output.contains("|\"certificate from \(Self.secret)\"|"), "\(task.output)")
  }

  @Test(arguments: [
    "", "shop/tls", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:tls",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:-AbCdEf",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:tls-AbCdEf:key::",
    "arn:aws:secretsmanager::111122223333:secret:tls-AbCdEf",
    "arn:aws:secretsmanager:eu-west-1:*:secret:tls-AbCdEf",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:t*-AbCdEf",
    "arn:aws:ssm:eu-west-1:111122223333:secret:tls-AbCdEf",
  ]) func anythingElseIsRefused(text: String) throws {
    #expect(StoredCertificate(arn: text) == nil)
    let outcome = try Outcome.ofCommand(
      Self.upstream.dropLast() + ["api=secret:\(text)"], input: Sample.web)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("is not the complete ARN of a secret"), "\(outcome.errors)")
  }
}
