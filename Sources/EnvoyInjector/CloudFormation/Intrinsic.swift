import LosslessJSON

/// CloudFormation's functions, in their long form: an object with one member.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>
enum Intrinsic {
  static let ref = "Ref"
  static let getAtt = "Fn::GetAtt"
  static let sub = "Fn::Sub"
  static let join = "Fn::Join"
  static let `if` = "Fn::If"
  static let findInMap = "Fn::FindInMap"
  static let select = "Fn::Select"
  static let split = "Fn::Split"
  static let equals = "Fn::Equals"
  static let and = "Fn::And"
  static let or = "Fn::Or"
  static let not = "Fn::Not"
  static let condition = "Condition"

  /// Takes the member away in which it stands.
  static let noValue = "AWS::NoValue"

  /// What these stand for only the deployment of a stack decides.
  static let partition = "AWS::Partition"
  static let region = "AWS::Region"
  static let account = "AWS::AccountId"

  /// - Parameter path: `Resource.Attribute`.
  static func attribute(_ path: String) -> JSONValue {
    let parts = path.split(separator: ".", maxSplits: 1).map { JSONValue.string(String($0)) }
    return [getAtt: .array(parts)]
  }

  static func isIntrinsic(_ value: JSONValue) -> Bool {
    guard case .object(let members) = value, members.count == 1 else { return false }
    return isName(members[0].name)
  }

  /// `Condition` is a function only inside of conditions.
  static func isName(_ name: String) -> Bool { name == ref || name.hasPrefix("Fn::") }
}
