"""How Envoy's statistics leave the task."""
import ast
import re

from network import TASK_IP, until
from scenario import PAYMENTS

REQUESTS = 10
MOST_SERIES = 400  # of a typical sidecar: one port, three upstreams
TELEMETRY = ("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", 7, 9)


def traffic(s, *hosts):
    for _ in range(REQUESTS):
        s.peer_curl("http://$TASK_IP:8080/in")
        for host in hosts:
            s.curl(f"http://{host}:8080/out")
        s.curl(f"http://{PAYMENTS}:8090/past")


def fetched(s):
    """web.json with --metrics 9902 and the upstreams payments, nine and db.internal, which has a dot."""
    traffic(s, "payments", "nine", "db.internal")
    text = s.peer_curl("http://$TASK_IP:9902/metrics")
    series = [line for line in text.splitlines() if line and not line.startswith("#")]
    s.note(f"{len(series)} series, {len(text)} bytes")
    s.check("few series", 100 < len(series) < MOST_SERIES, len(series))
    for cluster in ("app_8080", "payments", "nine", "db_internal", "passthrough"):
        count = re.search(
            r'envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",'
            rf'envoy_cluster_name="{cluster}"}} (\d+)', text)
        s.check(f"requests to {cluster} are counted", count and int(count[1]) == REQUESTS, text)
    s.check("and timed", "envoy_http_downstream_rq_time_bucket" in text)
    s.check("nothing of the administration interface", "admin" not in text, text)
    code = "-o /dev/null -w '%{http_code}' --path-as-is"
    for path in ("/", "/stats", "/config_dump", "/quitquitquit", "/metrics/", "//metrics",
                 "/metrics/../config_dump", "/metrics/..%2fconfig_dump", "/METRICS", "/metrics;x",
                 "/%6detrics", "/metrics%3fx", "/metrics%00"):
        reply = s.peer_curl(f'{code} "http://$TASK_IP:9902{path}"')
        s.check(f"{path} is nothing", reply in ("400", "404"), reply)
    for method in ("POST", "PUT", "CONNECT", "OPTIONS"):
        reply = s.peer_curl(f"{code} -X {method} http://$TASK_IP:9902/metrics")
        s.check(f"neither is {method}", reply in ("400", "403", "404"), reply)
    reply = s.peer_curl(f"{code} -H 'connection: upgrade' -H 'upgrade: websocket' "
                        "http://$TASK_IP:9902/metrics")
    s.check("nothing is upgraded", reply in ("403", "200"), reply)
    reply = s.peer_curl('"http://$TASK_IP:9902/metrics?filter=server.live"')
    s.check("a query may narrow it", reply.count("\nenvoy_") == 1, reply)
    reply = s.curl(f"{code} http://127.0.0.1:9902/metrics")
    s.check("a container of the task can ask as well", reply == "200", reply)
    reply = s.peer_curl(f"{code} http://$TASK_IP:9901/stats")
    s.check("the administration interface stays closed", reply.startswith("000"), reply)
    s.check("the log has none of it", not any(
        line.get("path", "").startswith("/metrics") for line in s.access_log()))
    found = {(ip, port) for ip, port, uid in s.task.network.listeners() if uid == 1337}
    s.check("it is one more listener", found == {
        ("0.0.0.0", 15000), ("127.0.0.1", 15001), ("127.0.0.1", 9901), ("0.0.0.0", 9902)}, found)
    refused(s)


def refused(s):
    """Scrapers that stay cannot take all connections."""
    hold = "".join(f"exec {fd}<>/dev/tcp/{TASK_IP}/9902; " for fd in range(10, 40))
    # An Envoy worker that runs late has not counted its connections yet.
    ask = (f"for _ in 1 2 3 4 5; do reply=$(curl -sS -m 5 http://{TASK_IP}:9902/metrics); "
           '[ -n "$reply" ] || break; sleep 0.5; done; echo -n "$reply"')
    reply = s.task.network.outside(hold + ask).stdout
    s.check("30 idle connections fill the listener", reply == "", reply)
    reply = s.peer_curl("http://$TASK_IP:8080/in")
    s.check("but not the application's", '"/in"' in reply, reply)
    until(lambda: "envoy_server_live" in s.peer_curl("http://$TASK_IP:9902/metrics"), 10,
          "the metrics are back")
    s.check("and are gone with their client", True)


def pushed(s):
    """web.json with --tracing otel --metrics otlp, flushed each second."""
    traffic(s)
    daemon = s.task.order()[0].name
    until(lambda: "envoy.http.downstream_rq_xx" in s.task.output(daemon), 20, "metrics arrive")
    until(lambda: "envoy.cluster.upstream_rq_time" in s.task.output(daemon), 20, "all of them")
    exports = arrived(s, daemon)
    s.check("only the short list", set(exports) <= {
        "envoy.cluster.upstream_rq_total", "envoy.cluster.upstream_rq_xx",
        "envoy.cluster.upstream_rq_time", "envoy.cluster.membership_healthy",
        "envoy.http.downstream_rq_xx", "envoy.http.downstream_rq_time",
        "envoy.cluster.update_failure"}, exports.keys())
    dimensions = {key for points in exports.values() for key, _ in points for key, _ in key}
    s.check("dimensions that are the same in every task", dimensions <= {
        "envoy.cluster_name", "envoy.response_code_class", "envoy.http_conn_manager_prefix"},
        dimensions)
    s.check("changes, not sums", {kind for points in exports.values() for _, kind in points}
            <= {"delta", "gauge"}, exports)
    s.note(f"{sum(map(len, exports.values()))} series")


def arrived(s, daemon):
    """By metric name: the set of (attributes, kind) of its points."""
    method, number, histogram = TELEMETRY
    found = {}
    for line in s.task.output(daemon).splitlines():
        _, _, rest = line.partition(f"otlp {method} ")
        if not rest:
            continue
        data = ast.literal_eval(rest.partition(" ")[2])
        for resource in fields(data, 1):
            for scope in fields(resource, 2):
                for metric in fields(scope, 2):
                    points = found.setdefault(fields(metric, 1)[0].decode(), set())
                    for tag, place in ((5, number), (7, number), (9, histogram)):
                        for body in fields(metric, tag):
                            kind = "gauge" if tag == 5 else {1: "delta", 2: "sum"}.get(
                                (fields(body, 2) or [0])[0])
                            points |= {(attributes(point, place), kind)
                                       for point in fields(body, 1)}
    return found


def attributes(point, place):
    return tuple(sorted(
        (fields(pair, 1)[0].decode(), fields(fields(pair, 2)[0], 1)[0].decode())
        for pair in fields(point, place)))


def fields(message, wanted):
    """The values of one field of a message of Protocol Buffers, in order."""
    found, at = [], 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        key = varint()
        kind = key & 7
        if kind == 0:
            value = varint()
        else:
            size = varint() if kind == 2 else {1: 8, 5: 4}[kind]
            value = message[at:at + size]
            at += size
        if key >> 3 == wanted:
            found.append(value)
    return found
