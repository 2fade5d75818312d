"""Runs a task definition with a sidecar and sees whether its traffic goes as it should.

    end_to_end.py SCENARIO TASKDEF.json FOLDER

Prints a line for each check and exits 1 if one failed. What a scenario expects of the task
definition is written at its function. Root, iptables; ENVOY_BIN is the real Envoy.
"""
import json
import signal
import subprocess
import sys
import threading
import time

from ecs_task import HERE, LIBRARIES, PEER_IP, PYTHON, TASK_IP
from scenario import APP_UID, IGNORED_IP, NOWHERE, PAYMENTS, Scenario

PEERS = ("80/http", "443/tls", "3128/proxy", "3306/greet", "8080/http", "9000/http", "9001/greet",
         "9002/echo", "9009/http", "9010/echo", "9020/http2", "9030/grpc", "9443/tls")
# The upstreams' own names resolve to an address that only Envoy leads away from.
HOSTS = {"payments.internal": PAYMENTS, "db.internal": PAYMENTS, "payments": NOWHERE,
         "two": NOWHERE, "rpc": NOWHERE, "secure.test": NOWHERE}
GRPC_CALL = (f"PYTHONPATH={LIBRARIES} {PYTHON} -c 'import grpc; "
             "c = grpc.insecure_channel(\"{}\"); "
             "print(c.unary_unary(\"/echo.Echo/Say\")(b\"hi\", timeout=5))'")


def traffic(path, folder):
    """App ports 8080 http, 8081 sniffed http, 8082 http2, 8083 grpc, 7000 sniffed and greeting;
    upstreams payments=payments.internal:8080, two=payments.internal:9020/http2,
    rpc=payments.internal:9030/grpc, db=db.internal:9010/tcp, secure.test=payments.internal:443/tcp;
    egress port 9009 and IGNORED_IP ignored."""
    scenario = Scenario(path, folder, PEERS, HOSTS)
    with scenario.task as task:
        task.up()
        for port in (8080, 8081, 8082, 8083, 7000):
            task.wait_for(port)
        inbound(scenario)
        headers(scenario)
        outbound_http(scenario)
        outbound_tcp(scenario)
        bypasses(scenario)
        not_reachable(scenario)
    return scenario.failed


def inbound(s):
    reply = s.peer_curl("-i http://$TASK_IP:8080/hello")
    s.check("inbound http", "200 OK" in reply and "server: envoy" in reply, reply)
    s.check("inbound http is logged", s.logged(filter_chain="ingress_8080", path="/hello"))
    reply = s.peer_curl("http://$TASK_IP:8081/second")
    s.check("second port, http found by sniffing",
            '"/second"' in reply and s.logged(filter_chain="ingress_8081", path="/second"), reply)
    reply = s.peer_curl("--http2-prior-knowledge -w '|%{http_version}' http://$TASK_IP:8082/two")
    s.check("inbound http2", reply == "http2 /two|2", reply)
    reply = s.task.peer(GRPC_CALL.format(f"{TASK_IP}:8083"))
    s.check("inbound grpc", "b'hi'" in reply.stdout, reply.stdout + reply.stderr)
    s.check("inbound grpc is logged", s.logged(filter_chain="ingress_8083", path="/echo.Echo/Say"))
    began = time.time()
    reply = s.task.peer("exec 3<>/dev/tcp/$TASK_IP/7000 && timeout 5 head -n 1 <&3").stdout
    took = time.time() - began
    s.check("inbound, the server speaks first", "220" in reply and took < 1,
            (reply, took, [x for x in s.access_log() if "7000" in x["filter_chain"]]))
    s.note(f"inbound greeting after {took:.2f} s")
    reply = s.peer_curl("-o /dev/null -w '%{http_code}' http://$TASK_IP:8080/envoy/healthz")
    s.check("health endpoint", reply == "200", reply)
    reply = s.peer_curl("--http1.0 http://$TASK_IP:8080/old")
    s.check("inbound HTTP/1.0", '"/old"' in reply, reply)


