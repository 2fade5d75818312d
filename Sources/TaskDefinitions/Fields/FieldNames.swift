package import LosslessJSON

/// The names of all fields as one dialect spells them. Filters look for hundreds of members in every
/// document, so each is found by the field's number and without a copy.
package struct FieldNames: @unchecked Sendable {
  /// By ``Field/number``. Made once, immutable, and never freed.
  private let names: UnsafePointer<MemberName>

  package static let register = FieldNames(.register)
  package static let cloudFormation = FieldNames(.cloudFormation)

  private init(_ dialect: Dialect) {
    let names = UnsafeMutablePointer<MemberName>.allocate(capacity: Field.allCases.count)
    for field in Field.allCases {
      (names + field.number).initialize(to: MemberName(dialect.spelling(field)))
    }
    self.names = UnsafePointer(names)
  }

  package subscript(field: Field) -> MemberName { names[field.number] }
}

extension Field {
  /// Its place among all cases, by which the compiler knows a case.
  /// <https://github.com/swiftlang/swift/blob/main/docs/ABI/TypeLayout.rst>
  package var number: Int { withUnsafeBytes(of: self) { Int($0[0]) } }
}
