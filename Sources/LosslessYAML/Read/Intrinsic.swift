/// A function of CloudFormation in its short form, a tag.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>
struct Intrinsic {
  /// The one member of the object that is its long form.
  let name: String
  /// `!GetAtt Resource.Attribute` is a list in its long form.
  let splitsText: Bool

  /// - Returns: `nil` when the tag is none of these functions.
  init?(tag: String) {
    let name = tag.dropFirst()
    guard tag.utf8.first == UInt8(ascii: "!"), Self.names.contains(String(name)) else {
      return nil
    }
    self.name = Self.bare.contains(String(name)) ? String(name) : "Fn::" + name
    splitsText = name == "GetAtt"
  }

  private static let bare: Set<String> = ["Ref", "Condition"]
  private static let names: Set<String> = [
    "Ref", "Condition", "And", "Base64", "Cidr", "Contains", "EachMemberEquals", "EachMemberIn",
    "Equals", "FindInMap", "ForEach", "GetAtt", "GetAZs", "GetStackOutput", "If", "ImportValue",
    "Join", "Length", "Not", "Or", "RefAll", "Select", "Split", "Sub", "ToJsonString", "Transform",
    "ValueOf", "ValueOfAll",
  ]
}