def headers(s):
    seen = json.loads(s.peer_curl("http://$TASK_IP:8080/h"))["headers"]
    s.check("the client's address is told", seen.get("x-forwarded-for") == PEER_IP, seen)
    reply = s.peer_curl("-H 'x-forwarded-for: 203.0.113.9' -H 'x-forwarded-proto: https' "
                        "-H 'x-envoy-retry-on: 5xx' http://$TASK_IP:8080/h")
    seen = json.loads(reply)
    s.check("a load balancer's headers stay",
            seen["headers"].get("x-forwarded-for") == "203.0.113.9"
            and seen["headers"].get("x-forwarded-proto") == "https", seen)
    s.check("clients do not command Envoy", "x-envoy-retry-on" not in seen["headers"], seen)
    seen = json.loads(s.peer_curl("--path-as-is http://$TASK_IP:8080/a//%2F/../b?c=//d"))
    s.check("paths stay", seen["path"] == "/a//%2F/../b?c=//d", seen)
    seen = json.loads(s.curl(f"-H 'user-agent: x' http://{PAYMENTS}:9000/h"))["headers"]
    added = sorted(set(seen) - {"host", "user-agent", "accept"})
    s.check("outbound adds two headers", added == ["x-forwarded-proto", "x-request-id"], seen)


def outbound_http(s):
    reply = s.peer_curl(f'"http://$TASK_IP:8080/fetch?url=http://{PAYMENTS}:9000/out"')
    s.check("outbound http of the application", '"status": 200' in reply, reply)
    s.check("outbound http goes where it was sent", s.logged(
        filter_chain="egress_http", path="/out", upstream_cluster="passthrough",
        upstream_host=f"{PAYMENTS}:9000"))
    reply = s.curl("http://payments/pay")
    s.check("named upstream", '"/pay"' in reply and s.logged(
        path="/pay", upstream_cluster="payments", upstream_host=f"{PAYMENTS}:8080"), reply)
    reply = s.curl("http://payments:1234/pay-port")
    s.check("named upstream, any port", '"/pay-port"' in reply, reply)
    reply = s.curl("http://two/")
    s.check("named upstream, http2", reply == "http2 /", reply)
    reply = s.task.inside(GRPC_CALL.format("rpc:80"), APP_UID)
    s.check("named upstream, grpc", "b'hi'" in reply.stdout, reply.stdout + reply.stderr)
    reply = s.curl(f"--http1.0 http://{PAYMENTS}:9000/old-out")
    s.check("outbound HTTP/1.0", '"/old-out"' in reply, reply)
    reply = s.curl(f"-p -x http://{PAYMENTS}:3128 http://example.org/")
    s.check("CONNECT reaches a forward proxy", "tunnel to example.org" in reply or s.logged(
        method="CONNECT", upstream_host=f"{PAYMENTS}:3128", response_code=200), reply)
    reply = s.curl(f"-o /dev/null -w '%{{http_code}}' http://{PAYMENTS}:9999/")
    s.check("a closed port is 503", reply == "503", reply)


