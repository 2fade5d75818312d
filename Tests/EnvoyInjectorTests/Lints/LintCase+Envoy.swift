/// Cases; see ``LintCase``.
extension LintCase {
  static let envoy: [LintCase] = [
    LintCase(
      "image-without-shell", { $0.image = "envoyproxy/envoy:distroless-v1.40.0" },
      clean: {
        $0.image = "envoyproxy/envoy:distroless-v1.40.0"
        $0.healthCheck = #""CMD", "/probe""#
      },
      expected: "error [image-without-shell] at /containerDefinitions/1/image: The image "
        + "'envoyproxy/envoy:distroless-v1.40.0' has no shell, so no health check can run in it. "
        + "Applications that wait for Envoy would never start.; fix: Use the image without "
        + "'distroless', such as the default."),
    LintCase(
      "envoy-not-essential", { $0.envoy += #", "essential": false"# },
      clean: {
        $0.envoy += #", "essential": false, "dockerLabels": {"inject-envoy.io/version": "0.1.0"}"#
      },
      expected:
        "warning [envoy-not-essential] at /containerDefinitions/1/essential: Envoy ('envoy') is "
        + "not essential. When it stops, the task keeps running without a network.; fix: Remove "
        + #""essential": false, unless the task runs to completion."#),
    LintCase(
      "nofile-too-low",
      { $0.envoy += #", "ulimits": [{"name": "nofile", "softLimit": 15000, "hardLimit": 15000}]"# },
      clean: {
        $0.envoy += #", "ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 65535}]"#
      },
      expected:
        "warning [nofile-too-low] at /containerDefinitions/1/ulimits/0/hardLimit: Envoy may open "
        + "15000 files, fewer than Fargate's default of 65535. It runs out of them under load.; "
        + "fix: Remove the ulimit nofile, or set it to 65535 or more."),
    LintCase(
      "published-admin-port", { $0.envoy += #", "portMappings": [{"containerPort": 9901}]"# },
      clean: { $0.envoy += #", "portMappings": [{"containerPort": 15000}]"# },
      expected:
        "warning [published-admin-port] at /containerDefinitions/1/portMappings/0/containerPort: "
        + "Envoy's administration interface is published on port 9901. Anyone who can reach it can "
        + "stop Envoy.; fix: Remove that port mapping, and keep the port closed in the security "
        + "group."),
    LintCase(
      "old-envoy-image", { $0.image = "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.18.3.0-prod" },
      clean: { $0.image = "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.29.12.1-prod" },
      expected: "warning [old-envoy-image] at /containerDefinitions/1/image: App Mesh's image "
        + "v1.18.3.0-prod is older than v1.29, so it lacks years of security fixes.; fix: Use "
        + "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod."),
    LintCase(
      "mutable-image", { $0.image = "envoyproxy/envoy:latest" },
      clean: { $0.image = "envoyproxy/envoy@sha256:0" },
      expected: "warning [mutable-image] at /containerDefinitions/1/image: The image "
        + "'envoyproxy/envoy:latest' has no fixed tag, so two tasks of one revision may run "
        + "different versions of Envoy.; fix: Name a version or a digest."),
    LintCase(
      "foreign-registry",
      {
        $0.image = "840364872350.dkr.ecr.eu-south-1.amazonaws.com/aws-appmesh-envoy:v1.34.13.3-prod"
      },
      clean: {
        $0.image = "422531588944.dkr.ecr.eu-south-1.amazonaws.com/aws-appmesh-envoy:v1.34.13.3-prod"
      },
      expected:
        "warning [foreign-registry] at /containerDefinitions/1/image: Account 840364872350 does "
        + "not publish App Mesh's image in eu-south-1, so ECS cannot pull it.; fix: Use "
        + "public.ecr.aws/appmesh/aws-appmesh-envoy, or the account of the region."),
    LintCase(
      "health-check-without-curl", { $0.image = "envoyproxy/envoy:v1.40.0" },
      clean: { $0.image = "mirror.example.com/envoy:v1.40.0" },
      expected:
        "warning [health-check-without-curl] at /containerDefinitions/1/healthCheck/command: "
        + "Envoy's health check calls curl, which the image envoyproxy/envoy does not have, so "
        + "Envoy never becomes healthy.; fix: Use bash and /dev/tcp instead, as inject does."),
    LintCase(
      "old-health-check",
      {
        $0.healthCheck =
          #""CMD-SHELL", "curl -s http://localhost:9901/server_info | cut -d' ' -f3 | grep -q live""#
      }, clean: { _ in },
      expected:
        "warning [old-health-check] at /containerDefinitions/1/healthCheck/command: Envoy's "
        + "health check looks for 'live', but Envoy writes 'LIVE', so Envoy never becomes "
        + "healthy.; fix: Use 'curl -s http://localhost:9901/server_info | grep state | grep -q "
        + "LIVE'."),
    LintCase(
      "no-task-role", { $0.members = "" },
      clean: {
        $0.members = ""
        $0.image = "envoyproxy/envoy:v1.40.0"
        $0.variables = [:]
      },
      expected:
        "warning [no-task-role] at : The task has no taskRoleArn, so Envoy or its tracing daemon "
        + "has no credentials to call AWS.; fix: Add a taskRoleArn. 'inject-envoy policy' prints "
        + "what it must allow."),
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
      expected:
        "warning [no-execution-role] at : The task has no executionRoleArn, so ECS cannot start "
        + "the added containers: it cannot read their parameters.; fix: Add an executionRoleArn. "
        + "'inject-envoy policy' prints what it must allow."),
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
      expected:
        "warning [creates-log-group] at /containerDefinitions/1/logConfiguration: Only Envoy "
        + "lets ECS create its log group. The execution role needs logs:CreateLogGroup for it, "
        + "which AWS's managed policy does not allow.; fix: Create the log group, or allow "
        + "logs:CreateLogGroup."),
  ]
}
