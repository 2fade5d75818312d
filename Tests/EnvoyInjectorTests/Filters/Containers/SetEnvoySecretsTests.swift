import LosslessJSON
import Testing

@testable import EnvoyInjector

@Suite struct SetEnvoySecretsTests {
  @Test func namesWhereECSFindsThem() throws {
    let secrets = [NamedValue(name: "TOKEN", value: "arn:aws:ssm:eu-west-1:1:parameter/t")]
    let run = try FilterRun(
      SetEnvoySecrets(secrets: secrets), on: task(), envoy: ["name": "envoy"])
    #expect(
      run.edits == [
        #"add /containerDefinitions/0/secrets [{"name":"TOKEN","#
          + #""valueFrom":"arn:aws:ssm:eu-west-1:1:parameter/t"}]"#
      ])
  }
}
