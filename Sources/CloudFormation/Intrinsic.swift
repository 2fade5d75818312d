public import LosslessJSON

/// CloudFormation's functions, in their long form: an object with one member.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>
public enum Intrinsic {
  public static let ref = "Ref"
  public static let getAtt = "Fn::GetAtt"
  public static let sub = "Fn::Sub"
  public static let join = "Fn::Join"
  public static let `if` = "Fn::If"
  public static let findInMap = "Fn::FindInMap"
  public static let importValue = "Fn::ImportValue"
  public static let select = "Fn::Select"
  public static let split = "Fn::Split"
  public static let equals = "Fn::Equals"
  public static let and = "Fn::And"
  public static let or = "Fn::Or"
  public static let not = "Fn::Not"
  public static let condition = "Condition"
  /// The prefix of a loop's name. Its value is `[identifier, collection, {name: body}]`.
  /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html>
  public static let forEach = "Fn::ForEach::"

  /// Removes the member whose value it is.
  public static let noValue = "AWS::NoValue"

  /// Pseudo parameters whose values are known at deployment only.
  public static let partition = "AWS::Partition"
  public static let region = "AWS::Region"
  public static let account = "AWS::AccountId"

  /// - Parameter path: `Resource.Attribute`.
  public static func attribute(_ path: String) -> JSONValue {
    let parts = path.split(separator: ".", maxSplits: 1).map { JSONValue.string(String($0)) }
    return [getAtt: .array(parts)]
  }

  public static func isIntrinsic(_ value: JSONValue) -> Bool {
    guard case .object(let members) = value, members.count == 1 else { return false }
    return isName(members[0].name)
  }

  /// `Condition` is a function only inside of conditions.
  public static func isName(_ name: String) -> Bool { name == ref || name.hasPrefix("Fn::") }
}
