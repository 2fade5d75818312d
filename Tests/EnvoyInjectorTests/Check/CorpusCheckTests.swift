import Foundation
import LosslessJSON
import Surroundings
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Every error that is reported for real documents is correct. A person has reviewed these.
@Suite struct CorpusCheckTests {
  /// All errors in documents that can be read as task definitions, by repository.
  private static let known = [
    // A placeholder in quotes in place of a number.
    "AlexVanLeyen__common-deployment-example": ["wrong-kind"],
    // Numbers in quotes.
    "2-chanhee__ecs-on-fargate-infrastructure": ["wrong-kind"],
    "Arcturus122__titan": ["wrong-kind"],
    // The tag '!Ref:' with a colon, which is not a function's.
    "aws__copilot-cli__internal_pkg_deploy_cloudformation_stack_testdata_workloads_svc-nlb-prod":
      ["wrong-kind", "wrong-kind"],
    // hostPort 80 for containerPort 8080 and 5601 in awsvpc mode.
    "aws-samples__aws-containers-task-definitions__kibana_kibana_ec2": ["host-port"],
    "aws-samples__aws-containers-task-definitions__tomcat_tomcat_ec2": ["host-port"],
    // A test document with strings for objects.
    "bugcrowd__ecs-task-definition-validator__test_fixtures_valid": ["wrong-kind", "wrong-kind"],
  ]
  private static let unread = [
    "syntax", "yaml", "not-a-task-definition", "empty-template", "undecided",
  ]
  /// Documents that are valid without Envoy and are rejected by inject.
  private static let refusedByInject = [
    "not-awsvpc", "task-too-small", "foreign-proxy", "foreign-envoy", "envoy-name-taken",
    "port-taken", "port-of-template", "nothing-selected", "windows", "links-in-awsvpc",
    "service-connect",
  ]

  @Test(arguments: ["taskdef", "describe", "templated", "containers", "cfn", "invalid"])
  func errorsAreTrue(folder: String) throws {
    let injector = Injector(InjectionOptions())
    let files = Folders.documents(in: [folder])
    #expect(!files.isEmpty)
    for file in files {
      let check = injector.check(try #require(Folders.bytes(file)))
      let errors = check.findings.filter { $0.severity == .error }.map(\.code)
        .filter { !(Self.unread + Self.refusedByInject).contains($0) }
      let expected = Self.known.first { file.lastPathComponent.hasPrefix($0.key) }?.value ?? []
      #expect(errors == expected, "\(file.lastPathComponent)")
    }
  }
}