def outbound_tcp(s):
    for port in (443, 9443):
        reply = s.curl(f"-k --resolve shop.test:{port}:{PAYMENTS} https://shop.test:{port}/tls")
        s.check(f"outbound TLS on {port}", '"/tls"' in reply and s.logged(
            filter_chain="egress_tcp", upstream_host=f"{PAYMENTS}:{port}"), reply)
    reply = s.curl("-k https://secure.test/by-sni")
    s.check("tcp upstream by TLS server name", '"/by-sni"' in reply and s.logged(
        filter_chain="egress_secure.test", requested_server_name="secure.test"), reply)
    s.check("the TLS server name is logged", s.logged(requested_server_name="shop.test"))
    echo = "exec 3<>/dev/tcp/{}/{}; printf 'SSH-2.0-x\\n' >&3; timeout 5 head -n 1 <&3"
    reply = s.task.inside(echo.format(PAYMENTS, 9002), APP_UID).stdout
    s.check("outbound raw TCP", "SSH-2.0-x" in reply, reply)
    reply = s.task.inside(echo.format(NOWHERE, 9010), APP_UID).stdout
    s.check("tcp upstream by port", "SSH-2.0-x" in reply, reply)
    s.check("outbound raw TCP is logged", s.logged(
        filter_chain="egress_tcp", upstream_host=f"{PAYMENTS}:9002"))
    took, text = s.greeting(PAYMENTS, 9001)
    s.check("the server speaks first, unknown port", "220" in text and took < 1, (text, took))
    s.note(f"outbound greeting, unknown port, after {took:.2f} s")
    took, text = s.greeting(PAYMENTS, 3306)
    s.check("the server speaks first, MySQL", "220" in text and took < 0.3, (text, took))
    s.note(f"outbound greeting, port 3306, after {took:.2f} s")


def bypasses(s):
    replies = [s.curl(f"http://{PAYMENTS}:9009/past-port"),
               s.curl(f"http://{IGNORED_IP}:9000/past-ip"),
               s.curl(f"http://{PAYMENTS}:9000/past-uid", uid=1337),
               s.curl("http://127.0.0.1:8080/past-local"),
               s.curl(f"http://{TASK_IP}:8080/past-own")]
    s.check("ignored port, IP, user and local addresses work", all('"/past-' in r for r in replies),
            replies)
    past = [line for line in s.access_log() if line.get("path", "").startswith("/past-")]
    s.check("Envoy does not see them", not past, past)


def not_reachable(s):
    before = len(s.access_log())
    for port in (15000, 15001, 9901):
        reply = s.peer_curl(f"-o /dev/null -w '%{{http_code}}' http://$TASK_IP:{port}/loop")
        s.check(f"peers get nothing from port {port}", reply.startswith("000"), reply)
    more = len(s.access_log()) - before
    s.check("and Envoy does not call itself", more <= 1, more)


def gateway(path, folder):
    """Envoy alone on port 3000; upstreams payments=payments.internal:8080 (the default) and
    two=payments.internal:9020/http2."""
    scenario = Scenario(path, folder, PEERS, HOSTS)
    with scenario.task as task:
        task.up()
        task.wait_for(3000)
        reply = scenario.peer_curl("-H 'x-forwarded-proto: https' http://$TASK_IP:3000/any")
        scenario.check("every host goes to the first upstream", '"/any"' in reply, reply)
        seen = json.loads(reply)["headers"]
        scenario.check("the client's address is told", seen["x-forwarded-for"] == PEER_IP, seen)
        scenario.check("https stays https", seen["x-forwarded-proto"] == "https", seen)
        reply = scenario.peer_curl("-H 'host: two' http://$TASK_IP:3000/")
        scenario.check("a host goes to its upstream", reply == "http2 /", reply)
        reply = scenario.peer_curl("-o /dev/null -w '%{http_code}' http://$TASK_IP:3000/envoy/healthz")
        scenario.check("health endpoint", reply == "200", reply)
    return scenario.failed


def tracing(path, folder):
    """App port 8080 http; a container `daemon` that listens for spans of `orders`."""
    scenario = Scenario(path, folder, PEERS, HOSTS)
    with scenario.task as task:
        task.up()
        task.wait_for(8080)
        for _ in range(3):
            scenario.peer_curl(f'"http://$TASK_IP:8080/fetch?url=http://{PAYMENTS}:9000/out"')
        deadline = time.time() + 15
        while "orders" not in task.output("daemon") and time.time() < deadline:
            time.sleep(0.2)
        scenario.check("spans arrive", "orders" in task.output("daemon"), task.output("daemon"))
    return scenario.failed


