/// The member names of a task definition, each spelled once: RegisterTaskDefinition's spelling.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html>
package enum Field: String, CaseIterable, Sendable {
  // The task definition
  case family, taskRoleArn, executionRoleArn, networkMode, containerDefinitions, volumes
  case requiresCompatibilities, cpu, memory, tags, proxyConfiguration, runtimePlatform
  case operatingSystemFamily, efsVolumeConfiguration, pidMode

  // A container definition
  case name, image, memoryReservation, portMappings, essential, entryPoint, command, environment
  case secrets, dependsOn, startTimeout, stopTimeout, user, readonlyRootFilesystem, dockerLabels
  case ulimits, logConfiguration, healthCheck, firelensConfiguration, mountPoints
  case repositoryCredentials, credentialsParameter, links, hostname, environmentFiles
  case linuxParameters, tmpfs, containerPath, sourceVolume

  // Members of the above
  case value, valueFrom, containerName, condition, containerPort, containerPortRange, hostPort
  case `protocol`, appProtocol, softLimit, hardLimit, logDriver, options, secretOptions
  case interval, timeout, retries, startPeriod, type, properties

  // What describe-task-definition wraps around, and adds to, a task definition
  case taskDefinition, taskDefinitionArn, revision, status, requiresAttributes, compatibilities
  case registeredAt, registeredBy, deregisteredAt, deleteRequestedAt
}
