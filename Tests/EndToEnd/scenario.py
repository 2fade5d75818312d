"""What the scenarios share: a running task, its access log, and assertions that go on."""
import json
import threading
import time

from container import STOCK_ENVOY
from ecs_task import Task
from network import APP, Network, TASK_IP, until
from rules import Refused

APP_UID = 1000
PAYMENTS, IGNORED_IP = "10.99.0.5", "10.99.0.7"
NOWHERE = "10.99.0.99"  # routed to the peers' namespace, where nobody has it
PEERS = ("80/http", "443/tls", "3128/proxy", "3306/greet", "8080/http", "8090/http", "8888/proxy",
         "9000/http", "9001/greet", "9002/echo", "9009/http", "9010/echo", "9020/http2", "9030/grpc",
         "9443/tls")
# The upstreams' own names resolve to an address that only Envoy leads away from.
HOSTS = {"payments.internal": PAYMENTS, "db.internal": PAYMENTS, "payments": NOWHERE,
         "two": NOWHERE, "rpc": NOWHERE, "nine": NOWHERE, "secure.test": NOWHERE}


class Scenario:
    """Runs the task definition in a file in a `with` statement; counts what failed."""

    def __init__(self, path, folder, peers):
        with open(path) as file:
            definition = json.load(file)
        self.envoy = speed_up(definition)
        self.failed = 0
        network = Network(folder, HOSTS, peers, (PAYMENTS, IGNORED_IP))
        self.task = Task(definition, folder, network)

    def __enter__(self):
        self.task.__enter__()
        try:
            self.task.up()
            for container in self.task.containers.values():
                self.wait_until_ready(container)
        except BaseException as error:
            self.task.__exit__(type(error))
            raise
        return self

    def __exit__(self, error, *_):
        # What failed is told with what the containers said.
        self.task.__exit__(error or self.failed)

    def wait_until_ready(self, container):
        if container.health:
            until(lambda: container.health == "HEALTHY", 60, f"{container.name} is healthy")
        if APP in container.argv():
            until(lambda: "listening" in self.task.output(container.name), 20,
                  f"{container.name} listens")

    def check(self, name, ok, detail=""):
        self.failed += not ok
        print(("PASS " if ok else "FAIL ") + name, "" if ok else f": {str(detail)[:600]}",
              flush=True)

    def note(self, text):
        print("NOTE", text, flush=True)

    def access_log(self):
        lines = self.task.output(self.envoy).splitlines()
        return [json.loads(line) for line in lines if line.startswith('{"') and line.endswith("}")]

    def logged(self, **fields):
        """Whether some line of the access log has these fields, now or soon."""
        try:
            until(lambda: any(fields.items() <= line.items() for line in self.access_log()), 5,
                  "a line in the access log")
        except Refused:
            return False
        return True

    def curl(self, options, uid=APP_UID):
        """curl in the task, as the application's user."""
        done = self.task.network.inside(f"curl -sS -m 10 {options}", uid)
        return done.stdout + done.stderr

    def peer_curl(self, options):
        done = self.task.network.outside(f"curl -sS -m 20 {options}")
        return done.stdout + done.stderr

    def greeting(self, host, port):
        """Seconds until a server that speaks first is heard, and what it says."""
        began = time.time()
        command = f"exec 3<>/dev/tcp/{host}/{port} && timeout 5 head -n 1 <&3"
        text = self.task.network.inside(command, APP_UID).stdout.strip()
        return time.time() - began, text

    def slow_request(self):
        """Starts a request of 2 seconds; returns how to wait for the reply once it is under way."""
        replies = []
        thread = threading.Thread(target=lambda: replies.append(
            self.peer_curl(f'-i "http://{TASK_IP}:8080/slow?s=2"')))
        thread.start()
        until(lambda: "begins /slow" in self.task.output("app"), 10, "the request arrives")

        def reply():
            thread.join()
            return replies[0]
        return reply


def envoy_of(definition):
    for container in definition["containerDefinitions"]:
        if STOCK_ENVOY in container["image"]:
            return container
    raise SystemExit("no Envoy container in the task definition")


def speed_up(definition):
    """Shortens what the tests would wait for; returns the Envoy container's name."""
    container = envoy_of(definition)
    container["healthCheck"]["interval"] = 1
    container["command"] = [
        word.replace('"stats_flush_interval":"60s"', '"stats_flush_interval":"1s"')
        for word in container["command"]] + ["--file-flush-interval-msec", "50"]
    return container["name"]
