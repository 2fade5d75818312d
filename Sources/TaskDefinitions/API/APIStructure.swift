package import LosslessJSON

/// The kind of value that RegisterTaskDefinition takes at one place.
package indirect enum APIShape: Sendable {
  case text
  /// An integer of 32 bits.
  case integer
  case flag
  case list(APIShape)
  /// An object with free member names and string values.
  case texts
  case structure(APIStructure)

  /// Whether a single string, number or Boolean is expected.
  package var isScalar: Bool {
    switch self {
    case .text, .integer, .flag: true
    case .list, .texts, .structure: false
    }
  }

  /// The kind with its article, as findings name it.
  package var description: String {
    switch self {
    case .text: "a string"
    case .integer: "an integer"
    case .flag: "true or false"
    case .list(.text): "an array of strings"
    case .list: "an array"
    case .texts, .structure: "an object"
    }
  }
}

/// The members of one structure of ECS's API. Members that it does not list are newer than the model that
/// it was generated from.
///
/// A class, so that a shape refers to a structure without a copy.
package final class APIStructure: Sendable {
  /// The kind of each member, in the order of the API's reference.
  package let shapes: [APIShape]
  private let registerNames: MemberNameList
  private let cloudFormationNames: MemberNameList

  init(_ members: KeyValuePairs<String, APIShape>) {
    shapes = members.map(\.value)
    registerNames = MemberNameList(members.map { MemberName($0.key) })
    cloudFormationNames = MemberNameList(
      members.map { MemberName(Dialect.cloudFormation.spelling($0.key)) })
  }

  /// The name of each member, in the order of ``shapes``.
  package func names(in dialect: Dialect) -> MemberNameList {
    dialect == .register ? registerNames : cloudFormationNames
  }
}
