"""Latency and throughput of a request through a configuration, against a bare Envoy.

    benchmark.py FOLDER [ROUNDS [SECONDS]]

FOLDER holds NAME.json files: bootstraps whose ingress leads to application port 8080; one of them
is bare.json. Every round runs each of them, and right before it the bare one, with which it is
compared, so that what else the machine does hits both alike. Measured are, with wrk:

- the latency of one request at a time, far below saturation, from which queueing is absent;
- the requests a second of one saturated worker with 16 connections;
- the processor time that Envoy takes for one of those requests, all threads together, from the
  scheduler's own count, which waiting for a busy machine does not change.

Two namespaces and the redirect of ECS's rules, so that original destinations are real; the
application is an Envoy that answers directly. Envoy has the first processor, wrk and the
application the last. Needs root, iptables, wrk; ENVOY_BIN is the real Envoy.
"""
import json
import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import time

ENVOY = os.environ.get("ENVOY_BIN", "envoy")
TASK, CLIENT = f"bench{os.getpid()}", f"wrk{os.getpid()}"
FIRST, LAST = "0", str(os.cpu_count() - 1)


def sh(command):
    return subprocess.run(["bash", "-c", command], check=True, text=True, capture_output=True).stdout


def envoy(configuration, processor):
    """One worker on this processor."""
    return subprocess.Popen(
        ["ip", "netns", "exec", TASK, "taskset", "-c", processor, "setpriv", "--reuid", "1337",
         "--regid", "1337", "--clear-groups", "--pdeathsig", "KILL", ENVOY, "--config-yaml",
         configuration, "--disable-hot-restart", "--concurrency", "1", "--log-level", "off"],
        stdout=subprocess.DEVNULL)


def application():
    """An Envoy that answers by itself is the fastest server at hand; for collectors as well."""
    manager = {
        "@type": "type.googleapis.com/envoy.extensions.filters.network"
                 ".http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "app",
        "route_config": {"virtual_hosts": [{"name": "app", "domains": ["*"], "routes": [{
            "match": {"prefix": "/"},
            "direct_response": {"status": 200, "body": {"inline_string": "x" * 1024}}}]}]},
        "http_filters": [{"name": "envoy.filters.http.router", "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
    }
    filters = [{
        "name": "envoy.filters.network.http_connection_manager", "typed_config": manager}]
    return json.dumps({"static_resources": {"listeners": [{
        "address": {"socket_address": {"address": "0.0.0.0", "port_value": port}},
        "filter_chains": [{"filters": filters}]} for port in (8080, 4317)]}})


def processor_seconds(process):
    """Time on a processor of all threads so far."""
    threads = pathlib.Path(f"/proc/{process.pid}/task").glob("*/schedstat")
    return sum(int(path.read_text().split()[0]) for path in threads) / 1e9


def wrk(connections, seconds):
    """(requests per second, number of requests, median latency in µs)."""
    text = sh(f"ip netns exec {CLIENT} taskset -c {LAST} wrk -t1 -c{connections} --latency"
              f" -d{seconds}s http://10.214.0.2:8080/")
    if "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit(text)
    latency, unit = re.search(r"50%\s+([\d.]+)(us|ms)", text).groups()
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    count = int(re.search(r"(\d+) requests in", text)[1])
    return rate, count, float(latency) * (1000 if unit == "ms" else 1)


def measure(configuration, seconds):
    """Latency of a request in µs, requests per second, processor time of a request in µs."""
    process = envoy(configuration, FIRST)
    time.sleep(0.7)
    latency = wrk(1, seconds)[2]
    before = processor_seconds(process)
    rate, count, _ = wrk(16, seconds)
    processor = (processor_seconds(process) - before) / count * 1e6
    process.terminate()
    process.wait()
    return latency, rate, processor


def namespaces():
    sh(f"ip netns add {TASK}; ip netns add {CLIENT}; ip -n {TASK} link set lo up;"
       f"ip -n {TASK} link add eth0 type veth peer name eth0 netns {CLIENT};"
       f"ip -n {TASK} addr add 10.214.0.2/24 dev eth0; ip -n {TASK} link set eth0 up;"
       f"ip -n {CLIENT} addr add 10.214.0.1/24 dev eth0; ip -n {CLIENT} link set eth0 up;"
       f"ip netns exec {TASK} iptables -w -t nat -A PREROUTING -p tcp --dport 8080"
       f" -j REDIRECT --to-port 15000")


def report(name, pairs):
    """Medians, and the median of the ratios of the pairs."""
    cells = []
    for mine, bare in zip(*(zip(*runs) for runs in zip(*pairs))):
        ratio = statistics.median(m / b for m, b in zip(mine, bare))
        cells.append(f"{statistics.median(mine):9.0f} ({ratio:5.2f})")
    print(f"{name:24}", *cells, flush=True)


def main(folder, rounds="11", seconds="1"):
    files = sorted(pathlib.Path(folder).glob("*.json"))
    configurations = {path.stem: path.read_text() for path in files}
    bare = configurations.pop("bare")
    results = {name: [] for name in configurations}
    namespaces()
    app = envoy(application(), LAST)
    try:
        for _ in range(int(rounds)):
            for name, configuration in configurations.items():
                before = measure(bare, int(seconds))
                results[name].append((measure(configuration, int(seconds)), before))
    finally:
        app.terminate()
        app.wait()
        sh(f"ip netns del {TASK}; ip netns del {CLIENT}")
    print(f"{'':24} {'latency µs':>17} {'requests/s':>17} {'processor µs':>17}")
    report("bare", [(before, before) for pairs in results.values() for _, before in pairs])
    for name, pairs in results.items():
        report(name, pairs)


if __name__ == "__main__":
    # Threads of the test runner block signals, and the Envoys would inherit that.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    main(*sys.argv[1:])
