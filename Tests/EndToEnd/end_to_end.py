"""Runs an injected task definition and sees whether it does what it should.

    end_to_end.py SCENARIO TASKDEF.json FOLDER

Prints a line for each check and exits 1 if one failed. What a scenario expects of the task
definition is written at its function. Root, iptables; ENVOY_BIN is the real Envoy.
"""
import json
import signal
import sys

import bounds
import gateways
import lifecycle
import metrics
import upstream_tls
from network import PEER_IP, TASK_IP, until
from scenario import PAYMENTS, PEERS, Scenario
from traffic import traffic


def ports(s):
    """range.json with other ports for Envoy: --ingress-port 16000 --egress-port 16001
    --admin-port 16901."""
    for port in (8090, 8091, 8092):
        reply = s.peer_curl(f"http://$TASK_IP:{port}/at-{port}")
        s.check(f"port {port} of a range", f'"/at-{port}"' in reply, reply)
        s.check(f"through Envoy to port {port}", s.logged(
            path=f"/at-{port}", upstream_host=f"{TASK_IP}:{port}"))
    reply = s.curl(f"http://{PAYMENTS}:8090/out")
    s.check("outbound", '"/out"' in reply and s.logged(
        path="/out", upstream_host=f"{PAYMENTS}:8090"), reply)
    listeners(s, {("0.0.0.0", 16000), ("127.0.0.1", 16001), ("127.0.0.1", 16901)})


def listeners(s, expected):
    """Nothing of Envoy's can be reached from outside but its ingress."""
    found = {(ip, port) for ip, port, uid in s.task.network.listeners() if uid == 1337}
    s.check("Envoy listens where it should, and nowhere else", found == expected, found)


def sidecar(s):
    traffic(s)
    listeners(s, {("0.0.0.0", 15000), ("127.0.0.1", 15001), ("127.0.0.1", 9901)})


def gateway(s):
    """Envoy alone on port 3000; upstreams payments=payments.internal:8080 (the default) and
    two=payments.internal:9020/http2; one trusted hop; /envoy/healthz."""
    reply = s.peer_curl("-H 'x-forwarded-proto: https' http://$TASK_IP:3000/any")
    s.check("every host goes to the first upstream", '"/any"' in reply, reply)
    seen = json.loads(reply)["headers"]
    s.check("the client's address is told", seen["x-forwarded-for"] == PEER_IP, seen)
    s.check("https stays https", seen["x-forwarded-proto"] == "https", seen)
    code = "-o /dev/null -w '%{http_code}'"
    reply = s.peer_curl(f"{code} -H 'x_user: root' http://$TASK_IP:3000/")
    s.check("names with underscores are refused", reply == "400", reply)
    seen = json.loads(s.peer_curl("--path-as-is http://$TASK_IP:3000/a//b/../c"))
    s.check("paths are normalized", seen["path"] == "/a/c", seen)
    reply = s.peer_curl("-H 'host: two' http://$TASK_IP:3000/")
    s.check("a host goes to its upstream", reply == "http2 /", reply)
    reply = s.peer_curl("-o /dev/null -w '%{http_code}' http://$TASK_IP:3000/envoy/healthz")
    s.check("health endpoint", reply == "200", reply)
    listeners(s, {("0.0.0.0", 3000), ("127.0.0.1", 9901)})


def tracing(s):
    """web.json injected with a tracing daemon and every request traced."""
    daemon = s.task.order()[0]
    for _ in range(3):
        s.peer_curl(f'"http://$TASK_IP:8080/fetch?url=http://{PAYMENTS}:8090/out"')
    until(lambda: "orders" in s.task.output(daemon.name), 20, "spans of orders")
    s.check(f"spans arrive at {daemon.name}", True)


SCENARIOS = {
    "sidecar": sidecar, "ports": ports, "gateway": gateway, "tracing": tracing,
    "order": lifecycle.order, "drain": lifecycle.drain, "job": lifecycle.job,
    "gateway-by-host": gateways.by_host, "gateway-tcp": gateways.tcp, "gateway-stop": gateways.stop,
    "uploads": bounds.uploads, "heads": bounds.heads, "kept": bounds.kept, "sockets": bounds.sockets,
    "metrics": metrics.fetched, "metrics-pushed": metrics.pushed,
    "upstream-tls": upstream_tls.scenario,
    "xds": lifecycle.xds, "xds-unreachable": lifecycle.xds_unreachable,
}


def main(name, path, folder):
    # Only there, because its types take a second to load.
    server = ("18000/ads",) if name == "xds" else ()
    scenario = Scenario(path, folder, PEERS + server)
    if name == "upstream-tls":
        upstream_tls.prepare(scenario)
    with scenario:
        SCENARIOS[name](scenario)
    return 1 if scenario.failed else 0


if __name__ == "__main__":
    # Threads of the test runner block signals, and the containers would inherit that.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    sys.exit(main(*sys.argv[1:]))
