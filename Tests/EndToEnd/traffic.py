"""Every way that traffic can take through a sidecar, and past it.

The task is taskdefs/shop.json, injected with five upstreams, port 9009 and IGNORED_IP ignored.
"""
import json
import time

from network import LIBRARIES, PEER_IP, PYTHON, TASK_IP
from scenario import APP_UID, IGNORED_IP, NOWHERE, PAYMENTS

GRPC_CALL = (f"PYTHONPATH={LIBRARIES} {PYTHON} -c 'import grpc; "
             "c = grpc.insecure_channel(\"{}\"); "
             "print(c.unary_unary(\"/echo.Echo/Say\")(b\"hi\", timeout=5))'")
SETTLED = 0.5  # seconds; Envoy writes its log every 50 ms


def traffic(s):
    inbound(s)
    headers(s)
    outbound_http(s)
    outbound_tcp(s)
    bypasses(s)
    not_reachable(s)


def inbound(s):
    reply = s.peer_curl("-i http://$TASK_IP:8080/hello")
    s.check("inbound http", "200 OK" in reply and "envoy" not in reply, reply)
    s.check("inbound http is logged", s.logged(
        filter_chain="ingress_http", upstream_cluster="app_8080", path="/hello"))
    reply = s.peer_curl("http://$TASK_IP:8081/second")
    s.check("second port, http found by sniffing",
            '"/second"' in reply and s.logged(
                filter_chain="ingress_http", upstream_cluster="app_8081", path="/second"), reply)
    reply = s.peer_curl("--http2-prior-knowledge -w '|%{http_version}' http://$TASK_IP:8082/two")
    s.check("inbound http2", reply == "http2 /two|2", reply)
    reply = s.task.network.outside(GRPC_CALL.format(f"{TASK_IP}:8083"))
    s.check("inbound grpc", "b'hi'" in reply.stdout, reply.stdout + reply.stderr)
    s.check("inbound grpc is logged", s.logged(
        filter_chain="ingress_http", upstream_cluster="app_8083", path="/echo.Echo/Say"))
    began = time.time()
    reply = s.task.network.outside("exec 3<>/dev/tcp/$TASK_IP/7000 && timeout 5 head -n 1 <&3").stdout
    took = time.time() - began
    s.check("inbound, the server speaks first", "220" in reply and took < 1,
            (reply, took))
    s.check("it is logged", s.logged(
        filter_chain="ingress_tcp", upstream_host=f"{TASK_IP}:7000"))
    s.note(f"inbound greeting after {took:.2f} s")
    reply = s.peer_curl("http://$TASK_IP:8080/envoy/healthz")
    s.check("every path is the application's", '"/envoy/healthz"' in reply, reply)
    reply = s.peer_curl("--http1.0 http://$TASK_IP:8080/old")
    s.check("inbound HTTP/1.0", '"/old"' in reply, reply)


def headers(s):
    seen = json.loads(s.peer_curl("http://$TASK_IP:8080/h"))["headers"]
    s.check("the client's address is told", seen.get("x-forwarded-for") == PEER_IP, seen)
    reply = s.peer_curl("-H 'x-forwarded-for: 203.0.113.9' -H 'x-forwarded-proto: https' "
                        "-H 'x-envoy-retry-on: 5xx' http://$TASK_IP:8080/h")
    seen = json.loads(reply)
    s.check("a load balancer's headers stay",
            seen["headers"].get("x-forwarded-for") == f"203.0.113.9,{PEER_IP}"
            and seen["headers"].get("x-forwarded-proto") == "https", seen)
    s.check("clients do not command Envoy", "x-envoy-retry-on" not in seen["headers"], seen)
    seen = json.loads(s.peer_curl("--path-as-is http://$TASK_IP:8080/a//%2F/../b?c=//d"))
    s.check("paths stay", seen["path"] == "/a//%2F/../b?c=//d", seen)
    seen = json.loads(s.curl(f"-H 'user-agent: x' http://{PAYMENTS}:8090/h"))["headers"]
    added = sorted(set(seen) - {"host", "user-agent", "accept"})
    s.check("outbound adds one header", added == ["x-forwarded-proto"], seen)


