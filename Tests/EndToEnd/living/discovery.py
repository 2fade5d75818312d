"""Endpoints from Cloud Map: attributes, changes under load, and an AWS that does not help."""
import datetime
import http.client
import json
import time

from living.aws import Answer, CLOUD_MAP, is_signed
from mesh.calls import get

FIRST, OTHERS, NEW = 9101, range(9102, 9113), 9113
CANARY = 9120
V1, V2 = (f"cluster.cds_egress_shop_orders-v{n}_http_9090" for n in (1, 2))
ONE = {"ECS_TASK_DEFINITION_FAMILY": "orders-v1", "stage": "live + well"}
TWO = {"ECS_TASK_DEFINITION_FAMILY": "orders-v2"}
READY = 2  # seconds from Envoy's start to readiness, with AWS away
PEER = "10.213.0.1"


def register(living, port, attributes, zone="eu-west-1a"):
    living.cloud_map.register_instance(
        ServiceId=living.service, InstanceId=f"i-{port}", Attributes={
            "AWS_INSTANCE_IPV4": PEER, "AWS_INSTANCE_PORT": str(port), "AVAILABILITY_ZONE": zone,
            "odd": 'a "quoted" }{ ][ \\ value', **attributes})


def start(living):
    """AWS is away when the task starts."""
    task = living.task
    while task.waiting:
        task.proceed(90)
        time.sleep(0.02)
    envoy = task.containers[living.envoy]
    began = envoy.started

    def ready():
        try:
            return get(living.network.task, ("127.0.0.1", 9901), "/ready", host="localhost").status == 200
        except (OSError, http.client.HTTPException):
            return False
    living.check("Envoy is ready with AWS away", living.settles(ready, 60), living.log())
    times = [datetime.datetime.fromisoformat(line[1:24]) for line in living.log().splitlines()
             if "initializing epoch" in line or "starting workers" in line]
    took = (times[-1] - times[0]).total_seconds()
    living.note(f"from start to workers {took:.2f} s, to the first health check {time.time() - began:.1f} s")
    living.check("and that within two seconds", len(times) == 2 and took < READY, times)
    living.check("requests get 503 as long as nobody is known", set(living.ports(3)) == {503}, living.ports(3))


def fill(living):
    """Thirteen instances of orders: twelve of the first version, and one of the second."""
    namespace = living.cloud_map.create_http_namespace(Name="shop.local")
    assert namespace["OperationId"]
    ids = [n["Id"] for n in living.cloud_map.list_namespaces()["Namespaces"] if n["Name"] == "shop.local"]
    living.service = living.cloud_map.create_service(Name="orders", NamespaceId=ids[0])["Service"]["Id"]
    for index, port in enumerate((FIRST, *OTHERS)):
        register(living, port, ONE, f"eu-west-1{'abc'[index % 3]}")
    register(living, CANARY, TWO)


def rows(living):
    fill(living)
    living.aws.is_away = False
    living.check("endpoints come when AWS is back", living.settles(
        lambda: members(living) == (12, 1), 60), (members(living), living.log()[-2000:]))
    seen = living.ports(400)
    living.check("all thirteen serve, in three zones, by two attributes and by one",
                 set(seen) == {FIRST, *OTHERS, CANARY} and "eu-west-1c" in living.admin("/clusters"), seen)
    signed(living)
    changed_under_load(living)
    unhelpful(living)


def signed(living):
    asked = living.aws.asked_of(CLOUD_MAP)[-1]
    body = json.loads(asked.body)
    living.check("the question is the API's", body.get("NamespaceName") == "shop.local"
                 and body["ServiceName"] == "orders" and body["MaxResults"] == 1000
                 and body["HealthStatus"] == "HEALTHY"
                 and body["QueryParameters"] in (ONE, TWO)
                 and asked.headers["x-amz-target"] == "Route53AutoNaming_v20170314.DiscoverInstances"
                 and asked.path == "/", asked)
    unsigned = [asked for asked in living.aws.asked if "authorization" not in asked.headers]
    living.check("every request is signed", not unsigned, unsigned[:1])
    living.check("and its signature is right", is_signed(asked), asked)


