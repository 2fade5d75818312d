import CommandTesting

extension BadInput {
  static let configurations: [BadInput] = [
    .configuration(
      "unknown key", "usr: 1", "settings.yaml: usr: Unknown key.", "Did you mean 'user'?"),
    .configuration("key in camel case", "envoycontainer: {}", "Did you mean 'envoyContainer'?"),
    .configuration(
      "nothing like it", "something-else: 1", "'inject-envoy COMMAND --help' lists the options"),
    .configuration("a list", "- user", "settings.yaml: The configuration is not a mapping."),
    .configuration("a text", "user", "The configuration is not a mapping."),
    .configuration("bad value", "user: root", "settings.yaml: user: 'root' is not a whole number."),
    .configuration(
      "hexadecimal", "user: 0x539", "settings.yaml: user: '0x539' is not a whole number."),
    .configuration("fraction", "user: 1337.0", "'1337.0' is not a whole number."),
    .configuration("no value", "user:", "settings.yaml: user: This is not a single value."),
    .configuration("list for one", "user: [1, 2]", "user: This is not a single value."),
    .configuration("mapping for one", "user: {a: 1}", "user: This is not a single value."),
    .configuration("YAML 1.1's yes", "job: yes", "job: 'yes' is neither true nor false"),
    .configuration(
      "empty list", "app-port: []", "app-port: The list is empty.", "write 'none' to clear it."),
    .configuration("null in a list", "app-port: [80, ~]", "app-port: This is not a single value."),
    .configuration("list in a mapping", "env: {A: [1]}", "env: This is not a single value."),
    .configuration("name with =", "env: {A=B: c}", "env: The name 'A=B' contains an equals sign."),
    .configuration("duplicate in a list", "env: [A=1, A=2]", "env: 'A' is given twice"),
    .configuration(
      "indentation", "user: 1\n job: true",
      "settings.yaml:2:5: The YAML cannot be read: mapping values"),
    .configuration(
      "tab", "env:\n\t- A=1",
      "settings.yaml:2:1: The YAML cannot be read: found character that cannot start"),
    .configuration(
      "key twice", "user: 1\nuser: 1",
      "settings.yaml:2:7: The YAML cannot be read: the key 'user' appears twice"),
    .configuration(
      "second document", "user: 1\n---\njob: true",
      "settings.yaml:2:1: The YAML cannot be read: a second document"),
    .configuration(
      "unknown anchor", "user: *id",
      "settings.yaml:1:7: The YAML cannot be read: there is no anchor '&id'"),
    .configuration("merge key", "a: &a {}\n<<: *a", "settings.yaml: a: Unknown key."),
    .configuration("tag", "user: !Ref User", "user: This is not a single value."),
    .configuration("a billion laughs", laughs, "settings.yaml:", "more than 1000000 values"),
    .configuration(
      "open quote", "user: 'x",
      "settings.yaml:1:9: The YAML cannot be read: found unexpected end of stream"),
    .configuration(
      "control character", "user: \u{1}",
      "settings.yaml:1:7: The YAML cannot be read: control characters"),
    .configuration(
      "JSON with a comma too many", #"{"user": 1,}"#, in: "settings.json",
      "settings.json:1:11: JSON does not allow a comma"),
    .configuration(
      "JSON key twice", #"{"user": 1, "user": 1}"#, in: "settings.json", "settings.json:1:13: "),
    .configuration(
      "JSON that is cut off", "{\n \"user\":", in: "settings.json", "settings.json:2:9: "),
    .configuration(
      "Envoy container as list", "envoyContainer: []", "envoyContainer: This is not a mapping."),
    .configuration(
      "tracing container as text", "tracingContainer: x", "tracingContainer: This is not a mapping."
    ),
    .configuration("patches as mapping", "patches: {op: add}", "settings.yaml: patches: The JSON"),
    .configuration(
      "patch operation", "patches: [{op: put, path: /a, value: 1}]", "patches/0: ", "RFC 6902"),
    .configuration("patch path", "patches: [{op: remove, path: a}]", "patches/0: "),
    .configuration("gateway", "virtual-node: mesh/m/virtualGateway/g", "is a virtual gateway"),
  ]

  private static let laughs =
    "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + zip("abcdefgh", "bcdefghi").map { one, next in
      "\(next): &\(next) [*\(one),*\(one),*\(one),*\(one),*\(one),*\(one),*\(one),*\(one)]\n"
    }.joined()

  static let documents: [BadInput] = [
    .document("nothing", "", [], "<stdin>:1:1: error: [syntax] The input contains no document"),
    .document("white space", " \n\n", [], "[syntax] The input contains no document"),
    .document(
      "list of containers in YAML", "# ours\n- name: app\n  image: x\n", [],
      "<stdin>:2:1: error: [yaml] The YAML cannot be read: its root is a list.",
      "Write a list of containers as JSON, or below containerDefinitions of a task definition."),
    .document("comma too many", "{\"family\": \"web\",}", [], "<stdin>:1:17: error: [syntax]"),
    .document("cut off", "{\"family\":\n", [], "<stdin>:1:11: error: [syntax]"),
    .document(
      "name twice", "{\n  \"a\": 1,\n  \"\\u0061\": 2\n}", [], "<stdin>:3:3: error: [syntax]"),
    .document("bytes behind it", Sample.web + "}", [], ":26:1: error: [syntax]"),
    .document("an array", "[]", [], "The document is not a task definition: it is not an object."),
    .document("no containers", "{}", [], "it has no containerDefinitions"),
    .document("empty list", #"{"containerDefinitions": []}"#, [], "[no-containers]"),
    .document(
      "template", #"{"Resources": {}}"#, ["--require-task-definition"],
      "The template has no AWS::ECS::TaskDefinition"),
    .document(
      "bridge", Sample.web.replacing("awsvpc", with: "bridge"), [],
      "<stdin>:3:18: error: [not-awsvpc]", "(at /networkMode)"),
    .document(
      "unrendered", Sample.web.replacing("512", with: #""${memory}""#), [],
      "[wrong-kind] This value must be an integer but is a string"),
    .document(
      "too small", Sample.web.replacing("1024", with: "512"), ["--envoy-memory", "513"],
      "[task-too-small]", "or let --resize do it"),
    .document(
      "unknown container", Sample.web, ["--only-container", "ap"],
      "[unknown-container] The task has no container 'ap'"),
    .document("all skipped", Sample.web, ["--skip-container", "app"], "error: "),
    .document("name taken", Sample.web, ["--envoy-name", "app"], "[envoy-name-taken]"),
    .document("port taken", Sample.web, ["--admin-port", "8080"], "[port-taken]"),
    .document(
      "no role", Sample.web.replacing("taskRoleArn", with: "x-role"),
      ["--require-roles", "--tracing", "xray"], "[no-task-role]"),
  ]
}
