"""The same edits as inject.jq: of one document, or of a stream with one on each line.

    python3 inject.py [orjson] [stream]
"""
import json
import sys

if "orjson" in sys.argv:
    import orjson
    loads, dumps = orjson.loads, lambda value: orjson.dumps(value).decode()
else:
    loads = json.loads

    def dumps(value):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def spelled(value):
    """As a template spells it: members with capitals, but for those of maps."""
    if isinstance(value, list):
        return [spelled(element) for element in value]
    if not isinstance(value, dict):
        return value
    return {capital(name): member if name == "options" else spelled(member)
            for name, member in value.items()}


def capital(name):
    return "ProxyConfigurationProperties" if name == "properties" else name[0].upper() + name[1:]


def inject(task, key, made):
    containers = task[key("containerDefinitions")]
    mappings = [mapping for container in containers
                for mapping in container.get(key("portMappings"), [])]
    ports = [str(mapping[key("containerPort")]) for mapping in mappings
             if mapping.get(key("protocol"), "tcp") == "tcp"]
    envoy = made({
        "name": "envoy",
        "image": "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod",
        "memoryReservation": 128,
        "essential": True,
        "user": "1337",
        "environment": [
            {"name": "ENVOY_LOG_LEVEL", "value": "info"},
            {"name": "ENVOY_CONCURRENCY", "value": "2"},
            {"name": "APPMESH_RESOURCE_ARN", "value": "mesh/m/virtualNode/n"},
        ],
        "healthCheck": {
            "command": ["CMD-SHELL",
                        "curl -s http://localhost:9901/server_info | grep state | grep -q LIVE"],
            "interval": 5, "timeout": 2, "retries": 3, "startPeriod": 10,
        },
        "ulimits": [{"name": "nofile", "softLimit": 65536, "hardLimit": 65536}],
        "startTimeout": 60,
        "stopTimeout": 40,
    })
    log = containers[0].get(key("logConfiguration"))
    if log and log[key("logDriver")] == "awslogs":
        options = {**log[key("options")], "awslogs-stream-prefix": "envoy"}
        log = {**log, key("options"): options}
    if log:
        envoy[key("logConfiguration")] = log
    for container in containers:
        container.setdefault(key("dependsOn"), []).append(
            made({"containerName": "envoy", "condition": "HEALTHY"}))
    containers.append(envoy)
    task[key("proxyConfiguration")] = made({
        "type": "APPMESH",
        "containerName": "envoy",
        "properties": [
            {"name": "AppPorts", "value": ",".join(ports)},
            {"name": "ProxyEgressPort", "value": "15001"},
            {"name": "ProxyIngressPort", "value": "15000"},
            {"name": "EgressIgnoredIPs", "value": "169.254.170.2,169.254.169.254"},
            {"name": "EgressIgnoredPorts", "value": "22"},
            {"name": "IgnoredUID", "value": "1337"},
        ],
    })


def printed(text):
    document = loads(text)
    if "Resources" not in document:
        inject(document, lambda name: name, lambda value: value)
    for resource in document.get("Resources", {}).values():
        if resource["Type"] == "AWS::ECS::TaskDefinition":
            inject(resource["Properties"], capital, spelled)
    return dumps(document) + "\n"


for text in sys.stdin if "stream" in sys.argv else [sys.stdin.read()]:
    sys.stdout.write(printed(text))
