"""Starts a task definition the way ECS does, as far as one machine allows, without Docker.

One network namespace per task ("awsvpc") with ECS's iptables rules, a second one for its peers;
users, environment, ulimits, read-only root, dependsOn order, health checks, stop in reverse order.
Images become local commands: stock Envoy is the real binary, the rest is app.py, which serves every
port mapping by its name up to the first hyphen, else as http (see app.py for the kinds).

Not emulated: cgroup limits, volumes, log drivers, image file systems, IPv6, restart policies,
secrets' values. Linux, root.
"""
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
import time

from rules import Refused, iptables

HERE = os.path.dirname(os.path.abspath(__file__))
APP = os.path.join(HERE, "app.py")
ENVOY = os.environ.get("ENVOY_BIN", "envoy")
# What the stock image has; no curl, no wget.
STOCK_TOOLS = "sh bash dash cat grep sed sleep timeout env ls echo printf true false test".split()
# grpcio and h2, for a Python of the same version that all users may run.
LIBRARIES = sysconfig.get_path("purelib")
TASK_IP, PEER_IP = "10.213.0.2", "10.213.0.1"


def reachable(path):
    """Whether users other than root may run it: every folder above must be searchable."""
    while path != "/":
        if not os.path.exists(path) or not os.stat(path).st_mode & 1:
            return False
        path = os.path.dirname(path)
    return True


PYTHON = next(
    (p for p in map(os.path.realpath, (sys.executable, "/usr/bin/python3")) if reachable(p)),
    sys.executable)


def sh(*argv, check=True, **options):
    return subprocess.run(argv, check=check, text=True, capture_output=True, **options)


def limit(ulimit):
    """prlimit's option for a ulimit, within what this machine lets root have."""
    most = resource.getrlimit(getattr(resource, f"RLIMIT_{ulimit['name'].upper()}"))[1]
    soft, hard = (
        value if most == resource.RLIM_INFINITY else min(value, most)
        for value in (ulimit["softLimit"], ulimit["hardLimit"]))
    return f"--{ulimit['name']}={soft}:{hard}"


class Container:
    def __init__(self, definition):
        self.definition = definition
        self.name = definition["name"]
        self.process = None
        self.health = "UNKNOWN" if "healthCheck" in definition else None
        self.exit_code = None
        self.started = None

    @property
    def essential(self):
        return self.definition.get("essential", True)

    @property
    def is_stock_envoy(self):
        return "envoyproxy/envoy" in self.definition["image"]

    @property
    def user(self):
        """(uid, gid). Root inside stock Envoy's own entry point becomes the user envoy (101)."""
        uid, _, gid = str(self.definition.get("user") or "").partition(":")
        if not uid and self.is_stock_envoy and not self.definition.get("entryPoint"):
            return 101, 101
        return int(uid or 0), int(gid or 0)

    def argv(self):
        """entryPoint and command, joined as Docker does, and led to local programs."""
        entry = self.definition.get("entryPoint") or []
        command = self.definition.get("command") or []
        if self.is_stock_envoy:
            return entry + command if entry else [ENVOY, *command]
        if entry or command:
            return entry + command
        mappings = self.definition.get("portMappings", [])
        return [PYTHON, APP] + [
            f"{m['containerPort']}/{m.get('name', 'http').partition('-')[0]}" for m in mappings]

    def met(self, condition):
        if condition == "START":
            return self.process is not None
        if condition == "HEALTHY":
            return self.health == "HEALTHY"
        if condition == "SUCCESS" and self.exit_code:
            raise Refused(f"{self.name} exited {self.exit_code}, SUCCESS wanted")
        return self.exit_code is not None


