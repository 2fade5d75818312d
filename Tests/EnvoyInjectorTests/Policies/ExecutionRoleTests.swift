import LosslessJSON
import RolePolicies
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct ExecutionRoleTests {
  @Test(arguments: [
    ("1.dkr.ecr.eu-west-1.amazonaws.com/x", nil),
    ("envoyproxy/envoy:v1", nil),
    ("public.ecr.aws/shop/envoy:v1", nil),
    ("111122223333.dkr.ecr.eu-west-1.example.com/x", nil),
    ("111122223333.dkr.ecr.eu-west-1.amazonaws.com/", nil),
    (
      "111122223333.dkr.ecr.eu-west-1.amazonaws.com/x:1",
      "aws:ecr:eu-west-1:111122223333:repository/x"
    ),
    (
      "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/a/envoy@sha256:00",
      "aws-cn:ecr:cn-north-1:111122223333:repository/a/envoy"
    ),
    (
      "111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/a/b/c:1@sha256:00",
      "aws-us-gov:ecr:us-gov-west-1:111122223333:repository/a/b/c"
    ),
    (
      "111122223333.dkr-ecr.us-west-2.on.aws/envoy",
      "aws:ecr:us-west-2:111122223333:repository/envoy"
    ),
    (
      "111122223333.dkr.ecr.us-iso-east-1.c2s.ic.gov/envoy",
      "aws-iso:ecr:us-iso-east-1:111122223333:repository/envoy"
    ),
  ])
  func privateImages(_ image: String, _ repository: String?) throws {
    var options = InjectionOptions()
    options.envoyImage = image
    let expected = repository.map {
      [
        "LogInToImageRegistry: ecr:GetAuthorizationToken on *",
        "PullImages: ecr:BatchCheckLayerAvailability, ecr:GetDownloadUrlForLayer, "
          + "ecr:BatchGetImage on arn:\($0)",
      ]
    }
    let app = #", "mountPoints": []"#
    #expect(try PolicyCase.executionRole(PolicyCase.task(app: app), options) == expected ?? [])
  }

  @Test func twoImagesOfOneRepository() throws {
    var options = InjectionOptions()
    options.tracing = .xray
    options.envoyImage = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror:envoy"
    options.xrayImage = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror:xray"
    let statements = try PolicyCase.policies(PolicyCase.task(), options).executionStatements
    #expect(statements[1].resources == ["arn:aws:ecr:eu-west-1:111122223333:repository/mirror"])
  }

  @Test(arguments: [
    ("", false), (#", "awslogs-create-group": "true""#, true),
    (#", "awslogs-create-group": "1""#, true), (#", "awslogs-create-group": "false""#, false),
    (#", "awslogs-create-group": """#, false),
  ])
  func logs(_ more: String, _ makes: Bool) throws {
    let logs = PolicyCase.logs(
      #""awslogs-group": "/ecs/web", "awslogs-region": "eu-west-1""# + more)
    let group = "arn:aws:logs:eu-west-1:*:log-group:/ecs/web"
    let write = "WriteLogs: logs:CreateLogStream, logs:PutLogEvents on \(group):*"
    let make = "CreateLogGroup: logs:CreateLogGroup on \(group), \(group):*"
    #expect(
      try PolicyCase.executionRole(PolicyCase.task(app: logs)) == (makes ? [write, make] : [write]))
  }

  @Test func logsOfAnotherDriverAreNobodysHere() throws {
    let logs = PolicyCase.logs(#""Name": "cloudwatch", "awslogs-group": "/g""#, driver: "splunk")
    #expect(try PolicyCase.executionRole(PolicyCase.task(app: logs)) == [])
  }

  @Test func noLogsNoStatement() throws {
    var options = InjectionOptions()
    options.logs = .none
    let logs = PolicyCase.logs(#""awslogs-group": "/g", "awslogs-region": "eu-west-1""#)
    #expect(try PolicyCase.executionRole(PolicyCase.task(app: logs), options) == [])
  }

  /// The node is in one region, the logs in another.
  @Test func logsOfAnotherRegion() throws {
    let logs = PolicyCase.logs(#""awslogs-group": "g", "awslogs-region": "us-east-1""#)
    #expect(
      try PolicyCase.executionRole(PolicyCase.task(app: logs), InjectionOptions.appMesh()) == [
        "WriteLogs: logs:CreateLogStream, logs:PutLogEvents "
          + "on arn:aws:logs:us-east-1:\(PolicyCase.account):log-group:g:*"
      ])
  }

  private static let secret = "arn:aws-cn:secretsmanager:cn-north-1:1:secret:mesh"

  @Test(arguments: [
    ("\(secret)-a1B2c3", "\(secret)-a1B2c3"),
    ("\(secret)-a1B2c3:json-key::", "\(secret)-a1B2c3"),
    ("\(secret)-a1B2c3:::version", "\(secret)-a1B2c3"),
    ("\(secret)", "\(secret)-??????"),
    ("\(secret)/deep:key::", "\(secret)/deep-??????"),
  ])
  func secrets(_ reference: String, _ resource: String) throws {
    var options = InjectionOptions()
    options.secrets = [
      NamedValue(name: "A", value: reference), NamedValue(name: "B", value: reference),
    ]
    #expect(
      try PolicyCase.executionRole(PolicyCase.task(), options) == [
        "ReadSecrets: secretsmanager:GetSecretValue on \(resource)"
      ])
  }

  @Test(arguments: [
    ("arn:aws:ssm:eu-west-1:1:parameter/a/b", "arn:aws:ssm:eu-west-1:1:parameter/a/b"),
    ("a", "arn:aws-us-gov:ssm:*:2:parameter/a"), ("/a/b", "arn:aws-us-gov:ssm:*:2:parameter/a/b"),
  ])
  func parameters(_ reference: String, _ resource: String) throws {
    var options = InjectionOptions()
    options.secrets = [NamedValue(name: "A", value: reference)]
    let role = #""taskRoleArn": "arn:aws-us-gov:iam::2:role/r","#
    #expect(
      try PolicyCase.executionRole(PolicyCase.task(role), options) == [
        "ReadParameters: ssm:GetParameters on \(resource)"
      ])
  }

  @Test func whatOverridesAdd() throws {
    var options = InjectionOptions()
    options.envoyContainer = [
      "repositoryCredentials": ["credentialsParameter": "registry"],
      "environmentFiles": [["type": "s3", "value": "arn:aws:s3:::bucket/a/b.env"]],
      "logConfiguration": [
        "logDriver": "splunk", "secretOptions": [["name": "t", "valueFrom": "/splunk"]],
      ],
    ]
    #expect(
      try PolicyCase.executionRole(PolicyCase.task(), options) == [
        "ReadSecrets: secretsmanager:GetSecretValue "
          + "on arn:aws:secretsmanager:*:*:secret:registry-??????",
        "ReadParameters: ssm:GetParameters on arn:aws:ssm:*:*:parameter/splunk",
        "ReadEnvironmentFiles: s3:GetObject on arn:aws:s3:::bucket/a/b.env",
        "FindEnvironmentFiles: s3:GetBucketLocation on arn:aws:s3:::bucket",
      ])
  }

  @Test func theApplicationsOwnNeedsDoNotCount() throws {
    let image = #"{"name": "b", "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/b", "#
    let rest = #""secrets": [{"name": "A", "valueFrom": "a"}], "environmentFiles": [], "#
    let credentials = #""repositoryCredentials": {"credentialsParameter": "c"}"#
    let logs = PolicyCase.logs(#""awslogs-group": "g", "awslogs-region": "eu-west-1""#)
    var options = InjectionOptions()
    options.logs = .none
    let more = ", " + image + rest + credentials + logs + "}"
    #expect(try PolicyCase.executionRole(PolicyCase.task(more: more), options) == [])
  }
}
