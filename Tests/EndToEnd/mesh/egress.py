"""What an application reaches through its Envoy, and what it does not (rows C)."""
from mesh.calls import get, talk, unverified
from mesh.plan import CRYSTAL, NODEJS
from mesh.vpc import OUTSIDE

SOON = 8  # seconds; a listener that waits for the client's first bytes waits for 15


def rows(mesh):
    backends(mesh)
    drop_all(mesh)
    allow_all(mesh)
    greetings(mesh)
    own_ports(mesh)


def backends(mesh):
    for host in (NODEJS, f"{NODEJS}:3000"):
        reply = mesh.inside("frontend", NODEJS, host=host)
        mesh.check(f"C1 a backend as Host {host}", reply.status == 200
                   and reply.app["name"] == "nodejs-app", reply)
    reply = mesh.asks("nothing.lab")
    mesh.check("C10 a service without a provider is 404", reply.status == 404, reply)
    reply = mesh.inside("nodejs-1", CRYSTAL)
    mesh.check("C4 without backends no member of the mesh is reached", reply.status == 0, reply)


def drop_all(mesh):
    reply = mesh.inside("frontend", NODEJS, "/c2", host="unknown.example")
    mesh.check("C2 another Host on a backend's port is 404", reply.status == 404
               and reply.body == b"", reply)
    mesh.check("C2 and has no route", mesh.settles(
        lambda: '"GET /c2 HTTP/1.1" 404 NR' in mesh.log("frontend")), mesh.log("frontend")[-500:])
    took, received = talk("frontend", (OUTSIDE, 9000), b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    mesh.check("C3 another port is closed", received == b"" and took < SOON, (took, received))
    reply = secure("frontend", "s3.us-west-2.amazonaws.com")
    mesh.check("C5 AWS's own names pass on 443", reply.app.get("name") == "outside", reply)
    reply = secure("frontend", "www.example.com")
    mesh.check("C6 other names do not", reply.status == 0 and reply.seconds < SOON, reply)


def secure(task, server_name):
    return get(task, (OUTSIDE, 443), tls=unverified(), server_name=server_name)


def allow_all(mesh):
    cluster = "cluster.cds_egress_lab_mesh-allow-all.upstream_cx_total"
    before = mesh.stat("caller", cluster)
    replies = {
        "any port": get("caller", (OUTSIDE, 9000)),
        "an unknown Host on a backend's port": get(
            "caller", (OUTSIDE, 3000), host="unknown.example"),
        "any name on 443": secure("caller", "www.example.com"),
    }
    for what, reply in replies.items():
        mesh.check(f"C7 {what} reaches the original address", reply.app.get("name") == "outside"
                   and reply.app["remote"] == mesh.ip("caller"), reply)
    mesh.check("C7 through Envoy", mesh.settles(
        lambda: mesh.stat("caller", cluster) >= before + len(replies)))


def greetings(mesh):
    for what, address in (("a TCP backend", mesh.address("mail.lab", 25)),
                          ("ALLOW_ALL", (OUTSIDE, 3306))):
        took, received = talk("caller", address)
        mesh.check(f"C8 a server that speaks first is heard at once: {what}",
                   received.startswith(b"220") and took < SOON, (took, received))


def own_ports(mesh):
    for task in ("frontend", "gateway"):
        reply = mesh.outside(task, 15001)
        mesh.check(f"C11 peers do not reach the egress listener: {task}",
                   "ConnectionRefused" in (reply.error or ""), reply)
