/// Documents and options whose policies are printed and tested.
struct PolicySituation: Sendable {
  let name: String
  /// The arguments of both `inject` and `policy`.
  var arguments: [String] = []
  /// The arguments of `policy` only.
  var policyArguments: [String] = []
  /// Task definitions to inject, or gateways, which are not injected.
  var documents: [String] = [task()]

  private static let node = "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualNode/web"
  private static let roles = roles("arn:aws:iam::111122223333:role/a/b/web", "ecs")

  private static func roles(_ task: String, _ execution: String) -> String {
    #""taskRoleArn": "\#(task)", "executionRoleArn": "\#(execution)","#
  }

  /// - Parameter members: members of the task, each followed by a comma.
  private static func task(
    _ members: String = roles, family: String = "web", region: String = "eu-west-1",
    log: String = #", "awslogs-create-group": "true""#
  ) -> String {
    """
    {"family": "\(family)", "networkMode": "awsvpc", \(members)
     "requiresCompatibilities": ["FARGATE"], "cpu": "1024", "memory": "2048",
     "containerDefinitions": [
      {"name": "app", "image": "999988887777.dkr.ecr.eu-west-1.amazonaws.com/app:1",
       "portMappings": [{"containerPort": 8080}],
       "secrets": [{"name": "A", "valueFrom": "/app"}],
       "logConfiguration": {"logDriver": "awslogs", "options": {
        "awslogs-group": "/ecs/\(family)", "awslogs-region": "\(region)",
        "awslogs-stream-prefix": "app"\(log)}}}]}

    """
  }

  private static let secrets = [
    "--secret", "A=arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-a1B2c3:key::",
    "--secret", "B=arn:aws:secretsmanager:eu-west-1:111122223333:secret:b",
    "--secret", "C=arn:aws:ssm:eu-west-1:111122223333:parameter/c",
    "--secret", "D=/d/e",
  ]

  private static let image = [
    "--envoy-image", "111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror/envoy@sha256:0a",
  ]

  private static let china = PolicySituation(
    name: "china",
    arguments: [
      "--virtual-node",
      node.replacing("aws:", with: "aws-cn:").replacing("eu-west", with: "cn-north"),
      "--envoy-image", "919366029133.dkr.ecr.cn-north-1.amazonaws.com.cn/aws-appmesh-envoy:v1-prod",
    ],
    documents: [task(roles("arn:aws-cn:iam::111122223333:role/web", "ecs"), region: "cn-north-1")])

  static let all = [
    PolicySituation(
      name: "everything",
      arguments: ["--virtual-node", node, "--tracing", "xray"] + image + secrets),
    PolicySituation(
      name: "short-name", arguments: ["--virtual-node", "mesh/shop/virtualNode/web"]),
    PolicySituation(
      name: "new-roles", arguments: ["--tracing", "otel"] + image + secrets, documents: [task("")]),
    PolicySituation(
      name: "one-role", arguments: ["--virtual-node", node],
      documents: [task(roles("arn:aws:iam::111122223333:role/one", "one"), log: "")]),
    PolicySituation(
      name: "odd-names", arguments: ["--virtual-node", node],
      documents: [task(roles("it's a $HOME `id` ${x} %{y}", "a\\\"b"))]),
    PolicySituation(
      name: "nothing", arguments: ["--logs", "none"], documents: [task("")]),
    PolicySituation(
      name: "tls", arguments: ["--virtual-node", node, "--logs", "none"],
      policyArguments: [
        "--acm-certificate", "arn:aws:acm:eu-west-1:111122223333:certificate/a",
        "--acm-authority", "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/b",
      ]),
    china,
    PolicySituation(
      name: "several", arguments: ["--tracing", "xray"],
      documents: [task(""), task("", family: "api"), task("", family: "api-2")]),
  ]
}
