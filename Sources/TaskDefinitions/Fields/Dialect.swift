import CloudFormation
package import LosslessJSON

/// The spelling of a task definition: RegisterTaskDefinition's, or that of a resource in a
/// CloudFormation template. Filters use only the first one.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html>
package enum Dialect: Sendable {
  case register
  case cloudFormation

  /// Members whose names differ in more than the capital first letter.
  private static let exceptions: [(register: String, cloudFormation: String)] = [
    (Field.properties.spelling, "ProxyConfigurationProperties"),
    (Field.efsVolumeConfiguration.spelling, "EFSVolumeConfiguration"),
    ("fsxWindowsFileServerVolumeConfiguration", "FSxWindowsFileServerVolumeConfiguration"),
    ("s3filesVolumeConfiguration", "S3FilesVolumeConfiguration"),
    ("iam", "IAM"),
  ]

  /// A name that RegisterTaskDefinition spells, as this dialect spells it.
  func spelling(_ name: String) -> String {
    self == .register ? name : Self.cloudFormationSpelling(name)
  }

  package func spelling(_ field: Field) -> String {
    self == .register ? field.spelling : Self.cloudFormationSpellings[field] ?? field.spelling
  }

  package var names: FieldNames { self == .register ? .register : .cloudFormation }

  /// The members that identify the elements of lists.
  package var nameMembers: [MemberName] {
    self == .register ? Self.registerNameMembers : Self.cloudFormationNameMembers
  }

  private static let registerNameMembers = [Field.name, .containerName].map {
    FieldNames.register[$0]
  }
  /// Includes the name of a role's policy.
  private static let cloudFormationNameMembers =
    [Field.name, .containerName].map { FieldNames.cloudFormation[$0] }
    + [MemberName(RoleProperty.policyName)]

  /// CloudFormation's spelling of each field. A table, because every lookup in a template reads it.
  private static let cloudFormationSpellings = Dictionary(
    uniqueKeysWithValues: Field.allCases.map { ($0, cloudFormationSpelling($0.spelling)) })

  /// Converts a value from RegisterTaskDefinition's spelling to this one.
  ///
  /// - Parameter field: the field that has the value, if any. The member names in some fields are free.
  package func value(_ value: JSONValue, of field: Field? = nil) -> JSONValue {
    if self == .register || field.map({ Self.maps.contains($0.spelling) }) == true { return value }
    return Self.renamed(value, Self.cloudFormationSpelling)
  }

  /// Converts a pointer from RegisterTaskDefinition's spelling to this one.
  ///
  package func pointer(_ pointer: JSONPointer) -> JSONPointer { self.pointer(pointer, in: nil) }

  /// - Parameter field: the field whose value the pointer starts in; `nil` for the task definition.
  package func pointer(_ pointer: JSONPointer, in field: Field?) -> JSONPointer {
    guard self == .cloudFormation else { return pointer }
    var isMap = field.map { Self.maps.contains($0.spelling) } == true
    return JSONPointer(
      pointer.tokens.map { token in
        defer { isMap = Self.maps.contains(Self.registerSpelling(token)) }
        return isMap ? token : Self.cloudFormationSpelling(token)
      })
  }

  /// Converts a value from this spelling to RegisterTaskDefinition's.
  package func registerValue(_ value: JSONValue) -> JSONValue {
    self == .register ? value : Self.renamed(value, Self.registerSpelling)
  }

  private static func cloudFormationSpelling(_ name: String) -> String {
    // Comparing the lengths first avoids nearly all comparisons of texts.
    let length = name.utf8.count
    let exception = exceptions.first { $0.register.utf8.count == length && $0.register == name }
    if let exception { return exception.cloudFormation }
    return changingInitial(of: name, in: UInt8(ascii: "a")...UInt8(ascii: "z"))
  }

  private static func registerSpelling(_ name: String) -> String {
    if let exception = exceptions.first(where: { $0.cloudFormation == name }) {
      return exception.register
    }
    return changingInitial(of: name, in: UInt8(ascii: "A")...UInt8(ascii: "Z"))
  }

  /// The name with the case of its first letter changed, if the letter is in the given range.
  private static func changingInitial(
    of name: String, in letters: ClosedRange<UInt8>
  ) -> String {
    // Works on bytes, because characters cost hundreds of times as much.
    var bytes = Array(name.utf8)
    guard let first = bytes.first, letters ~= first else { return name }
    bytes[0] = first ^ 0x20
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Members whose values are objects with free member names.
  private static let maps: Set<String> = [
    Field.dockerLabels.spelling, Field.options.spelling,
  ]

  private static func renamed(_ value: JSONValue, _ spelling: (String) -> String) -> JSONValue {
    switch value {
    case .array(let elements): return .array(elements.map { renamed($0, spelling) })
    case .object(let members):
      if Intrinsic.isIntrinsic(value) { return value }
      return .object(
        members.map { member in
          let isMap = maps.contains(registerSpelling(member.name))
          return JSONValue.Member(
            spelling(member.name), isMap ? member.value : renamed(member.value, spelling))
        })
    case .null, .bool, .number, .string: return value
    }
  }
}
