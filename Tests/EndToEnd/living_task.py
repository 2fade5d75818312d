"""A task whose Envoy asks AWS itself: endpoints from Cloud Map, weights from S3, certificates from Secrets Manager.

    living_task.py DEFINITION FOLDER weights|server|caller|variables

DEFINITION is living/web.json, injected; FOLDER takes logs. Prints a line for each check and exits 1
if one failed. Root, iptables; ENVOY_BIN is the real Envoy; moto is in the Python that runs it.
"""
import collections
import json
import os
import signal
import sys
import threading
import time
import traceback

from ecs_task import Task
from living import certificates, discovery, weights
from living.aws import ADDRESS, AWS, BUCKET, CLOUD_MAP, KEYS_ADDRESS, SECRETS, moto
from living.load import Load
from mesh.calls import Client, get
from mesh.isolation import isolate
from network import PEER_IP, Network
from scenario import NOWHERE, envoy_of, speed_up

FIRST, OTHERS, NEW = 9101, range(9102, 9113), 9113  # the ports on which orders runs
CANARY = 9120
PEERS = [f"{port}/http" for port in (FIRST, *OTHERS, NEW, CANARY)]
HOSTS = {
    CLOUD_MAP: ADDRESS, BUCKET: ADDRESS, SECRETS: ADDRESS, "orders.shop.local": NOWHERE,
    certificates.SERVER[0]: PEER_IP}
SERVICE = "orders.shop.local"
CLIENTS = 4
READY = 2  # seconds from Envoy's start, with AWS away
PATIENCE = 3  # The tests run beside others, so everything may take this many times longer.


class Living:
    """A task in which Envoy asks AWS; `hastens` shortens what the tests would wait for."""

    def __init__(self, definition, folder, hastens=True):
        self.failed, self.aws = 0, AWS(folder)
        self.s3, self.cloud_map, self.secrets = None, None, None
        self.service, self.pairs, self.arn = None, None, None
        self.serve = lambda _: None  # starts the servers of a test, once the network is up
        container = envoy_of(definition)
        # The ECS agent sets it in every container of a task with a role.
        container.setdefault("environment", []).append(
            {"name": "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "value": "/v2/credentials/x"})
        self.envoy = container["name"]
        if hastens:
            speed_up(definition)
            container["command"] = [hastened(word) for word in container["command"]]
        self.network = Network(folder, HOSTS, PEERS, (ADDRESS, KEYS_ADDRESS))
        self.task = Task(definition, f"{folder}/task", self.network)
        up = self.network.up

        def with_aws(proxy_configuration):
            up(proxy_configuration)
            self.aws.trust(self.network.task)
            self.serve(self)
            self.aws.serve(self.network.peer)
        self.network.up = with_aws

    def check(self, name, ok, detail=""):
        self.failed += not ok
        print("PASS " + name if ok else f"FAIL {name}: {str(detail)[:800]}", flush=True)

    def note(self, text):
        print("NOTE", text, flush=True)

    def settles(self, condition, seconds=20):
        deadline = time.time() + PATIENCE * seconds
        while not (said := condition()) and time.time() < deadline:
            time.sleep(0.05)
        return said

    def admin(self, path):
        return get(self.network.task, ("127.0.0.1", 9901), path, host="localhost").body.decode()

    def stat(self, name):
        return int(dict(
            line.split(": ") for line in self.admin(f"/stats?filter=^{name}$").splitlines()
            if ": " in line).get(name, 0))

    def log(self):
        return self.task.output(self.envoy)

    def ports(self, count=60):
        """How often which port answered the application's requests to orders."""
        client, seen = Client(self.network.task, (NOWHERE, 80)), collections.Counter()
        for _ in range(count):
            reply = client.get("/", host=SERVICE)
            seen[reply.app.get("port") or reply.status or repr(reply)] += 1
        client.close()
        return seen

    def load(self):
        return ApplicationLoad(self.network.task)


def hastened(command):
    """Envoy asks every half second, and secrets are read each time instead of every 5 minutes."""
    for given, changed in (
            ('"refresh_delay":"1s"', '"refresh_delay":"0.5s"'),
            ('"refresh_delay":"60s"', '"refresh_delay":"0.5s"'),
            ('"base_interval":"1s","max_interval":"2s"', '"base_interval":"0.1s","max_interval":"0.1s"'),
            ("local longest, due, pause, calls = 300", "local longest, due, pause, calls = 0")):
        command = command.replace(given, changed)
    return command


class ApplicationLoad(Load):
    """Requests of the application, as long as the `with` statement runs."""

    def __init__(self, namespace):
        super().__init__([threading.Thread(target=self.call) for _ in range(CLIENTS)])
        self.namespace = namespace

    def call(self):
        client = Client(self.namespace, (NOWHERE, 80))
        while not self.over.is_set():
            reply = client.get("/", host=SERVICE)
            if reply.status == 200:
                self.seen.append((time.time(), reply.app["port"]))
            else:
                self.failures.append(reply)
        client.close()


def run(rows, living):
    began = time.time()
    try:
        rows(living)
    except Exception:
        living.check(f"{rows.__module__}.{rows.__name__}", False, traceback.format_exc()[-1500:])
    living.note(f"{rows.__module__}.{rows.__name__}: {time.time() - began:.1f} s")


ROWS = {
    "weights": (discovery.start, discovery.rows, weights.rows), "server": (certificates.server,),
    "caller": (certificates.caller,), "variables": (certificates.variables,)}
PREPARE = {
    "server": certificates.prepare_server, "caller": certificates.prepare_caller,
    "variables": certificates.prepare_variables}


def main(path, folder, what):
    os.chmod(folder, 0o755)
    with open(path) as file:
        living = Living(json.load(file), folder)
    with living.aws:
        living.s3, living.cloud_map, living.secrets = map(moto, ("s3", "servicediscovery", "secretsmanager"))
        living.aws.is_away = True
        if what in PREPARE:
            PREPARE[what](living)
        living.task.begin()
        with living.task:
            for rows in ROWS[what]:
                run(rows, living)
            living.note(f"requests to AWS: {len(living.aws.asked)}")
            if living.failed:
                print(living.log()[-3000:])
    raise SystemExit(1 if living.failed else 0)


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    isolate()
    main(*sys.argv[1:])
