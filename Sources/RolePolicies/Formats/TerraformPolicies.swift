import LosslessJSON
import TaskDefinitions

/// Resources for Terraform's AWS provider.
/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy>
package enum TerraformPolicies {
  package static func text(_ roles: [RoleToAllow]) -> String {
    var names = UniqueNames()
    return roles.map { resources($0, names.next(label($0))) }.joined(separator: "\n")
  }

  private static func resources(_ role: RoleToAllow, _ label: String) -> String {
    let policy = """
      resource "aws_iam_role_policy" "\(label)" {
        name   = \(literal(role.policyName))
        role   = \(role.existing.map(literal) ?? "aws_iam_role.\(label).name")
        policy = jsonencode(\(expression(role.policy, depth: 1)))
      }

      """
    guard role.existing == nil else { return policy }
    return """
      # Name the new role in the task definition: \(role.field.spelling)
      resource "aws_iam_role" "\(label)" {
        name               = \(literal(role.name))
        assume_role_policy = jsonencode(\(expression(role.trustPolicy, depth: 1)))
      }

      \(policy)
      """
  }

  /// The name of the resource: letters, digits, `_` and `-`, without a digit at the beginning.
  /// <https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers>
  private static func label(_ role: RoleToAllow) -> String {
    let family = String(
      role.family.map { character in
        let isTaken = character.isLetter || character.isWholeNumber || character == "-"
        return character.isASCII && isTaken ? character : "_"
      })
    return (family.first?.isLetter == true ? "" : "_") + "\(family)_\(role.kind)"
  }

  /// A string in HCL. It is a JSON string with escaped template sequences.
  /// <https://developer.hashicorp.com/terraform/language/expressions/strings>
  private static func literal(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in JSONValue.string(text).compactText.unicodeScalars {
      // "$${" and "%%{" stand for "${" and "%{".
      if scalar == "{", let sign = result.last, sign == "$" || sign == "%" { result.append(sign) }
      result.append(scalar)
    }
    return String(result)
  }

  /// The name of an attribute. A name that is not an identifier is quoted: `"aws:SourceAccount"`.
  private static func name(_ text: String) -> String {
    let isIdentifier = text.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        || Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
    }
    return isIdentifier ? text : literal(text)
  }

  private static func expression(_ value: JSONValue, depth: Int) -> String {
    let indentation = String(repeating: "  ", count: depth)
    switch value {
    case .string(let text): return literal(text)
    case .array(let elements):
      return "[" + elements.map { expression($0, depth: depth) }.joined(separator: ", ") + "]"
    case .object(let members):
      let lines = members.map { member in
        "\(indentation)  \(name(member.name)) = \(expression(member.value, depth: depth + 1))\n"
      }
      return "{\n" + lines.joined() + indentation + "}"
    case .null, .bool, .number: return value.compactText
    }
  }
}
