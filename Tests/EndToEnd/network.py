"""The network of a task ("awsvpc"): a namespace with ECS's iptables rules, and one for its peers."""
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time

from rules import Refused, iptables

HERE = os.path.dirname(os.path.abspath(__file__))
APP = os.path.join(HERE, "app.py")
TASK_IP, PEER_IP = "10.213.0.2", "10.213.0.1"
# grpcio and h2, for a Python of the same version that all users may run.
LIBRARIES = sysconfig.get_path("purelib")


def sh(*argv, check=True, **options):
    return subprocess.run(argv, check=check, text=True, capture_output=True, **options)


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


def until(condition, seconds, what):
    """Waits until `condition()` holds; says `what` was awaited if it never does."""
    deadline = time.time() + seconds
    while not condition():
        if time.time() > deadline:
            raise Refused(f"not after {seconds} s: {what}")
        time.sleep(0.05)


def redirect(namespace, proxy_configuration):
    """Writes ECS's rules for a proxyConfiguration, if there is one."""
    for rule in iptables(proxy_configuration) if proxy_configuration else []:
        done = sh("ip", "netns", "exec", namespace, *rule, check=False)
        if done.returncode:
            raise Refused(f"{' '.join(rule)}: {done.stderr.strip()}")


class Network:
    """Peers are the programs of `app.py` in `peers`, at PEER_IP and at `peer_ips`."""

    def __init__(self, folder, hosts, peers, peer_ips):
        self.folder, self.hosts, self.peers, self.peer_ips = folder, hosts, peers, peer_ips
        self.task, self.peer = f"task{os.getpid()}", f"peer{os.getpid()}"
        self.hostname = "ip-" + TASK_IP.replace(".", "-")
        self.process = None
        self.authorities = None  # a PEM file that the task's images have as their only authorities

    def up(self, proxy_configuration):
        """Everything is there before the first container starts, as with ECS."""
        sh("ip", "netns", "add", self.task)
        sh("ip", "netns", "add", self.peer)
        sh("ip", "-n", self.task, "link", "add", "eth0", "type", "veth",
           "peer", "name", "eth0", "netns", self.peer)
        for namespace, ip in ((self.task, TASK_IP), (self.peer, PEER_IP)):
            sh("ip", "-n", namespace, "link", "set", "lo", "up")
            sh("ip", "-n", namespace, "addr", "add", f"{ip}/24", "dev", "eth0")
            sh("ip", "-n", namespace, "link", "set", "eth0", "up")
        sh("ip", "-n", self.task, "route", "add", "default", "via", PEER_IP)
        for ip in self.peer_ips:
            sh("ip", "-n", self.peer, "addr", "add", f"{ip}/32", "dev", "lo")
        self.resolve()
        redirect(self.task, proxy_configuration)
        self.start_peers()

    def resolve(self):
        """Name resolution of the task: `ip netns exec` binds these files over /etc."""
        etc = f"/etc/netns/{self.task}"
        os.makedirs(etc, exist_ok=True)
        with open(f"{etc}/hosts", "w") as file:
            print("127.0.0.1 localhost", *(f"{ip} {name}" for name, ip in self.hosts.items()),
                  sep="\n", file=file)
        with open(f"{etc}/resolv.conf", "w") as file:
            print(f"nameserver {PEER_IP}\noptions timeout:1 attempts:1", file=file)
        if self.authorities:
            os.makedirs(f"{etc}/ssl/certs")
            shutil.copy(self.authorities, f"{etc}/ssl/certs/ca-certificates.crt")

    def start_peers(self):
        path = f"{self.folder}/peer.log"
        with open(path, "w") as log:
            self.process = subprocess.Popen(
                ["ip", "netns", "exec", self.peer, "setpriv", "--pdeathsig", "KILL", PYTHON, APP,
                 *self.peers], env={**os.environ, "PYTHONPATH": LIBRARIES},
                stdout=log, stderr=subprocess.STDOUT)

        def listening():
            with open(path) as file:
                return "listening" in file.read()
        until(listening, 20, "the peers listen")

    def down(self):
        if self.process:
            self.process.kill()
            self.process.wait()
        for namespace in (self.task, self.peer):
            sh("ip", "netns", "del", namespace, check=False)
        shutil.rmtree(f"/etc/netns/{self.task}", ignore_errors=True)

    def listeners(self):
        """(address, port, uid) of every TCP socket that listens in the task."""
        table = sh("ip", "netns", "exec", self.task, "cat", "/proc/net/tcp", "/proc/net/tcp6")
        found = re.findall(
            r": ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:0000 0A (?:\S+ +){3}(\d+)", table.stdout)
        return {(".".join(str(b) for b in reversed(bytes.fromhex(ip[-8:]))), int(port, 16), int(uid))
                for ip, port, uid in found}

    def wait_for(self, port, seconds=20):
        """Until something listens at the port itself; a connection would only reach Envoy."""
        until(lambda: any(port == p for _, p, _ in self.listeners()), seconds,
              f"something listens at port {port}")

    def outside(self, command, timeout=60):
        """Runs shell text where the peers are; $TASK_IP is the task."""
        return sh("ip", "netns", "exec", self.peer, "bash", "-c", command, check=False,
                  timeout=timeout, env={**os.environ, "TASK_IP": TASK_IP})

    def inside(self, command, uid, timeout=60):
        """Runs shell text in the task as the user with this number."""
        return sh("ip", "netns", "exec", self.task, "setpriv", "--reuid", str(uid), "--regid",
                  str(uid), "--clear-groups", "bash", "-c", command, check=False, timeout=timeout)
