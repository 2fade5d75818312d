"""What the scenarios share: a running task, its access log, and assertions that go on."""
import json
import time

from ecs_task import Task

APP_UID = 1000
PAYMENTS, IGNORED_IP = "10.99.0.5", "10.99.0.7"
NOWHERE = "10.99.0.99"  # routed to the peers' namespace, where nobody has it


class Scenario:
    """Runs the task definition in a file; counts what failed."""

    def __init__(self, path, folder, peers=(), hosts=None):
        with open(path) as file:
            definition = json.load(file)
        self.envoy = speed_up(definition)
        self.failed = 0
        self.task = Task(
            definition, folder, hosts=hosts, peers=peers, peer_ips=(PAYMENTS, IGNORED_IP))

    def check(self, name, ok, detail=""):
        self.failed += not ok
        print(("PASS " if ok else "FAIL ") + name, "" if ok else f": {str(detail)[:600]}",
              flush=True)

    def note(self, text):
        print("NOTE", text, flush=True)

    def access_log(self):
        time.sleep(0.3)
        lines = self.task.output(self.envoy).splitlines()
        return [json.loads(line) for line in lines if line.startswith('{"')]

    def logged(self, **fields):
        """Whether some line of the access log has these fields."""
        return any(fields.items() <= line.items() for line in self.access_log())

    def curl(self, options, uid=APP_UID):
        """curl in the task, as the application's user."""
        done = self.task.inside(f"curl -sS -m 10 {options}", uid)
        return done.stdout + done.stderr

    def peer_curl(self, options):
        done = self.task.peer(f"curl -sS -m 20 {options}")
        return done.stdout + done.stderr

    def greeting(self, host, port):
        """Seconds until a server that speaks first is heard, and what it says."""
        began = time.time()
        command = f"exec 3<>/dev/tcp/{host}/{port} && timeout 5 head -n 1 <&3"
        text = self.task.inside(command, APP_UID).stdout.strip()
        return time.time() - began, text


def speed_up(definition):
    """Shortens what the tests would wait for; returns the Envoy container's name."""
    for container in definition["containerDefinitions"]:
        if "envoyproxy/envoy" in container["image"]:
            container["healthCheck"]["interval"] = 1
            container["command"] += ["--file-flush-interval-msec", "50"]
            return container["name"]
    raise SystemExit("no Envoy container in the task definition")
