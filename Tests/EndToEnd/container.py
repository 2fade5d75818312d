"""A container without Docker: a local program with the user, limits and root of its definition."""
import os
import resource
import shutil
import subprocess
import time

from network import APP, LIBRARIES, PYTHON
from rules import Refused

ENVOY = os.environ.get("ENVOY_BIN", "envoy")
STOCK_ENVOY = "envoyproxy/envoy:"
# What the stock image has; no curl, no wget.
STOCK_TOOLS = (
    "sh bash dash base64 cat gzip mktemp grep sed sleep timeout "
    "env printenv ls echo printf true false test").split()
# What takes the place of an image, whatever its command says: programs of app.py.
STAND_INS = {"aws-xray-daemon": "127.0.0.1:2000/xray", "aws-otel-collector": "127.0.0.1:4317/otlp"}


def limit(ulimit):
    """prlimit's option for a ulimit, within what this machine lets root have."""
    most = resource.getrlimit(getattr(resource, f"RLIMIT_{ulimit['name'].upper()}"))[1]
    soft, hard = (
        value if most == resource.RLIM_INFINITY else min(value, most)
        for value in (ulimit["softLimit"], ulimit["hardLimit"]))
    return f"--{ulimit['name']}={soft}:{hard}"


def served(mapping):
    """app.py's words for a port mapping: what the mapping's name says up to its first hyphen."""
    kind = mapping.get("name", "http").partition("-")[0]
    first, _, last = str(mapping.get("containerPortRange", mapping.get("containerPort"))).partition("-")
    return [f"{port}/{kind}" for port in range(int(first), int(last or first) + 1)]


class Container:
    secrets = {}  # values by ARN, which ECS would read

    def __init__(self, definition, hostname):
        self.definition, self.hostname = definition, hostname
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
        return STOCK_ENVOY in self.definition["image"]

    @property
    def user(self):
        """(uid, gid). Root inside stock Envoy's own entry point becomes the user envoy (101)."""
        uid, _, gid = str(self.definition.get("user") or "").partition(":")
        if not uid and self.is_stock_envoy and not self.definition.get("entryPoint"):
            return 101, 101
        return int(uid or 0), int(gid or 0)

    def argv(self):
        """entryPoint and command, joined as Docker does, and led to local programs."""
        for image, program in STAND_INS.items():
            if image in self.definition["image"]:
                return [PYTHON, APP, program]
        entry = self.definition.get("entryPoint") or []
        command = self.definition.get("command") or []
        if self.is_stock_envoy and not entry:
            return [ENVOY, *command]
        if entry or command:
            return entry + command
        mappings = self.definition.get("portMappings", [])
        return [PYTHON, APP] + [program for mapping in mappings for program in served(mapping)]

    def environment(self, folder):
        given = {e["name"]: e.get("value", "") for e in self.definition.get("environment", [])}
        given.update((e["name"], self.secrets.get(e["valueFrom"], ""))
                     for e in self.definition.get("secrets", []))
        return {
            "PATH": self.path(folder), "HOSTNAME": self.hostname, "HOME": "/",
            "CONTAINER_NAME": self.name, "PYTHONPATH": LIBRARIES, **given,
        }

    def path(self, folder):
        """Stock Envoy's image has bash and coreutils, and envoy in its path."""
        if not self.is_stock_envoy:
            return os.environ["PATH"]
        folder = f"{folder}/stock-bin"
        os.makedirs(folder, exist_ok=True)
        for tool, target in [(t, shutil.which(t)) for t in STOCK_TOOLS] + [("envoy", ENVOY)]:
            if target and not os.path.lexists(f"{folder}/{tool}"):
                os.symlink(target, f"{folder}/{tool}")
        return folder

    def wrapped(self, argv, namespace, folder):
        """`argv` as the container's user, with its limits, in the network namespace."""
        uid, gid = self.user
        limits = [limit(u) for u in self.definition.get("ulimits", [])]
        read_only = self.definition.get("readonlyRootFilesystem")
        prepare = "mount -o remount,bind,ro /; " if read_only else ""
        return [
            "ip", "netns", "exec", namespace, "/bin/sh", "-c", prepare + 'exec "$@"', "sh",
            *(["prlimit", *limits, "--"] if limits else []),
            "setpriv", "--reuid", str(uid), "--regid", str(gid), "--clear-groups",
            "--inh-caps=-all", "--bounding-set=-net_admin,-sys_admin", "--pdeathsig", "KILL", "--",
            "/usr/bin/env", "-i",
            *[f"{k}={v}" for k, v in self.environment(folder).items()], *argv]

    def start(self, namespace, folder):
        path = f"{folder}/{self.name}.log"
        with open(path, "a") as output:
            os.chown(path, *self.user)  # runc gives the user its standard output
            self.process = subprocess.Popen(
                self.wrapped(self.argv(), namespace, folder), stdout=output,
                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)
        self.started = time.time()

    def check(self, namespace, folder):
        """Runs the health check once; whether it went well."""
        check = self.definition["healthCheck"]
        command = check["command"][1:]
        if check["command"][0] == "CMD-SHELL":
            command = ["/bin/sh", "-c", " ".join(command)]
        try:
            return subprocess.run(
                self.wrapped(command, namespace, folder), timeout=check.get("timeout", 5),
                capture_output=True, stdin=subprocess.DEVNULL).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    def met(self, condition):
        if condition == "START":
            return self.process is not None
        if condition == "HEALTHY":
            return self.health == "HEALTHY"
        if condition == "SUCCESS" and self.exit_code:
            raise Refused(f"{self.name} exited {self.exit_code}, SUCCESS wanted")
        return self.exit_code is not None
