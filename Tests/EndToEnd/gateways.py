"""How a task that is Envoy alone serves its clients, and ends."""
import threading
import time

from lifecycle import times
from network import LIBRARIES, PYTHON, TASK_IP, until
from scenario import PAYMENTS


def by_host(s):
    """Ports 3000 and 3001; upstreams payments=payments.internal:8080 (the default),
    two=payments.internal:9020/http2 and rpc=payments.internal:9030/grpc."""
    for port in (3000, 3001):
        reply = s.peer_curl(f"http://$TASK_IP:{port}/at-{port}")
        s.check(f"port {port}, any host", f'"/at-{port}"' in reply and s.logged(
            path=f"/at-{port}", upstream_host=f"{PAYMENTS}:8080"), reply)
        reply = s.peer_curl(f"-H 'host: two' http://$TASK_IP:{port}/")
        s.check(f"port {port}, http2 by host", reply == "http2 /", reply)
        reply = s.peer_curl(f"-H 'host: two:{port}' http://$TASK_IP:{port}/")
        s.check(f"port {port}, a host with its port", reply == "http2 /", reply)
    reply = s.task.network.outside(
        f"PYTHONPATH={LIBRARIES} {PYTHON} -c 'import grpc; "
        f"c = grpc.insecure_channel(\"{TASK_IP}:3000\", "
        "options=[(\"grpc.default_authority\", \"rpc\")]); "
        "print(c.unary_unary(\"/echo.Echo/Say\")(b\"hi\", timeout=5))'")
    s.check("grpc by authority", "b'hi'" in reply.stdout, reply.stdout + reply.stderr)


def tcp(s):
    """Port 3000; upstream db=db.internal:9010/tcp."""
    talk = f"exec 3<>/dev/tcp/{TASK_IP}/3000; printf 'SSH-2.0-x\\n' >&3; timeout 5 head -n 1 <&3"
    reply = s.task.network.outside(talk).stdout
    s.check("any bytes go to the upstream", "SSH-2.0-x" in reply, reply)
    s.check("and are logged", s.logged(upstream_host=f"{PAYMENTS}:9010"))


def stop(s):
    """As `by_host`, with 5 seconds to drain and /envoy/healthz: the task is told to stop."""
    replies = []
    thread = threading.Thread(target=lambda: replies.append(
        s.peer_curl('-i "http://$TASK_IP:3000/slow?s=2"')))
    thread.start()
    until(lambda: "begins /slow" in s.task.output("peer"), 10, "the request arrives")
    envoy, began = s.task.containers[s.envoy], time.time()
    s.task.stopping = True
    envoy.process.terminate()
    code = "-o /dev/null -w '%{http_code}' http://$TASK_IP:3000/envoy/healthz"
    until(lambda: s.peer_curl(code) == "503" or time.time() > began + 4, 10, "load balancers know")
    s.check("load balancers are told", s.peer_curl(code) == "503")
    new = s.peer_curl("-i http://$TASK_IP:3000/new").lower()
    s.check("new requests are served and the connection closed",
            "200 ok" in new and "connection: close" in new, new)
    thread.join()
    s.check("the request in flight ends", "200 OK" in replies[0], replies)
    until(lambda: envoy.exit_code is not None, 20, "Envoy ends")
    took = times(s, "exited", s.envoy)[0] - (began - s.task.began)
    s.check("Envoy ends after the drain", 5 <= took < 7, took)
    s.check("with its own status", envoy.exit_code == 0, envoy.exit_code)
