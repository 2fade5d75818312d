"""The calls that ECS, Envoy and the tracing daemon make for the containers that were added.

Read off the injected task definition alone, by AWS's documentation: the second opinion on what
`inject-envoy policy` makes of the same document.
"""
import re

ACCOUNT, REGION = "111122223333", "eu-west-1"
XRAY = ("PutTraceSegments", "PutTelemetryRecords", "GetSamplingRules", "GetSamplingTargets",
        "GetSamplingStatisticSummaries")
PARTITIONS = {"cn": "aws-cn", "us-gov": "aws-us-gov"}


def matches(pattern, text):
    """IAM's wildcards. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html"""
    parts = (".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern)
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def partition(region):
    return next((p for r, p in PARTITIONS.items() if region.startswith(r + "-")), "aws")


def calls(task):
    """(role, action, resource, neighbouring resources) of each call."""
    for container in task["containerDefinitions"]:
        # The ledger or a gateway's mark is on Envoy, and Envoy depends on its daemon.
        if "inject-envoy.io/version" not in container.get("dockerLabels", {}):
            continue
        names = {d["containerName"] for d in container.get("dependsOn", [])}
        added = [c for c in task["containerDefinitions"] if c["name"] in names] + [container]
        yield from configuration(container)
        if names:
            yield from (("taskRole", f"xray:{a}", "*", []) for a in XRAY)
        for one in added:
            yield from pulls(one["image"])
            yield from logs(one)
            yield from secrets(one)


def configuration(envoy):
    for variable in envoy.get("environment", []):
        if variable["name"] == "APPMESH_RESOURCE_ARN":
            arn = variable["value"]
            if not arn.startswith("arn:"):
                arn = f"arn:aws:appmesh:{REGION}:{ACCOUNT}:{arn}"
            mesh = arn.partition("/virtual")[0]
            yield ("taskRole", "appmesh:StreamAggregatedResources", arn,
                   [arn + "2", arn[:-1], mesh, arn.replace("/virtual", "2/virtual", 1)])


def pulls(image):
    host, _, path = image.partition("/")
    found = re.fullmatch(r"(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\..*", host)
    if not found:
        return
    account, region = found.groups()
    repository = f"arn:{partition(region)}:ecr:{region}:{account}:repository/"
    name = re.split("[:@]", path)[0]
    yield "executionRole", "ecr:GetAuthorizationToken", "*", []
    for action in ("BatchCheckLayerAvailability", "GetDownloadUrlForLayer", "BatchGetImage"):
        yield ("executionRole", f"ecr:{action}", repository + name,
               [repository + name + "2", repository + "x/" + name, repository + "other"])


def logs(container):
    log = container.get("logConfiguration", {})
    if log.get("logDriver") != "awslogs":
        return
    options = log["options"]
    region, group = options["awslogs-region"], options["awslogs-group"]
    groups = f"arn:{partition(region)}:logs:{region}:{ACCOUNT}:log-group:"
    stream = f":log-stream:{options['awslogs-stream-prefix']}/{container['name']}/0123456789abcdef"
    for action in ("CreateLogStream", "PutLogEvents"):
        yield ("executionRole", f"logs:{action}", groups + group + stream,
               [groups + group + "2" + stream, groups + "x" + group + stream,
                groups.replace(region, "xx-west-9") + group + stream])
    if options.get("awslogs-create-group") == "true":
        yield ("executionRole", "logs:CreateLogGroup", groups + group, [groups + group + "2"])


def secrets(container):
    listed = [s["valueFrom"] for s in container.get("secrets", [])]
    listed += [s["valueFrom"] for s in container.get("logConfiguration", {}).get("secretOptions", [])]
    for value in listed:
        if ":secretsmanager:" in value:
            arn = ":".join(value.split(":")[:7])
            if not re.search("-[A-Za-z0-9]{6}$", arn):
                arn += "-a1B2c3"
            yield ("executionRole", "secretsmanager:GetSecretValue", arn,
                   [arn + "x", arn[:-7] + "x" + arn[-7:], arn.replace(":secret:", ":secret:x")])
        else:
            arn = value
            if not value.startswith("arn:"):
                arn = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{value.lstrip('/')}"
            yield "executionRole", "ssm:GetParameters", arn, [arn + "2", arn + "/x"]
    if credentials := container.get("repositoryCredentials", {}).get("credentialsParameter"):
        arn = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{credentials}-a1B2c3"
        yield "executionRole", "secretsmanager:GetSecretValue", arn, [arn + "x"]
