import LosslessJSON

/// Resources for Terraform's AWS provider.
/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy>
enum TerraformPolicies {
  static func text(_ roles: [RoleToAllow]) -> String {
    roles.map(resources).joined(separator: "\n")
  }

  private static func resources(_ role: RoleToAllow) -> String {
    let policy = """
      resource "aws_iam_role_policy" "\(role.kind)" {
        name   = "\(RoleToAllow.policyName)"
        role   = \(reference(role))
        policy = jsonencode(\(expression(role.policy, depth: 1)))
      }

      """
    guard role.existing == nil else { return policy }
    return """
      # Name the new role in the task definition: \(role.field.rawValue)
      resource "aws_iam_role" "\(role.kind)" {
        name               = \(literal(role.name))
        assume_role_policy = jsonencode(\(expression(RoleToAllow.trustPolicy, depth: 1)))
      }

      \(policy)
      """
  }

  private static func reference(_ role: RoleToAllow) -> String {
    role.existing.map(literal) ?? "aws_iam_role.\(role.kind).name"
  }

  /// Strings of HCL are JSON's, but for templates.
  /// <https://developer.hashicorp.com/terraform/language/expressions/strings>
  private static func literal(_ text: String) -> String {
    let escaped = JSONValue.string(text).compactText
    var result = ""
    for character in escaped {
      result.append(character)
      // "$${" and "%%{" stand for "${" and "%{".
      if character == "{", let sign = result.dropLast().last, sign == "$" || sign == "%" {
        result.removeLast(2)
        result += "\(sign)\(sign){"
      }
    }
    return result
  }

  private static func expression(_ value: JSONValue, depth: Int) -> String {
    let indentation = String(repeating: "  ", count: depth)
    switch value {
    case .string(let text): return literal(text)
    case .array(let elements):
      return "[" + elements.map { expression($0, depth: depth) }.joined(separator: ", ") + "]"
    case .object(let members):
      let lines = members.map { member in
        "\(indentation)  \(member.name) = \(expression(member.value, depth: depth + 1))\n"
      }
      return "{\n" + lines.joined() + indentation + "}"
    case .null, .bool, .number: return value.compactText
    }
  }
}
