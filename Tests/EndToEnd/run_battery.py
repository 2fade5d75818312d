"""Compares what an application can see with and without an injected sidecar.

    run_battery.py TASKDEF.json FOLDER

Every exchange is made twice, between network namespaces of the same addresses: directly, and through
the sidecar of the task definition. What server and client receive is compared byte by byte, less
what `battery/differences.py` allows. Prints a line for each exchange; exits 1 if one differs, or if
a row of the table is not needed. Root, iptables; ENVOY_BIN is the real Envoy.
"""
import concurrent.futures
import json
import os
import signal
import sys
import time

from battery import differences, http1, http2, tcp, tls, wire
from ecs_task import Task
from network import Network, TASK_IP, sh, until
from scenario import speed_up

AT_ONCE = 12
ADDRESSES = "10.99.1."  # of the servers outside, one for each exchange
LONG = 5  # seconds that an exchange may take before its name is printed
# Where inbound exchanges go: the ports of taskdefs/battery.json.
HTTP_PORTS = {"sniffed": 8080, "http": 8081}
HTTP2_PORT, RPC_PORT, TLS_PORT, TCP_PORT = 8082, 8083, 8443, 27017
TCP_PORTS = (3306, 5432, 6379, 25, 11211)


def listed():
    """(name, direction, port, how to run it) of every exchange."""
    for name, steps in http1.exchanges().items():
        def run(listener, connect, steps=steps):
            return wire.Conversation(listener).run(connect(), steps)
        for kind, port in HTTP_PORTS.items():
            yield f"{name} ({kind})", "in", port, run
        yield name, "out", 8080, run
    for names, inbound in ((http2.HTTP2, HTTP2_PORT), (http2.RPC, RPC_PORT)):
        for name, exchange in names.items():
            def run(listener, connect, exchange=exchange):
                return http2.run(listener, connect(), exchange)
            yield name, "in", inbound, run
            yield name, "out", 50051, run
    for name, (port, steps) in tcp.ALL.items():
        def run(listener, connect, steps=steps):
            return wire.Conversation(listener).run(connect(), steps)
        yield name, "in", port if port in TCP_PORTS else TCP_PORT, run
        yield name, "out", port, run
    for name, exchange in tls.ALL.items():
        def run(listener, connect, exchange=exchange):
            return tls.run(listener, connect(), exchange, FILES)
        yield name, "in", TLS_PORT, run
        yield name, "out", 443, run


FILES = []


class Bench:
    """A task and its peers, with the sidecar or without."""

    def __init__(self, network):
        self.network = network

    def perform(self, index, direction, port, run):
        outside = f"{ADDRESSES}{index % 250 + 1}"
        server, client, address = (
            (self.network.task, self.network.peer, TASK_IP) if direction == "in"
            else (self.network.peer, self.network.task, outside))
        listener = wire.listen(server, ("0.0.0.0" if direction == "in" else address, port))
        return run(listener, lambda: wire.connect(client, (address, port)))


class Direct(Network):
    """Names of its own beside the network of the sidecar."""

    def __init__(self, folder):
        super().__init__(folder, {}, ("9999/http",), ())
        self.task, self.peer = f"plain{os.getpid()}", f"other{os.getpid()}"


def serially(exchanges, bench):
    """Inbound exchanges of one port, one after the other."""
    seen = {}
    for index, (name, direction, port, run) in exchanges:
        began = time.time()
        seen[index] = bench.perform(index, direction, port, run)
        if time.time() - began > LONG:
            print(f"NOTE {direction} {name} took {time.time() - began:.1f} s", flush=True)
    return seen


def everything(bench, exchanges):
    queues = {}
    for index, exchange in enumerate(exchanges):
        key = exchange[2] if exchange[1] == "in" else ("out", index % AT_ONCE)
        queues.setdefault(key, []).append((index, exchange))
    seen = {}
    with concurrent.futures.ThreadPoolExecutor(len(queues)) as pool:
        for part in pool.map(lambda queue: serially(queue, bench), queues.values()):
            seen |= part
    return seen


def judge(exchanges, through, direct):
    rows, failed = differences.table(), 0
    for index, (name, direction, _, _) in enumerate(exchanges):
        left = differences.compare(rows, name, direction, through[index], direct[index])
        failed += bool(left)
        print("FAIL" if left else "PASS", direction, name, flush=True)
        for side, pair in left.items():
            print(f"  {side}:\n    through: {str(pair[0])[:500]}\n    direct:  {str(pair[1])[:500]}")
    for row in rows:
        if not row.used:
            failed += 1
            print(f"FAIL nothing needs the row {row.exchanges!r}: {row.reason}")
    print(f"NOTE {len(exchanges)} exchanges, {failed} failed, {len(rows)} rows")
    return failed


def main(path, folder):
    with open(path) as file:
        definition = json.load(file)
    speed_up(definition)
    FILES[:] = tls.certificate(folder)
    exchanges = list(listed())
    network, plain = Network(folder, {}, ("9999/http",), ()), Direct(folder)
    began = time.time()
    with Task(definition, folder, network) as task:
        task.up()
        until(lambda: all(c.health in (None, "HEALTHY") for c in task.containers.values()), 60,
              "Envoy is healthy")
        plain.up(None)
        try:
            for bench in (network, plain):
                sh("ip", "-n", bench.peer, "route", "add", "local", f"{ADDRESSES}0/24", "dev", "lo")
            direct = everything(Bench(plain), exchanges)
            print(f"NOTE directly after {time.time() - began:.0f} s", flush=True)
            through = everything(Bench(network), exchanges)
            failed = judge(exchanges, through, direct)
        finally:
            plain.down()
    print(f"NOTE it took {time.time() - began:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    # Threads of the test runner block signals, and the containers would inherit that.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    sys.exit(main(*sys.argv[1:]))
