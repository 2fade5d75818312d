"""Starts a task definition the way ECS does, as far as one machine allows, without Docker.

A network namespace with ECS's iptables rules; users, environment, ulimits, read-only root,
dependsOn order, health checks, stop in reverse order. Images become local programs: stock Envoy is
the real binary, tracing daemons are listeners, the rest is app.py, which serves every port mapping.

Not emulated: cgroup limits, volumes, log drivers, image file systems, IPv6, restart policies,
startTimeout. Linux, root.
"""
import json
import os
import signal
import subprocess
import threading
import time

from container import Container
from rules import Refused, iptables


class Task:
    """A running task; use it in a `with` statement, which ends it at once."""

    def __init__(self, definition, folder, network):
        self.definition = definition
        self.folder = folder
        self.network = network
        self.containers = {
            d["name"]: Container(d, network.hostname) for d in definition["containerDefinitions"]}
        self.waiting = []  # containers that have not been started
        self.events, self.began = [], time.time()
        self.stopping, self.stopped_reason = False, None
        self.lock = threading.RLock()
        os.makedirs(folder, exist_ok=True)
        os.chmod(folder, 0o755)
        self.check()

    def log(self, event, container, **details):
        with self.lock:
            self.events.append(
                {"t": round(time.time() - self.began, 3), "event": event, "container": container.name,
                 **details})

    def check(self):
        """What registering the task definition or starting the task would refuse."""
        proxy = self.definition.get("proxyConfiguration")
        if proxy:
            if self.definition.get("networkMode") != "awsvpc":
                raise Refused("proxyConfiguration needs networkMode awsvpc")
            if proxy.get("containerName") not in self.containers:
                raise Refused("proxyConfiguration.containerName names no container")
            iptables(proxy)
        if len(self.containers) != len(self.definition["containerDefinitions"]):
            raise Refused("duplicate container name")
        for container in self.containers.values():
            for dependency in container.definition.get("dependsOn", []):
                on, condition = dependency["containerName"], dependency["condition"]
                if on not in self.containers:
                    raise Refused(f"{container.name} depends on unknown {on}")
                if condition == "HEALTHY" and self.containers[on].health is None:
                    raise Refused(f"{container.name}: HEALTHY needs a health check in {on}")
                if condition in ("COMPLETE", "SUCCESS") and self.containers[on].essential:
                    raise Refused(f"{container.name}: {condition} on essential {on}")
        self.order()

    def order(self):
        """Containers, dependencies first."""
        ordered, visiting = [], []

        def visit(container):
            if container in visiting:
                raise Refused(f"dependsOn cycle at {container.name}")
            if container in ordered:
                return
            visiting.append(container)
            for dependency in container.definition.get("dependsOn", []):
                visit(self.containers[dependency["containerName"]])
            visiting.remove(container)
            ordered.append(container)

        for container in self.containers.values():
            visit(container)
        return ordered

    def start(self, container):
        container.start(self.network.task, self.folder)
        self.log("started", container)
        threading.Thread(target=self.watch, args=(container,), daemon=True).start()
        if container.health:
            threading.Thread(target=self.check_health, args=(container,), daemon=True).start()

    def watch(self, container):
        code = container.process.wait()
        with self.lock:
            container.exit_code = 128 - code if code < 0 else code
            self.log("exited", container, code=container.exit_code)
            if container.essential and not self.stopped_reason and not self.stopping:
                self.stopped_reason = f"Essential container in task exited: {container.name}"

    def check_health(self, container):
        check, failures = container.definition["healthCheck"], 0
        while True:
            time.sleep(check.get("interval", 30))  # Docker's first check is after one interval
            if self.stopping or container.exit_code is not None:
                return
            ok = container.check(self.network.task, self.folder)
            starting = time.time() - container.started <= check.get("startPeriod", 0)
            if ok:
                failures, container.health = 0, "HEALTHY"
            elif not starting or container.health == "HEALTHY":
                failures += 1
                if failures >= check.get("retries", 3):
                    container.health = "UNHEALTHY"
            self.log("checked", container, ok=ok, health=container.health)
            if container.health == "UNHEALTHY" and container.essential:
                reason = f"Task failed container health checks: {container.name}"
                self.stopped_reason = self.stopped_reason or reason

    def up(self, grace=60):
        """Returns when every container has been started."""
        self.begin()
        while self.waiting:
            self.proceed(grace)
            time.sleep(0.05)

    def begin(self):
        self.network.up(self.definition.get("proxyConfiguration"))
        self.began = time.time()
        self.waiting = self.order()

    def proceed(self, grace):
        """Starts the containers whose dependencies are met, `grace` seconds after `begin` at most."""
        for container in list(self.waiting):
            if all(self.containers[d["containerName"]].met(d["condition"])
                   for d in container.definition.get("dependsOn", [])):
                self.start(container)
                self.waiting.remove(container)
        if self.stopped_reason and self.waiting:
            raise Refused(self.stopped_reason)
        if self.waiting and time.time() - self.began > grace:
            raise Refused(f"not started in {grace} s: {[c.name for c in self.waiting]}")

    def down(self):
        """Stops the task as ECS does: dependents first."""
        self.stopping = True
        for container in reversed(self.order()):
            self.stop(container)

    def stop(self, container):
        if not container.process or container.process.poll() is not None:
            return
        self.log("stopping", container)
        container.process.send_signal(signal.SIGTERM)
        try:
            container.process.wait(container.definition.get("stopTimeout", 30))
        except subprocess.TimeoutExpired:
            self.log("killed", container)
            container.process.kill()
        while container.exit_code is None:  # until `watch` knows as well
            time.sleep(0.01)

    def output(self, name):
        with open(f"{self.folder}/{name}.log", errors="replace") as file:
            return file.read()

    def __enter__(self):
        return self

    def __exit__(self, error, *_):
        self.stopping = True
        started = [c for c in self.containers.values() if c.process]
        for container in started:
            if error:
                print(f"{container.name}:", self.output(container.name)[-2000:], sep="\n")
            # The group: Envoy is a child of its entry point.
            try:
                os.killpg(container.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            container.process.wait()
        if error:
            print(*map(json.dumps, self.events), sep="\n")
        self.network.down()
