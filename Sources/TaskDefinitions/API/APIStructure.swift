package import LosslessJSON

/// The kind of value that RegisterTaskDefinition takes at one place.
package enum APIShape: Sendable {
  case text
  /// An integer of 32 bits.
  case integer
  case flag
  case list(Element)
  /// An object with free member names and string values.
  case texts
  case structure(APIStructure)

  /// The kind of a list's elements. No list has lists as elements.
  package enum Element: Sendable {
    case text
    case integer
    case structure(APIStructure)

    package var shape: APIShape {
      switch self {
      case .text: .text
      case .integer: .integer
      case .structure(let structure): .structure(structure)
      }
    }
  }

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
/// A pointer to memory that is never freed, so that copies of a shape are free. The API has a fixed set of
/// structures.
package struct APIStructure: @unchecked Sendable {
  private struct Members {
    let shapes: UnsafeBufferPointer<APIShape>
    let registerNames: MemberNameList
    let cloudFormationNames: Lazy<MemberNameList>
  }

  /// Never written after `init`, but the compiler cannot know that.
  private let members: UnsafePointer<Members>

  init(_ members: KeyValuePairs<String, APIShape>) {
    let shapes = UnsafeMutableBufferPointer<APIShape>.allocate(capacity: members.count)
    _ = shapes.initialize(fromContentsOf: members.map(\.value))
    let storage = UnsafeMutablePointer<Members>.allocate(capacity: 1)
    storage.initialize(
      to: Members(
        shapes: UnsafeBufferPointer(shapes),
        registerNames: MemberNameList(members.map { MemberName($0.key) }),
        cloudFormationNames: Lazy {
          MemberNameList(members.map { MemberName(Dialect.cloudFormation.spelling($0.key)) })
        }))
    self.members = UnsafePointer(storage)
  }

  /// The kind of each member, in the order of the API's reference.
  package var shapes: UnsafeBufferPointer<APIShape> { members.pointee.shapes }

  /// The name of each member, in the order of ``shapes``.
  package func names(in dialect: Dialect) -> MemberNameList {
    dialect == .register
      ? members.pointee.registerNames : members.pointee.cloudFormationNames.value
  }
}
