"""A network with many tasks: a namespace for each, on one bridge, with one DNS server.

The bridge, the DNS server and the world outside the mesh are in this process's own namespace.
"""
import os
import subprocess

from mesh.names import Names
from network import APP, LIBRARIES, PYTHON, redirect, sh, until
from rules import Refused

ROUTER = "10.20.0.1"  # of the tasks' default route; also their DNS server
BRIDGE_MAC = "02:00:00:00:00:01"
# A server outside the mesh, and what it serves; see app.py.
OUTSIDE = "203.0.113.5"
SERVED = ("443/tls", "3000/http", "3306/greet", "9000/http")
# Virtual services of routers need to resolve to something; nobody has this address.
NOBODY = "10.20.255.1"


class VPC:
    """Use it in a `with` statement."""

    def __init__(self, folder):
        self.folder, self.names, self.tasks = folder, Names(), 0
        self.outside = None

    def __enter__(self):
        # Without a fixed address a bridge takes the lowest of its ports, so that the next task's port
        # would change it and tasks that know the old one would lose their router.
        for command in (
                "link set lo up", "link add vpc type bridge", f"link set vpc address {BRIDGE_MAC}",
                f"addr add {ROUTER}/16 dev vpc",
                "link set vpc up", f"addr add {OUTSIDE}/32 dev lo"):
            sh("ip", *command.split())
        self.names.serve(ROUTER)
        path = f"{self.folder}/outside.log"
        with open(path, "w") as log:
            self.outside = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", PYTHON, APP,
                 *(f"{OUTSIDE}:{server}" for server in SERVED)],
                env={**os.environ, "PYTHONPATH": LIBRARIES, "CONTAINER_NAME": "outside"},
                stdout=log, stderr=subprocess.STDOUT)

        def listening():
            with open(path) as file:
                said = file.read()
            if self.outside.poll() is not None:
                raise Refused(f"the servers outside have ended: {said}")
            return "listening" in said
        until(listening, 60, "the servers outside listen")
        return self

    def __exit__(self, *_):
        self.outside.kill()
        self.outside.wait()

    def network(self, name):
        """Of one more task, with the next address."""
        self.tasks += 1
        return TaskNetwork(name, f"10.20.1.{self.tasks}")


class TaskNetwork:
    def __init__(self, name, ip):
        self.task, self.ip = name, ip
        self.hostname = "ip-" + ip.replace(".", "-")

    def up(self, proxy_configuration):
        """Everything is there before the first container starts, as with ECS."""
        sh("ip", "netns", "add", self.task)
        # The bridge's end of the wire has the name of the address: names of devices are short.
        sh("ip", "link", "add", self.hostname, "type", "veth", "peer", "name", "eth0",
           "netns", self.task)
        sh("ip", "link", "set", self.hostname, "master", "vpc", "up")
        for command in ("link set lo up", f"addr add {self.ip}/16 dev eth0", "link set eth0 up",
                        f"route add default via {ROUTER}"):
            sh("ip", "-n", self.task, *command.split())
        etc = f"/etc/netns/{self.task}"  # `ip netns exec` binds these files over /etc
        os.makedirs(etc, exist_ok=True)
        with open(f"{etc}/hosts", "w") as file:
            print("127.0.0.1 localhost", file=file)
        with open(f"{etc}/resolv.conf", "w") as file:
            print(f"nameserver {ROUTER}", file=file)
        redirect(self.task, proxy_configuration)

    def down(self):
        sh("ip", "netns", "del", self.task, check=False)
