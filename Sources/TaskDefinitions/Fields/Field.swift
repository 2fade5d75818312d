package import LosslessJSON

/// The member names of a task definition in RegisterTaskDefinition's spelling.
/// The raw value is the index in ``allCases``.
///
/// A coding key, because the compiler then provides the names of the cases.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html>
package enum Field: Int, CaseIterable, CodingKey {
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

  // Members that describe-task-definition adds around and inside a task definition
  case taskDefinition, taskDefinitionArn, revision, status, requiresAttributes, compatibilities
  case registeredAt, registeredBy, deregisteredAt, deleteRequestedAt
}

/// The names of all fields as one dialect spells them. Filters look for hundreds of members in every
/// document, so this is a table by raw value that is read without a copy.
package struct FieldNames: @unchecked Sendable {
  /// The names in the order of `Field.allCases`. Allocated once, immutable, and never freed.
  private let names: UnsafePointer<MemberName>

  package static let register = FieldNames(.register)
  package static let cloudFormation = FieldNames(.cloudFormation)

  private init(_ dialect: Dialect) {
    let names = UnsafeMutablePointer<MemberName>.allocate(capacity: Field.allCases.count)
    for field in Field.allCases {
      (names + field.rawValue).initialize(to: MemberName(dialect.spelling(field)))
    }
    self.names = UnsafePointer(names)
  }

  package subscript(field: Field) -> MemberName { names[field.rawValue] }
}

extension Field {
  private static let fields = Dictionary(uniqueKeysWithValues: allCases.map { ($0.spelling, $0) })

  /// - Returns: `nil` if the text is not the spelling of a field.
  package init?(spelling: String) {
    guard let field = Self.fields[spelling] else { return nil }
    self = field
  }

  /// The name of the case, which is RegisterTaskDefinition's spelling.
  package var spelling: String { stringValue }
}

/// The member names of IAM's resources in a template.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html>
package enum RoleProperty {
  package static let policies = "Policies"
  package static let policyName = "PolicyName"
  package static let policyDocument = "PolicyDocument"
  package static let managedPolicyArns = "ManagedPolicyArns"
  /// In a policy that is a resource: the names of the roles that it is attached to.
  package static let roles = "Roles"
  package static let roleName = "RoleName"
}
