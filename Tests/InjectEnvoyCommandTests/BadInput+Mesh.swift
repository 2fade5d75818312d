import CommandTesting

extension BadInput {
  private static let shop = ["--mesh-file", Sample.shop]

  /// Wrong arguments for a mesh.
  static let mesh: [BadInput] = [
    .usage(
      "node without a mesh", ["--node", "web"], "--node: There is no mesh.",
      "Give --mesh-file as well"),
    .usage(
      "parameter of a gateway without a mesh", ["gateway", "--parameter", "A=1"],
      "--parameter: There is no mesh."),
    .usage("required parameters without a mesh", ["--require-parameters"], "There is no mesh."),
    .usage("old defaults without a mesh", ["--old-mesh-defaults"], "There is no mesh."),
    .usage(
      "mesh from standard input", ["--mesh-file", "-"],
      "--mesh-file: Standard input is for the document."),
    .usage("mesh and xDS", shop + ["--xds", "h:1"], "--xds and --mesh-file exclude each other"),
    .usage(
      "mesh and App Mesh", shop + ["--virtual-node", Sample.node],
      "--virtual-node and --mesh-file exclude each other"),
    .usage(
      "mesh and upstream", shop + ["--upstream", "a=b:1"],
      "--upstream has no effect, because a mesh configures", "Leave out --upstream"),
    .usage("mesh and node id", shop + ["--node-id", "x"], "Envoy's node is named after"),
    .usage(
      "unknown node", shop + ["--node", "wbe"], "Mesh 'shop' has no virtual node 'wbe'",
      "Use one of: orders-v1, orders-v2, web"),
    .usage(
      "gateway of a task", shop + ["--gateway", "door"], "--gateway has no effect on 'inject'"),
    .usage("node of a gateway", ["gateway"] + shop + ["--node", "web"], "no effect on 'gateway'"),
    .usage(
      "gateway that is not named", ["gateway"] + shop, "No option names the virtual gateway",
      "Give --gateway with one of: door"),
    .usage(
      "unknown gateway", ["gateway"] + shop + ["--gateway", "web"],
      "Mesh 'shop' has no virtual gateway 'web'", "Use one of: door"),
    .usage(
      "gateway on another port", ["gateway"] + shop + ["--gateway", "door", "--port", "3000"],
      "--port: The virtual gateway has no listener on port 3000",
      "Give ports of its listeners: 8080"),
    .usage(
      "gateway on a low port", ["gateway", "--mesh-file", Sample.bank, "--gateway", "front"],
      "listens on port 443. Envoy cannot open ports below 1024"),
    .usage(
      "certificate of one file", shop + ["--certificate", "arn:a=/c"],
      "'/c' is not of the form CHAIN,KEY."),
    .usage(
      "relative certificate", shop + ["--certificate", "arn:a=c,k"], "'c' is not an absolute path."),
    .usage(
      "relative authority", shop + ["--authority", "arn:a=ca.pem"], "is not an absolute path."),
    .usage(
      "mesh of nothing", ["mesh"], "'mesh' needs a description.", "or '-' for standard input."),
    .usage(
      "mesh format", ["mesh", "--format", "yaml", "x"],
      "'yaml' is not one of text, json, mermaid, service-connect, service-connect-json."),
    .usage("mesh as documents", ["mesh", "-i", "x"], "--in-place has no effect on 'mesh'"),
    .usage("output of check", ["check", "--output", "x"], "--output has no effect on 'check'"),
    unreadable(
      "no mesh", ["--mesh-file", "FOLDER/none.yaml"], "Cannot read 'none.yaml': no such file"),
    unreadable(
      "unknown mesh", shop + ["--mesh-name", "bank"], "The files do not describe mesh 'bank'"),
    unreadable(
      "two meshes", shop + ["--mesh-file", Sample.bank], "The files describe 2 meshes",
      "Choose one with --mesh-name: bank, shop"),
    unreadable(
      "unknown parameter", shop + ["--parameter", "Colour=red"],
      "No template has a parameter 'Colour'"),
    unreadable("mesh in no file", ["mesh", "FOLDER/none.yaml"], "Cannot read 'none.yaml'"),
    // Standard input is a task definition here.
    unreadable(
      "no description", ["mesh", "-"], "error: <stdin>:1: ",
      "This does not describe a part of a mesh"),
  ]

  private static func unreadable(
    _ name: String, _ arguments: [String], _ says: String...
  ) -> BadInput {
    BadInput(name: name, arguments: arguments, document: Sample.web, status: 1, says: says)
  }
}
