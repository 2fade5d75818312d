"""Latency and throughput of a request through a configuration, against a bare Envoy.

    benchmark.py FOLDER [SECONDS]

FOLDER holds NAME.json files: bootstraps whose ingress leads to application port 8080; one of them
is bare.json. Every round runs wrk (2 threads, 16 connections) through each of them, one after the
other, so that what else the machine does hits all alike; the application is an Envoy that answers
directly. Two namespaces and the redirect of ECS's rules, so that original destinations are real.
Prints medians, and the ratio to bare. Needs root, iptables, wrk; ENVOY_BIN is the real Envoy.
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

ENVOY, ROUNDS = os.environ.get("ENVOY_BIN", "envoy"), 5
TASK, CLIENT = f"bench{os.getpid()}", f"wrk{os.getpid()}"


def sh(command):
    return subprocess.run(["bash", "-c", command], check=True, text=True, capture_output=True).stdout


def envoy(configuration, concurrency):
    return subprocess.Popen(
        ["ip", "netns", "exec", TASK, "setpriv", "--reuid", "1337", "--regid", "1337",
         "--clear-groups", ENVOY, "--config-yaml", configuration, "--disable-hot-restart",
         "--concurrency", str(concurrency), "--log-level", "off"], stdout=subprocess.DEVNULL)


def application():
    """An Envoy that answers by itself is the fastest server at hand."""
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
    return json.dumps({"static_resources": {"listeners": [{
        "address": {"socket_address": {"address": "127.0.0.1", "port_value": 8080}},
        "filter_chains": [{"filters": [{
            "name": "envoy.filters.network.http_connection_manager", "typed_config": manager}]}]}]}})


def measure(configuration, seconds):
    """(requests per second, median latency in µs) through one Envoy worker."""
    process = envoy(configuration, 1)
    time.sleep(0.7)
    url = f"ip netns exec {CLIENT} wrk -t2 -c16 --latency -d{{}} http://10.214.0.2:8080/"
    sh(url.format("1s"))
    text = sh(url.format(f"{seconds}s"))
    process.terminate()
    process.wait()
    if "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit(text)
    latency, unit = re.search(r"50%\s+([\d.]+)(us|ms)", text).groups()
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    return rate, float(latency) * (1000 if unit == "ms" else 1)


def main():
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    configurations = {p.stem: p.read_text() for p in sorted(pathlib.Path(sys.argv[1]).glob("*.json"))}
    results = {name: [] for name in configurations}
    sh(f"ip netns add {TASK}; ip netns add {CLIENT}; ip -n {TASK} link set lo up;"
       f"ip -n {TASK} link add eth0 type veth peer name eth0 netns {CLIENT};"
       f"ip -n {TASK} addr add 10.214.0.2/24 dev eth0; ip -n {TASK} link set eth0 up;"
       f"ip -n {CLIENT} addr add 10.214.0.1/24 dev eth0; ip -n {CLIENT} link set eth0 up;"
       f"ip netns exec {TASK} iptables -w -t nat -A PREROUTING -p tcp --dport 8080"
       f" -j REDIRECT --to-port 15000")
    app = envoy(application(), 1)
    try:
        for _ in range(ROUNDS):
            for name, configuration in configurations.items():
                results[name].append(measure(configuration, seconds))
    finally:
        app.terminate()
        app.wait()
        sh(f"ip netns del {TASK}; ip netns del {CLIENT}")
    bare = results["bare"]
    for name, runs in results.items():
        rate = statistics.median(r for r, _ in runs)
        latency = statistics.median(l for _, l in runs)
        # Neighbouring runs are compared with each other, not with the whole hour's average.
        rate_ratio = statistics.median(r / b for (r, _), (b, _) in zip(runs, bare))
        latency_ratio = statistics.median(l / b for (_, l), (_, b) in zip(runs, bare))
        print(f"{name:24} {rate:9.0f} requests/s ({rate_ratio:4.2f})"
              f" {latency:7.0f} µs median ({latency_ratio:4.2f})", flush=True)


if __name__ == "__main__":
    # Threads of the test runner block signals, and the Envoys would inherit that.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    main()
