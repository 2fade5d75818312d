"""A running mesh: its tasks, what their Envoys count, and calls along all of its paths."""
import json
import re
import threading
import time

from ecs_task import Task
from mesh import calls, certificates, plan
from mesh.calls import Client, get
from network import until
from scenario import speed_up

START = 180  # seconds that all tasks may take on a busy machine
SETTLE = 60  # seconds within which what was caused must show
UP_INTERVAL = 5  # seconds between health checks once all are up; ECS's shortest


class LiveMesh:
    """Use it in a `with` statement. `folder` holds the task definitions."""

    def __init__(self, vpc, folder):
        self.vpc, self.failed, self.turn = vpc, 0, threading.Lock()
        self.tasks, self.envoys = {}, {}
        for name in plan.TASKS:
            with open(f"{folder}/{name}.json") as file:
                definition = json.load(file)
            self.envoys[name] = speed_up(definition)
            task = self.tasks[name] = Task(definition, f"{vpc.folder}/{name}", vpc.network(name))
            task.containers[self.envoys[name]].secrets = certificates.secrets()

    def __enter__(self):
        self.vpc.names.records.update(
            plan.records({name: self.ip(name) for name in self.tasks}))
        try:
            self.start()
        except BaseException as error:
            self.__exit__(error)
            raise
        return self

    def start(self):
        for task in self.tasks.values():
            task.begin()
        while any(task.waiting for task in self.tasks.values()):
            for task in self.tasks.values():
                task.proceed(START)
            time.sleep(0.05)
        for task in self.tasks.values():
            for container in task.containers.values():
                if container.health:
                    until(lambda: container.health == "HEALTHY", START, f"{container.name} is well")
                    container.definition["healthCheck"]["interval"] = UP_INTERVAL

    def __exit__(self, error, *_):
        for task in self.tasks.values():
            task.__exit__(error)

    # Checks

    def check(self, name, ok, detail=""):
        with self.turn:
            self.failed += not ok
        self.say("PASS " + name if ok else f"FAIL {name}: {str(detail)[:800]}")

    def say(self, text):
        """A whole line: groups of checks go on side by side."""
        with self.turn:
            print(text, flush=True)

    def settles(self, condition, seconds=SETTLE):
        """Whether `condition` holds, now or soon. Returns what it says last."""
        deadline = time.time() + seconds
        while not (said := condition()) and time.time() < deadline:
            time.sleep(0.05)
        return said

    # Places

    def ip(self, task):
        return self.tasks[task].network.ip

    def host(self, task):
        return self.tasks[task].network.hostname

    def address(self, name, port=3000):
        """Where an application in the mesh that looks up `name` connects to."""
        return self.vpc.names.records[name][0], port

    # Calls

    def outside(self, task, port=3000, path="/", **options):
        """A request from outside to a port of a task."""
        return get(None, (self.ip(task), port), path, **options)

    def inside(self, task, service, path="/", port=3000, **options):
        """A request of a task's application to a service of the mesh, with its name as Host."""
        options.setdefault("host", f"{service}:{port}")
        return get(task, self.address(service, port), path, **options)

    def client(self, task, service, port=3000):
        """For many requests of a task's application to a service, with `host=`."""
        return Client(task, self.address(service, port))

    def asks(self, service, path="/", **options):
        """A request of the made-up mesh's caller."""
        return self.inside("caller", service, path, **options)

    # What is known of Envoys and applications

    def admin(self, task, path):
        return get(task, ("127.0.0.1", 9901), path, host="localhost").body.decode()

    def stats(self, task, pattern):
        """Numbers by name, of the names that match the regular expression as a whole."""
        text = self.admin(task, "/stats" + calls.query(filter=f"^{pattern}$"))
        return {name: int(value) for name, value in re.findall(r"^(\S+): (\d+)$", text, re.M)}

    def stat(self, task, name):
        return self.stats(task, re.escape(name)).get(name, 0)

    def log(self, task):
        """What Envoy of this task has written."""
        return self.tasks[task].output(self.envoys[task])

    def app_log(self, *tasks):
        """What the applications of these tasks have written."""
        return "".join(
            self.tasks[task].output(name) for task in tasks for name in self.tasks[task].containers
            if name != self.envoys[task])
