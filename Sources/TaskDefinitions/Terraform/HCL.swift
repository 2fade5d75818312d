package import LosslessJSON

/// Values in HashiCorp's configuration language.
package enum HCL {
  /// Strings of HCL are JSON's, but for templates.
  /// <https://developer.hashicorp.com/terraform/language/expressions/strings>
  package static func literal(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in JSONValue.string(text).compactText.unicodeScalars {
      // "$${" and "%%{" stand for "${" and "%{".
      if scalar == "{", let sign = result.last, sign == "$" || sign == "%" { result.append(sign) }
      result.append(scalar)
    }
    return String(result)
  }

  /// Quotes a name unless it is an identifier: `"aws:SourceAccount"`.
  private static func name(_ text: String) -> String {
    let isIdentifier = text.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        || Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
    }
    return isIdentifier ? text : literal(text)
  }

  /// Lines of names and expressions, as `terraform fmt` aligns them: in each run of expressions of one line.
  package static func attributes(
    _ attributes: [(name: String, expression: String)], depth: Int
  ) -> String {
    var runs: [[(name: String, expression: String)]] = [[]]
    for attribute in attributes {
      if attribute.expression.contains("\n") {
        runs += [[attribute], []]
      } else {
        runs[runs.count - 1].append(attribute)
      }
    }
    let indentation = String(repeating: "  ", count: depth)
    return runs.map { run in
      let width = run.map(\.name.count).max() ?? 0
      return run.map { name, expression in
        let space = String(repeating: " ", count: width - name.count)
        return "\(indentation)\(name)\(space) = \(expression)\n"
      }.joined()
    }.joined()
  }

  /// - Parameter reference: the expression for a value that stands for another; `nil` if it does not.
  package static func expression(
    _ value: JSONValue, depth: Int, reference: (JSONValue) -> String? = { _ in nil }
  ) -> String {
    if let expression = reference(value) { return expression }
    let indentation = String(repeating: "  ", count: depth)
    switch value {
    case .string(let text): return literal(text)
    case .array(let elements):
      return "["
        + elements.map { expression($0, depth: depth, reference: reference) }.joined(
          separator: ", ") + "]"
    case .object(let members):
      let lines = members.map { member in
        (name(member.name), expression(member.value, depth: depth + 1, reference: reference))
      }
      return "{\n" + attributes(lines, depth: depth + 1) + indentation + "}"
    case .null, .bool, .number: return value.compactText
    }
  }
}