def outbound_http(s):
    reply = s.peer_curl(f'"http://$TASK_IP:8080/fetch?url=http://{PAYMENTS}:8090/out"')
    s.check("outbound http of the application", '"status": 200' in reply, reply)
    s.check("outbound http goes where it was sent", s.logged(
        filter_chain="egress_http", path="/out", upstream_cluster="passthrough",
        upstream_host=f"{PAYMENTS}:8090"))
    reply = s.curl("http://payments/pay")
    s.check("named upstream", '"/pay"' in reply and s.logged(
        path="/pay", upstream_cluster="payments", upstream_host=f"{PAYMENTS}:8080"), reply)
    reply = s.curl("http://nine:9000/nine")
    s.check("named upstream on a port of its own", '"/nine"' in reply and s.logged(
        path="/nine", upstream_cluster="nine"), reply)
    reply = s.curl("http://payments:7000/pay-declared")
    s.check("named upstream, a declared port", '"/pay-declared"' in reply, reply)
    reply = s.curl("http://payments:5000/pay-port")
    s.check("named upstream, any port", '"/pay-port"' in reply, reply)
    reply = s.curl("http://two/")
    s.check("named upstream, http2", reply == "http2 /", reply)
    reply = s.task.network.inside(GRPC_CALL.format("rpc:80"), APP_UID)
    s.check("named upstream, grpc", "b'hi'" in reply.stdout, reply.stdout + reply.stderr)
    reply = s.curl(f"--http1.0 http://{PAYMENTS}:8090/old-out")
    s.check("outbound HTTP/1.0", '"/old-out"' in reply, reply)
    reply = s.curl(f"-p -x http://{PAYMENTS}:8888 http://example.org/")
    s.check("CONNECT reaches a forward proxy on a port that is plain TCP",
            "tunnel to example.org" in reply or s.logged(
                filter_chain="egress_tcp", upstream_host=f"{PAYMENTS}:8888"), reply)
    reply = s.curl(f"http://{PAYMENTS}:8090/secret?token=abc")
    s.check("the query is not logged", s.logged(path="/secret") and not any(
        "token" in str(line) for line in s.access_log()), reply)
    reply = s.curl(f"-o /dev/null -w '%{{http_code}}' http://{PAYMENTS}:8099/")
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
    reply = s.task.network.inside(echo.format(PAYMENTS, 9002), APP_UID).stdout
    s.check("outbound raw TCP", "SSH-2.0-x" in reply, reply)
    reply = s.task.network.inside(echo.format(NOWHERE, 9010), APP_UID).stdout
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
               s.curl(f"http://{IGNORED_IP}:8090/past-ip"),
               s.curl(f"http://{PAYMENTS}:8090/past-uid", uid=1337),
               s.curl("http://127.0.0.1:8080/past-local"),
               s.curl(f"http://{TASK_IP}:8080/past-own")]
    s.check("ignored port, IP, user and local addresses work", all('"/past-' in r for r in replies),
            replies)
    time.sleep(SETTLED)
    past = [line for line in s.access_log() if line.get("path", "").startswith("/past-")]
    s.check("Envoy does not see them", not past, past)


def not_reachable(s):
    time.sleep(SETTLED)
    before = len(s.access_log())
    for port in (15000, 15001, 9901):
        reply = s.peer_curl(f"-o /dev/null -w '%{{http_code}}' http://$TASK_IP:{port}/loop")
        s.check(f"peers get nothing from port {port}", reply.startswith("000"), reply)
    time.sleep(SETTLED)
    more = len(s.access_log()) - before
    s.check("and Envoy does not call itself", more <= 1, more)