def drain(path, folder):
    """App port 8080 http; Envoy drains for 3 seconds."""
    scenario = Scenario(path, folder, PEERS, HOSTS)
    with scenario.task as task:
        task.up()
        task.wait_for(8080)
        replies = []
        slow = threading.Thread(target=lambda: replies.append(
            scenario.peer_curl('-i "http://$TASK_IP:8080/slow?s=2"')))
        slow.start()
        time.sleep(0.5)
        envoy, began = task.containers[scenario.envoy], time.time()
        envoy.process.terminate()
        time.sleep(0.5)
        health = scenario.peer_curl("-o /dev/null -w '%{http_code}' http://$TASK_IP:8080/envoy/healthz")
        new = scenario.peer_curl("-i http://$TASK_IP:8080/new").lower()
        slow.join()
        envoy.process.wait()
        took = time.time() - began
        time.sleep(0.2)
        scenario.check("the request in flight ends", "200 OK" in replies[0], replies)
        scenario.check("load balancers are told", health == "503", health)
        scenario.check("new requests are served and the connection closed",
                       "200 ok" in new and "connection: close" in new, new)
        scenario.check("Envoy ends after the drain", 3 <= took < 4, took)
        scenario.check("with its own status", envoy.exit_code == 0, envoy.exit_code)
    return scenario.failed


def stop(path, folder):
    """As `drain`, but the whole task stops: the application first, then Envoy."""
    scenario = Scenario(path, folder, PEERS, HOSTS)
    with scenario.task as task:
        task.up()
        task.wait_for(8080)
        replies = []
        slow = threading.Thread(target=lambda: replies.append(
            scenario.peer_curl('-i "http://$TASK_IP:8080/slow?s=2"')))
        slow.start()
        time.sleep(0.5)
        task.stopping = True
        for name in reversed(task.order()):
            task.stop(name)
        slow.join()
        scenario.check("the request in flight ends", "200 OK" in replies[0], replies)
    return scenario.failed


def xds(path, folder):
    """An ADS sidecar of node orders-id that asks PEER_IP:18000; app port 8080."""
    scenario = Scenario(path, folder, PEERS, HOSTS)
    task, servers = scenario.task, []
    network = task.network

    def network_with_server():
        network()
        servers.append(subprocess.Popen(
            ["ip", "netns", "exec", task.peer_namespace, sys.executable, f"{HERE}/ads_server.py",
             "0.0.0.0:18000"], stdout=open(f"{folder}/ads.log", "w"), stderr=subprocess.STDOUT))
        time.sleep(1)

    task.network = network_with_server
    try:
        with task:
            task.up()
            deadline, reply = time.time() + 10, ""
            while reply != "routed by xds" and time.time() < deadline:
                reply = scenario.peer_curl("http://$TASK_IP:8080/")
            scenario.check("the server's routes take effect", reply == "routed by xds", reply)
            log = task.output("ads")
            scenario.check("the server knows the node", "orders-id orders" in log, log)
            scenario.check("nothing was refused", "NACK" not in log and "ACK" in log, log)
    finally:
        for server in servers:
            server.kill()
    return scenario.failed


def xds_unreachable(path, folder):
    """An ADS sidecar that asks an address where nobody is; health check as `inject` writes it."""
    scenario = Scenario(path, folder, PEERS, HOSTS)
    with scenario.task as task:
        began = time.time()
        task.up()
        took = time.time() - began
        envoy = task.containers[scenario.envoy]
        scenario.check("the task starts", envoy.health == "HEALTHY", envoy.health)
        scenario.check("in time", took < 14, took)
        scenario.note(f"healthy without a management server after {took:.1f} s")
    return scenario.failed


SCENARIOS = {"traffic": traffic, "gateway": gateway, "tracing": tracing, "drain": drain, "stop": stop,
             "xds": xds, "xds-unreachable": xds_unreachable}

if __name__ == "__main__":
    # Threads of the test runner block signals, and the containers would inherit that.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    sys.exit(1 if SCENARIOS[sys.argv[1]](*sys.argv[2:]) else 0)