def changed_under_load(living):
    with living.load() as load:
        load.until(500)
        register(living, NEW, ONE)
        added = time.time()
        living.check("an instance that is registered serves", living.settles(
            lambda: any(port == NEW for _, port in list(load.seen))), living.stat(f"{V1}.membership_total"))
        living.note(f"registered to first request: {time.time() - added:.1f} s")
        living.cloud_map.deregister_instance(ServiceId=living.service, InstanceId=f"i-{FIRST}")
        removed = time.time()
        living.check("one that is deregistered is left", living.settles(
            lambda: living.stat(f"{V1}.membership_total") == 12))
        living.note(f"deregistered to gone: {time.time() - removed:.1f} s")
        time.sleep(0.5)
        gone = time.time()
        load.until(5000)
    late = [port for at, port in load.seen if at > gone and port == FIRST]
    living.check("and gets nothing afterwards", not late, len(late))
    living.check("no request of 5,000 failed while instances came and went",
                 len(load.seen) >= 5000 and not load.failures, load.failures[:3])


def instances(ports):
    return json.dumps({"Instances": [
        {"InstanceId": f"i-{port}", "NamespaceName": "shop.local", "ServiceName": "orders",
         "HealthStatus": "HEALTHY", "Attributes": {"AWS_INSTANCE_IPV4": PEER, "AWS_INSTANCE_PORT": str(port)}}
        for port in ports]}).encode()


UNHELPFUL = {
    "no JSON": Answer(200, b"{ broken"),
    "an empty body": Answer(200, b""),
    "half of an answer": Answer(200, instances([9999, 9998])[:-60]),
    "another object": Answer(200, b'{"Instances": "none"}'),
    "a page of HTML": Answer(200, b"<html>maintenance</html>"),
    "an address that is none": Answer(200, instances([70000])),
    "too much": Answer(200, instances([9999]) + b" " * 3_000_000),
    "throttling": Answer(400, b'{"__type": "RequestLimitExceeded"}'),
    "a refusal": Answer(403, b'{"__type": "AccessDeniedException"}'),
    "an error": Answer(500, b""),
}


def members(living):
    """How many endpoints each version has."""
    return tuple(living.stat(f"{version}.membership_total") for version in (V1, V2))


def failures(living):
    """How many answers Envoy could not use, for each version."""
    return tuple(sum(living.stat(f"{version}.update_{what}") for what in ("failure", "rejected"))
                 for version in (V1, V2))


def unhelpful(living):
    """Whatever comes, the endpoints stay, and the failure is counted."""
    for name, answer in UNHELPFUL.items():
        before = failures(living)
        living.aws.answers[CLOUD_MAP] = answer
        counted = living.settles(lambda: all(now > then for now, then in zip(failures(living), before)), 10)
        living.check(f"{name}: the endpoints stay, and a statistic shows it",
                     counted and members(living) == (12, 1) and set(living.ports(30)) <= {*OTHERS, NEW, CANARY},
                     (members(living), counted, living.log()[-500:]))
    living.aws.answers[CLOUD_MAP] = Answer(200, b'{"Instances": []}')
    living.aws.await_questions(CLOUD_MAP, 4)
    living.check("nobody left: the last endpoints stay", members(living) == (12, 1), members(living))
    living.aws.answers[CLOUD_MAP] = Answer(200, instances(range(20000, 21000)))
    living.check("a thousand instances are all there, and the log names the maximum", living.settles(
        lambda: members(living) == (1000, 1000) and "1000 instances" in living.log(), 30), members(living))
    del living.aws.answers[CLOUD_MAP]
    # Each cluster asks for itself.
    living.check("the true ones come back", living.settles(lambda: members(living) == (12, 1), 30), members(living))
    living.aws.is_away = True
    before = failures(living)
    living.check("AWS goes away: all as before",
                 living.settles(lambda: all(now > then + 1 for now, then in zip(failures(living), before)), 30)
                 and set(living.ports(30)) <= {*OTHERS, NEW, CANARY},
                 (before, failures(living), members(living), living.ports(30)))
    living.aws.is_away = False