class Task:
    """A running task; use it in a `with` statement, which stops it."""

    def __init__(self, definition, folder, hosts=None, peers=("9000/http",), peer_ips=(),
                 executable="iptables"):
        self.definition = definition.get("taskDefinition", definition)
        self.folder = folder
        self.hosts, self.peers, self.peer_ips = hosts or {}, peers, peer_ips
        self.executable = executable
        number = os.getpid()
        self.namespace, self.peer_namespace = f"task{number}", f"peer{number}"
        definitions = self.definition["containerDefinitions"]
        self.containers = {d["name"]: Container(d) for d in definitions}
        self.began, self.stopping, self.stopped_reason = time.time(), False, None
        self.peer_process, self.lock = None, threading.RLock()
        os.makedirs(folder, exist_ok=True)
        os.chmod(folder, 0o755)
        self.check()

    def log(self, **event):
        with open(f"{self.folder}/events.log", "a") as file:
            print(json.dumps({"t": round(time.time() - self.began, 3), **event}), file=file)

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
        """Names, dependencies first."""
        ordered, visiting = [], []

        def visit(name):
            if name in visiting:
                raise Refused(f"dependsOn cycle at {name}")
            if name in ordered:
                return
            visiting.append(name)
            for dependency in self.containers[name].definition.get("dependsOn", []):
                visit(dependency["containerName"])
            visiting.remove(name)
            ordered.append(name)

        for name in self.containers:
            visit(name)
        return ordered

    def network(self):
        task, peer = self.namespace, self.peer_namespace
        sh("ip", "netns", "add", task)
        sh("ip", "netns", "add", peer)
        sh("ip", "-n", task, "link", "add", "eth0", "type", "veth",
           "peer", "name", "eth0", "netns", peer)
        for namespace, ip in ((task, TASK_IP), (peer, PEER_IP)):
            sh("ip", "-n", namespace, "link", "set", "lo", "up")
            sh("ip", "-n", namespace, "addr", "add", f"{ip}/24", "dev", "eth0")
            sh("ip", "-n", namespace, "link", "set", "eth0", "up")
        sh("ip", "-n", task, "route", "add", "default", "via", PEER_IP)
        for ip in self.peer_ips:
            sh("ip", "-n", peer, "addr", "add", f"{ip}/32", "dev", "lo")
        etc = f"/etc/netns/{task}"  # `ip netns exec` binds these files over /etc
        os.makedirs(etc, exist_ok=True)
        with open(f"{etc}/hosts", "w") as file:
            print("127.0.0.1 localhost", *(f"{ip} {name}" for name, ip in self.hosts.items()),
                  sep="\n", file=file)
        with open(f"{etc}/resolv.conf", "w") as file:
            print(f"nameserver {PEER_IP}\noptions timeout:1 attempts:1", file=file)
        if proxy := self.definition.get("proxyConfiguration"):
            for rule in iptables(proxy, self.executable):
                done = sh("ip", "netns", "exec", task, *rule, check=False)
                if done.returncode:
                    raise Refused(f"{' '.join(rule)}: {done.stderr.strip()}")
        self.peer_process = subprocess.Popen(
            ["ip", "netns", "exec", peer, "setpriv", "--pdeathsig", "KILL", PYTHON, APP,
             *self.peers], env={**os.environ, "PYTHONPATH": LIBRARIES},
            stdout=open(f"{self.folder}/peer.log", "w"), stderr=subprocess.STDOUT)

    def environment(self, container):
        given = {e["name"]: e.get("value", "") for e in container.definition.get("environment", [])}
        return {
            "PATH": self.path(container), "HOSTNAME": "ip-10-213-0-2", "HOME": "/",
            "CONTAINER_NAME": container.name, "PYTHONPATH": LIBRARIES, **given,
        }

    def path(self, container):
        """Stock Envoy's image has bash and coreutils, and envoy in its path."""
        if not container.is_stock_envoy:
            return os.environ["PATH"]
        folder = f"{self.folder}/stock-bin"
        os.makedirs(folder, exist_ok=True)
        for tool, target in [(t, shutil.which(t)) for t in STOCK_TOOLS] + [("envoy", ENVOY)]:
            if target and not os.path.lexists(f"{folder}/{tool}"):
                os.symlink(target, f"{folder}/{tool}")
        return folder

    def wrapped(self, container, argv):
        """`argv` as the container's user, with its limits, in the task's namespace."""
        uid, gid = container.user
        limits = [limit(u) for u in container.definition.get("ulimits", [])]
        read_only = container.definition.get("readonlyRootFilesystem")
        prepare = "mount -o remount,bind,ro /; " if read_only else ""
        return [
            "ip", "netns", "exec", self.namespace, "/bin/sh", "-c", prepare + 'exec "$@"', "sh",
            *(["prlimit", *limits, "--"] if limits else []),
            "setpriv", "--reuid", str(uid), "--regid", str(gid), "--clear-groups",
            "--inh-caps=-all", "--bounding-set=-net_admin,-sys_admin", "--pdeathsig", "KILL", "--",
            "/usr/bin/env", "-i",
            *[f"{k}={v}" for k, v in self.environment(container).items()], *argv]

    def start(self, container):
        path = f"{self.folder}/{container.name}.log"
        output = open(path, "a")
        os.chown(path, *container.user)  # runc gives the user its standard output
        container.process = subprocess.Popen(
            self.wrapped(container, container.argv()), stdout=output, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL, start_new_session=True)
        container.started = time.time()
        self.log(started=container.name, user=container.user)
        threading.Thread(target=self.watch, args=(container,), daemon=True).start()
        if "healthCheck" in container.definition:
            threading.Thread(target=self.check_health, args=(container,), daemon=True).start()

    def watch(self, container):
        code = container.process.wait()
        with self.lock:
            container.exit_code = 128 - code if code < 0 else code
            self.log(exited=container.name, code=container.exit_code)
            if container.essential and not self.stopped_reason and not self.stopping:
                self.stopped_reason = f"Essential container in task exited: {container.name}"

    def check_health(self, container):
        check, failures = container.definition["healthCheck"], 0
        command = check["command"][1:]
        if check["command"][0] == "CMD-SHELL":
            command = ["/bin/sh", "-c", " ".join(command)]
        while True:
            time.sleep(check.get("interval", 30))  # Docker's first check is after one interval
            if self.stopping or container.exit_code is not None:
                return
            try:
                done = subprocess.run(
                    self.wrapped(container, command), timeout=check.get("timeout", 5),
                    capture_output=True, stdin=subprocess.DEVNULL)
                ok = done.returncode == 0
            except subprocess.TimeoutExpired:
                ok = False
            starting = time.time() - container.started <= check.get("startPeriod", 0)
            if ok:
                failures, container.health = 0, "HEALTHY"
            elif not starting or container.health == "HEALTHY":
                failures += 1
                if failures >= check.get("retries", 3):
                    container.health = "UNHEALTHY"
            self.log(checked=container.name, ok=ok, health=container.health)
            if container.health == "UNHEALTHY" and container.essential:
                reason = f"Task failed container health checks: {container.name}"
                self.stopped_reason = self.stopped_reason or reason

    def up(self, grace=60):
        self.network()
        waiting = [self.containers[name] for name in self.order()]
        deadline = time.time() + grace
        while waiting:
            for container in list(waiting):
                if all(self.containers[d["containerName"]].met(d["condition"])
                       for d in container.definition.get("dependsOn", [])):
                    self.start(container)
                    waiting.remove(container)
            if self.stopped_reason:
                raise Refused(self.stopped_reason)
            if time.time() > deadline:
                raise Refused(f"not started in {grace} s: {[c.name for c in waiting]}")
            time.sleep(0.05)
        return self

    def listening(self, port):
        """Whether something listens at the port itself; a connection would only reach Envoy."""
        table = sh("ip", "netns", "exec", self.namespace, "cat", "/proc/net/tcp",
                   "/proc/net/tcp6").stdout
        return re.search(rf":{port:04X} [0-9A-F]+:0000 0A ", table) is not None

    def wait_for(self, port, seconds=10):
        deadline = time.time() + seconds
        while not self.listening(port):
            if time.time() > deadline:
                raise Refused(f"nothing listens at port {port}")
            time.sleep(0.05)

    def peer(self, command, timeout=60):
        """Runs shell text where the peers are; $TASK_IP is the task."""
        return sh("ip", "netns", "exec", self.peer_namespace, "bash", "-c", command, check=False,
                  timeout=timeout, env={**os.environ, "TASK_IP": TASK_IP})

    def inside(self, command, uid, timeout=60):
        """Runs shell text in the task's namespace as the user with this number."""
        return sh("ip", "netns", "exec", self.namespace, "setpriv", "--reuid", str(uid), "--regid",
                  str(uid), "--clear-groups", "bash", "-c", command, check=False, timeout=timeout)

    def output(self, name):
        with open(f"{self.folder}/{name}.log", errors="replace") as file:
            return file.read()

    def stop(self, name):
        container = self.containers[name]
        if not container.process or container.process.poll() is not None:
            return
        container.process.send_signal(signal.SIGTERM)
        try:
            container.process.wait(container.definition.get("stopTimeout", 30))
        except subprocess.TimeoutExpired:
            self.log(killed=name)
            container.process.kill()
            container.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, error, *_):
        self.stopping = True
        if error:
            for container in self.containers.values():
                if container.process:
                    print(f"{container.name}:", self.output(container.name)[-2000:], sep="\n")
        for name in reversed(self.order()):  # dependents first
            self.stop(name)
        if self.peer_process:
            self.peer_process.kill()
            self.peer_process.wait()
        for namespace in (self.namespace, self.peer_namespace):
            sh("ip", "netns", "del", namespace, check=False)
        shutil.rmtree(f"/etc/netns/{self.namespace}", ignore_errors=True)
