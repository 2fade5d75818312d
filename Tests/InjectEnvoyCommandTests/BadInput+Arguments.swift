import CommandTesting

extension BadInput {
  static let arguments: [BadInput] =
    mesh + [
      .usage(
        "unknown option", ["--sneaky"], "error: --sneaky: There is no option 'sneaky'",
        "fix: 'inject-envoy COMMAND --help' lists the options"),
      .usage(
        "misspelled option", ["--app-prot", "80"], "--app-prot: There is no option 'app-prot'",
        "Did you mean 'app-port'?"),
      .usage("misspelled switch", ["--in-plase"], "Did you mean 'in-place'?"),
      .usage("unknown letter", ["-x"], "There is no option '-x'."),
      .usage("unknown letter in a group", ["-qx"], "There is no option '-x'."),
      .usage("one dash before a long name", ["-user"], "There is no option '-u'."),
      .usage(
        "no value at the end", ["--user"], "--user needs a value.",
        "Write --user VALUE or --user=VALUE."),
      .usage("an option for a value", ["--user", "--job"], "--user needs a value"),
      .usage("empty value", ["--user="], "--user: '' is not a whole number."),
      .usage(
        "empty image", ["--envoy-image", ""], "--envoy-image: '' is empty or contains blanks."),
      .usage("image with a blank", ["--envoy-image", "a b"], "'a b' is empty or contains blanks."),
      .usage("value for a plain switch", ["--quiet=1"], "--quiet takes no value"),
      .usage("value for help", ["--help=all"], "--help takes no value"),
      .usage("no truth value", ["--job=maybe"], "--job: 'maybe' is neither true nor false"),
      .usage("single option twice", ["--user", "1", "--user", "2"], "--user is given twice"),
      .usage("switch both ways", ["--job", "--job=false"], "--job is given twice"),
      .usage("two configurations", ["--config", "a", "--config", "b"], "--config is given twice"),
      .usage(
        "two layouts", ["--pretty", "--compact"], "--pretty and --compact exclude each other"),
      .usage("report and layout", ["--report", "json", "--pretty"], "--report excludes --pretty"),
      .usage(
        "report format", ["--report", "xml"],
        "--report: 'xml' is not one of json, text, mermaid, diff."),
      .usage(
        "two printed reports", ["--report", "json", "--report", "text"],
        "--report: Two reports cannot be printed.",
        "fix: Write one of them to a file: FORMAT=FILE."),
      .usage(
        "two reports in a file", ["--report", "json=a", "--report", "text=a"],
        "--report: 'a' is given for two reports."),
      .usage(
        "a report on standard output", ["--report", "json=-"],
        "--report: Standard output is for the document.", "fix: Give the path of a file."),
      .usage(
        "two places for the output", ["-i", "-o", "a", "b.json"],
        "--in-place and --output exclude each other."),
      .usage("a letter without its value", ["-qo"], "--output needs a value."),
      .usage(
        "a word of another program", ["diff", "task.json"],
        "'diff' is neither a command nor a file.",
        "fix: Write 'inject-envoy --diff' in its place."),
      .usage("in place from standard input", ["-i"], "--in-place needs files to rewrite"),
      .usage("in place from -", ["-i", "-"], "--in-place needs files to rewrite"),
      .usage(
        "in place and report", ["-i", "--report=json", "x"], "--in-place and --report exclude"),
      .usage(
        "uninject with options", ["uninject", "--user", "1"], "--user has no effect on 'uninject'"),
      .usage(
        "bootstrap in place", ["bootstrap", "-i", "x"], "--in-place has no effect on 'bootstrap'"),
      .usage("bootstrap report", ["bootstrap", "--report", "json"], "--report has no effect"),
      .usage(
        "bootstrap of App Mesh", ["bootstrap", "--virtual-node", Sample.node], "App Mesh's agent"),
      .usage("filters of a file", ["filters", "x"], "'filters' reads no files, but 'x' is given."),
      .usage("filters with a switch", ["filters", "-q"], "--quiet has no effect on 'filters'"),

      .usage(
        "node of a gateway", ["gateway", "--virtual-node", Sample.node], "no effect on 'gateway'"),
      .usage(
        "gateway of a task", ["--virtual-gateway", "mesh/m/virtualGateway/g"],
        "no effect on 'inject'"
      ),
      .usage(
        "gateway of a node", ["gateway", "--virtual-gateway", Sample.node], "inject-envoy: error: "),
      .usage(
        "gateway of both", ["gateway", "--virtual-gateway=mesh/m/virtualGateway/g", "--xds=h:1"],
        "exclude"),
      .usage(
        "gateway without ports", ["gateway", "--port", "none"], "--port: A gateway needs a port."),
      .usage(
        "gateway on a low port", ["gateway", "--port", "80"],
        "--port: 80 is not in the range from 1024 to 65535."),
      .usage("gateway of a file", ["gateway", "x"], "'gateway' reads no files, but 'x' is given."),
      .usage("gateway in place", ["gateway", "-i"], "--in-place has no effect on 'gateway'"),
      .usage(
        "gateway of an application", ["gateway", "--upstream", "a=b:1", "--app-port", "80"],
        "--app-port has no effect on 'gateway'"),
      .usage(
        "gateway with one port twice",
        ["gateway", "--upstream", "a=b:1", "--port", "3000", "--port", "3000"],
        "Port 3000 is already used by the gateway itself"),
      .usage(
        "gateway on Envoy's port", ["gateway", "--upstream", "a=b:1", "--port", "9901"],
        "Port 9901 is already used by Envoy's admin interface"),
      .usage(
        "gateway of an illegal size", ["gateway", "--upstream", "a=b:1", "--memory", "600"],
        "Fargate has no task of 256 CPU units and 600 MiB", "--cpu 256 --memory 1024"),
      .usage("policy in place", ["policy", "-i", "x"], "--in-place has no effect on 'policy'"),
      .usage("policy in a layout", ["policy", "--compact"], "--compact has no effect on 'policy'"),
      .usage(
        "policy format", ["policy", "--format", "yaml"],
        "'yaml' is not one of json, cli, cloudformation, terraform."),
      .usage(
        "policy option", ["inject", "--format", "json"], "--format has no effect on 'inject'"),
      .usage("certificate", ["policy", "--acm-certificate", "x"], "'x' is not an ARN of acm."),

      .usage(
        "no ARN", ["--virtual-node", "web"], "--virtual-node: 'web' is not the name of",
        "Give arn:"),
      .usage(
        "account of an ARN", ["--virtual-node", Sample.node.replacing("111122223333", with: "1")],
        "is not the name of an App Mesh resource."),
      .usage(
        "ARN of a service", ["--virtual-node", "mesh/m/virtualService/s"],
        "is not the name of an App Mesh"),
      .usage(
        "ARN of a gateway", ["--virtual-node", "mesh/m/virtualGateway/g"],
        "is a virtual gateway. It has no application", "ARN of a virtual node"),
      .usage(
        "two control planes", ["--virtual-node", Sample.node, "--xds", "h:1"], "exclude each other"),
      .usage(
        "xDS without a port", ["--xds", "host"], "--xds: 'host' is not of the form HOST:PORT"),
      .usage(
        "TLS to nobody", ["--xds-tls"], "--xds-tls: There is no ADS server.", "Give --xds as well"),
      .usage(
        "node id and App Mesh", ["--virtual-node", Sample.node, "--node-id", "x"],
        "Leave out --node-id"),
      .usage(
        "upstream and xDS", ["--xds", "h:1", "--upstream", "a=b:1"], "--upstream has no effect"),
      .usage("upstream without an address", ["--upstream", "api"], "--upstream: "),
      .usage(
        "impatient xDS", ["--xds", "h:1", "--health-retries=1", "--health-start-period=0"],
        "Raise --health-start-period"
      ),

      .usage(
        "variable without a value", ["--env", "A"], "--env: A value is not of the form NAME=VALUE."),
      .usage(
        "variable without a name", ["--env", "=x"], "--env: A value is not of the form NAME=VALUE."),
      .usage("variable twice", ["--env", "A=1", "--env", "A=2"], "--env: 'A' is given twice"),
      .usage("variable and secret", ["--env", "A=1", "--secret", "A=arn:x"], "'A' is set both"),
      .usage(
        "secret without ARN", ["--secret", "A"], "--secret: A value is not of the form NAME=ARN."),
      .usage(
        "none among others", ["--env", "none", "--env", "A=1"], "'none' and other values exclude"),
      .usage(
        "variable of an option", ["--virtual-node", Sample.node, "--env", "ENVOY_LOG_LEVEL=info"],
        "has its own option"),
      .usage(
        "log level", ["--log-level", "verbose"],
        "'verbose' is not one of trace, debug, info, warning, error, critical, off."),
      .usage("tracing", ["--tracing", "zipkin"], "'zipkin' is not one of none, xray, otel."),
      .usage(
        "container name", ["--envoy-name", "a.b"],
        "'a.b' is not a container name (letters, digits, - and _)."),
      .usage(
        "long container name", ["--envoy-name", String(repeating: "a", count: 256)],
        "is not a container name"),
      .usage(
        "unknown filter", ["--disable-filter", "copy-loging"], "is not a filter.",
        "Did you mean 'copy-logging'?"),
      .usage(
        "16 ports", (1...16).flatMap { ["--app-port", "\($0)"] },
        "--app-port: 16 ports are given, but ECS accepts at most 15."),
      .usage("ports in one value", ["--app-port", "80,81"], "'80,81' is not a whole number."),
      .usage("IP", ["--egress-ignored-ip", "10.0.0.256"], "is not an IP address or CIDR block."),
      .usage(
        "CIDR", ["--egress-ignored-ip", "10.0.0.0/33"], "is not an IP address or CIDR block."),
      .usage("IPv6", ["--egress-ignored-ip", "::+1"], "is not an IP address or CIDR block."),
      .usage("same ports", ["--admin-port", "15000"], "are not three different ports"),
      .usage(
        "killed before drained", ["--stop-timeout", "24"],
        "Raise --stop-timeout, or lower --drain-seconds"),
      .usage("limit below reservation", ["--envoy-memory", "64"], "is below the 128 MiB reserved"),
      .usage("equal names", ["--tracing", "xray", "--envoy-name", "xray-daemon"], "the same name"),

      file(
        "no such file", ["FOLDER/none.json"], "Cannot read 'none.json': no such file or directory."),
      file("folder as file", ["FOLDER"], "is a directory"),
      file("folder as configuration", ["--config", "FOLDER"], "is a directory"),
      file(
        "no configuration", ["--config", "FOLDER/x.yaml"],
        "Cannot read 'x.yaml': no such file or directory."),
      file("misspelled command", ["unijnect"], "Did you mean the command 'uninject'?"),
      file("in place of nothing", ["-i", "FOLDER/none.json"], "Cannot read 'none.json'"),
    ]

  private static func file(_ name: String, _ arguments: [String], _ says: String) -> BadInput {
    BadInput(name: name, arguments: arguments, document: Sample.web, status: 1, says: [says])
  }
}
