import LosslessJSON

/// Parts of Terraform's resource `aws_ecs_task_definition`, which has a list of containers beside them.
///
/// - SeeAlso: <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_task_definition>
enum TerraformTask {
  /// The lines that let ECS redirect the task's traffic, as `terraform fmt` writes them.
  ///
  /// - Parameter proxy: a `proxyConfiguration` of RegisterTaskDefinition.
  static func redirection(_ proxy: JSONValue) -> [String] {
    let arguments = [
      ("type", proxy[Field.type.spelling]?.string ?? ""),
      ("container_name", proxy[Field.containerName.spelling]?.string ?? ""),
    ]
    let properties = (proxy[Field.properties.spelling]?.array ?? []).map { property in
      (
        property[Field.name.spelling]?.string ?? "", property[Field.value.spelling]?.string ?? ""
      )
    }
    return [
      "network_mode = \(HCL.literal(NetworkMode.awsvpc))", "", "proxy_configuration {",
    ] + aligned(arguments, depth: 1) + ["  properties = {"] + aligned(properties, depth: 2)
      + ["  }", "}"]
  }

  private static func aligned(_ arguments: [(String, String)], depth: Int) -> [String] {
    let width = arguments.map(\.0.count).max() ?? 0
    let indentation = String(repeating: "  ", count: depth)
    return arguments.map { name, value in
      let padding = String(repeating: " ", count: width - name.count)
      return "\(indentation)\(name)\(padding) = \(HCL.literal(value))"
    }
  }
}
