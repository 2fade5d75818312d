package import LosslessJSON

/// What ECS refuses, or can't start, with or without Envoy.
extension Rule {
  package static let unknownDependency = error(
    "unknown-dependency",
    "a container waits for one that the task does not have, so ECS would refuse the task definition",
    fix: "remove that element of dependsOn, or correct its containerName", see: Source.dependency)
  package static let noHealthCheck = error(
    "no-health-check",
    "a container waits until another is HEALTHY that has no health check: the image's own "
      + "HEALTHCHECK does not count",
    fix: "add a healthCheck to the container that is waited for, or wait for START",
    see: Source.dependency)
  package static let essentialCompletes = error(
    "essential-completes",
    "a container waits for the end of an essential one, with which the whole task ends",
    fix: #"set "essential": false on the container that is waited for"#, see: Source.dependency)
  package static let dependencyCycle = error(
    "dependency-cycle", "containers wait for each other in a circle, so none of them starts",
    fix: "break the circle in dependsOn: Envoy waits for its tracing daemon, "
      + "applications wait for Envoy", see: Source.dependency)
  package static let healthCheckCommand = warning(
    "health-check-command",
    "a health check's command begins with neither CMD nor CMD-SHELL, so it is never run",
    fix: #"write ["CMD-SHELL", "one line for the shell"] or ["CMD", "program", "argument"]"#,
    see: Source.healthCheck)
  package static let healthCheckRange = error(
    "health-check-range", "a number of a health check is outside of what ECS takes",
    fix: "use an interval of 5 to 300, a timeout of 2 to 60, 1 to 10 retries and a startPeriod "
      + "of 0 to 300", see: Source.healthCheck)
  package static let taskTooLarge = error(
    "task-too-large", "the containers together need more than any Fargate task has",
    fix: "reserve less in the application's containers", see: Source.fargateSizes)
  package static let illegalFargateSize = error(
    "illegal-fargate-size", "Fargate has no tasks of this cpu and memory",
    fix: "use a pair of Fargate's table", see: Source.fargateSizes)
  package static let unreadableTaskSize = error(
    "unreadable-task-size",
    "the task's cpu or memory is no amount, so nobody can say whether the containers fit the task",
    fix: #"write CPU units such as "256", or ".25 vCPU"; MiB such as "512", or "1 GB""#,
    see: Source.fargateSizes)
  package static let linksInAwsvpc = error(
    "links-in-awsvpc", "a container has links, which ECS refuses in network mode awsvpc",
    fix: "remove links and reach the other container at 127.0.0.1", see: Source.container)
  package static let hostnameInAwsvpc = error(
    "hostname-in-awsvpc", "a container has a hostname, which ECS refuses in network mode awsvpc",
    fix: "remove hostname", see: Source.container)
  package static let hostPort = error(
    "host-port", "a hostPort differs from its containerPort, which ECS refuses in awsvpc mode",
    fix: "remove hostPort", see: Source.portMapping)
  package static let portCollision = error(
    "port-collision",
    "two containers use the same port, but in awsvpc mode all share one network interface",
    fix: "move one of them to another port", see: Source.portMapping)
  package static let unknownAppProtocol = error(
    "unknown-app-protocol", "an appProtocol is none that ECS knows, so Envoy can't follow it",
    fix: "write http, http2 or grpc, or remove appProtocol", see: Source.portMapping)
  package static let notAPort = error(
    "not-a-port", "a container port is no port that traffic could be redirected from",
    fix: "use a port from 1 to 65535, or a range of them such as 8000-8005",
    see: Source.portMapping)
}
