/// Cases; see ``LintCase``.
extension LintCase {
  static let envoy: [LintCase] = [
    LintCase(
      "image-without-shell", { $0.image = "envoyproxy/envoy:distroless-v1.40.0" },
      clean: {
        $0.image = "envoyproxy/envoy:distroless-v1.40.0"
        $0.healthCheck = #""CMD", "/probe""#
      },
      expected: "error [image-without-shell] at /containerDefinitions/1/image: the image "
        + "'envoyproxy/envoy:distroless-v1.40.0' has no shell, so no health check can run in "
        + "it, and applications that wait for Envoy would never start; fix: use the image "
        + "without 'distroless', such as the default"),
    LintCase(
      "envoy-not-essential", { $0.envoy += #", "essential": false"# },
      clean: {
        $0.envoy += #", "essential": false, "dockerLabels": {"inject-envoy.io/version": "0.1.0"}"#
      },
      expected: "warning [envoy-not-essential] at /containerDefinitions/1/essential: Envoy "
        + "('envoy') is not essential: when it stops, the task goes on without a network; "
        + "fix: remove \"essential\": false, unless the task runs to completion"),
    LintCase(
      "nofile-too-low",
      { $0.envoy += #", "ulimits": [{"name": "nofile", "softLimit": 15000, "hardLimit": 15000}]"# },
      clean: {
        $0.envoy += #", "ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 65535}]"#
      },
      expected: "warning [nofile-too-low] at /containerDefinitions/1/ulimits/0/hardLimit: Envoy "
        + "may open 15000 files, fewer than Fargate allows by itself: under load it runs out "
        + "of them; fix: remove the ulimit nofile, or set it to 65535 or more"),
    LintCase(
      "published-admin-port", { $0.envoy += #", "portMappings": [{"containerPort": 9901}]"# },
      clean: { $0.envoy += #", "portMappings": [{"containerPort": 15000}]"# },
      expected: "warning [published-admin-port] at "
        + "/containerDefinitions/1/portMappings/0/containerPort: Envoy's administration "
        + "interface is published on port 9901: whoever reaches it can stop Envoy; fix: "
        + "remove that port mapping, and keep the port closed in the security group"),
    LintCase(
      "old-envoy-image", { $0.image = "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.18.3.0-prod" },
      clean: { $0.image = "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.29.12.1-prod" },
      expected: "warning [old-envoy-image] at /containerDefinitions/1/image: v1.18.3.0-prod of App "
        + "Mesh's image is without years of security fixes; fix: use "
        + "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod"),
    LintCase(
      "mutable-image", { $0.image = "envoyproxy/envoy:latest" },
      clean: { $0.image = "envoyproxy/envoy@sha256:0" },
      expected: "warning [mutable-image] at /containerDefinitions/1/image: "
        + "'envoyproxy/envoy:latest' has no tag that stays, so two tasks of one revision may "
        + "run different Envoys; fix: name a version or a digest"),
    LintCase(
      "foreign-registry",
      {
        $0.image = "840364872350.dkr.ecr.eu-south-1.amazonaws.com/aws-appmesh-envoy:v1.34.13.3-prod"
      },
      clean: {
        $0.image = "422531588944.dkr.ecr.eu-south-1.amazonaws.com/aws-appmesh-envoy:v1.34.13.3-prod"
      },
      expected: "warning [foreign-registry] at /containerDefinitions/1/image: account 840364872350 "
        + "does not publish App Mesh's image in eu-south-1, so it can't be pulled; fix: use "
        + "public.ecr.aws/appmesh/aws-appmesh-envoy, or the account of the region"),
    LintCase(
      "health-check-without-curl", { $0.image = "envoyproxy/envoy:v1.40.0" },
      clean: { $0.image = "mirror.example.com/envoy:v1.40.0" },
      expected: "warning [health-check-without-curl] at "
        + "/containerDefinitions/1/healthCheck/command: Envoy's health check calls curl, "
        + "which the image envoyproxy/envoy does not have, so it never becomes healthy; fix: "
        + "ask with bash and /dev/tcp, as inject does"),
    LintCase(
      "old-health-check",
      {
        $0.healthCheck =
          #""CMD-SHELL", "curl -s http://localhost:9901/server_info | cut -d' ' -f3 | grep -q live""#
      }, clean: { _ in },
      expected: "warning [old-health-check] at /containerDefinitions/1/healthCheck/command: "
        + "Envoy's health check looks for 'live', but Envoy writes 'LIVE', so it never "
        + "becomes healthy; fix: use curl -s http://localhost:9901/server_info | grep state "
        + "| grep -q LIVE"),
    LintCase(
      "no-task-role", { $0.members = "" },
      clean: {
        $0.members = ""
        $0.image = "envoyproxy/envoy:v1.40.0"
        $0.variables = [:]
      },
      expected: "warning [no-task-role] at : the task has no taskRoleArn, so Envoy or its tracing "
        + "daemon has no credentials to call AWS; fix: add a taskRoleArn: 'inject-envoy "
        + "policy' prints what it must allow"),
    LintCase(
      "no-execution-role",
      {
        $0.envoy +=
          #", "secrets": [{"name": "TOKEN", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/t"}]"#
      },
      clean: {
        $0.members += #", "executionRoleArn": "arn:aws:iam::111122223333:role/ecs""#
        $0.envoy +=
          #", "secrets": [{"name": "TOKEN", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/t"}]"#
      },
      expected: "warning [no-execution-role] at : the task has no executionRoleArn, so ECS can't "
        + "start the added containers: it could not read their parameters; fix: add an "
        + "executionRoleArn: 'inject-envoy policy' prints what it must allow"),
    LintCase(
      "creates-log-group",
      {
        $0.envoy +=
          #", "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "g", "awslogs-create-group": "true"}}"#
      },
      clean: {
        $0.app +=
          #", "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "g", "awslogs-create-group": "true"}}"#
      },
      expected: "warning [creates-log-group] at /containerDefinitions/1/logConfiguration: Envoy "
        + "alone lets ECS create its log group, for which the execution role needs "
        + "logs:CreateLogGroup: AWS's managed policy lacks it; fix: create the log group, or "
        + "allow logs:CreateLogGroup"),
  ]
}
