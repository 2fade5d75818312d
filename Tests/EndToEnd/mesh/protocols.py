"""TCP, HTTP/2 and gRPC (rows B and E)."""
import http2
from mesh.calls import connect, get, talk


def rows(mesh):
    tcp(mesh)
    web2(mesh)
    grpc(mesh)
    gateway(mesh)


def tcp(mesh):
    before = mesh.stat("many", "tcp.ingress.downstream_cx_total")
    _, received = talk("caller", mesh.address("db.lab", 5432), b"to and fro\n")
    mesh.check("B4 bytes pass both ways", received == b"to and fro\n", received)
    after = mesh.stat("many", "tcp.ingress.downstream_cx_total")
    mesh.check("B4 and the connection is counted", after - before == 1, (before, after))
    mesh.check("E8 called on the router's port, which is not the node's",
               mesh.stat("caller", "cluster.cds_egress_lab_many_tcp_3003.upstream_cx_total") == 1)


def web2(mesh):
    connected = connect(None, (mesh.ip("many"), 3005))
    _, body = http2.request(connected, "many.lab:3005", "/two")
    mesh.check("B5 the application sees HTTP/2", body == b"http2 /two", body)
    connected = connect("caller", mesh.address("web2.lab", 3005))
    _, body = http2.request(connected, "web2.lab:3005", "/two")
    mesh.check("B5 from HTTP/2 callers", body == b"http2 /two", body)
    reply = mesh.asks("web2.lab", "/one", port=3005)
    mesh.check("B5 from HTTP/1.1 callers", reply.body == b"http2 /one", reply)


def call(mesh, method, *metadata):
    connected = connect("caller", mesh.address("rpc.lab", 3006))
    headers, message = http2.call(connected, "rpc.lab:3006", method, metadata)
    return message.decode() or headers


def grpc(mesh):
    """Of the two ports, 3007 is that of the routes with conditions."""
    gold = ("tenant", "gold")
    for what, port, *arguments in [
            ("service and method", 3007, "/shop.Cart/Add"),
            ("another method", 3006, "/shop.Cart/Clear"),
            ("service", 3007, "/shop.Stock/Count"),
            ("metadata", 3007, "/shop.Cart/Drop", gold),
            ("without the metadata", 3006, "/shop.Cart/Drop"),
            ("no condition", 3006, "/other.Service/Any")]:
        found = call(mesh, *arguments)
        mesh.check(f"E7 gRPC {what}", found == f"{port} {arguments[0]}", found)
    reply = get("caller", mesh.address("rpc.lab", 3006), "/shop.Cart/Add", host="rpc.lab:3006")
    mesh.check("E7 what is not gRPC matches no route", reply.status == 404, reply)


def gateway(mesh):
    edge = mesh.ip("edge")
    headers, message = http2.call(connect(None, (edge, 3002)), "edge", "/shop.Stock/Count")
    mesh.check("E7 gRPC through a gateway", message == b"3007 /shop.Stock/Count", headers)
    headers, message = http2.call(connect(None, (edge, 3002)), "edge", "/shop.Cart/Add")
    mesh.check("E7 gRPC that no route of the gateway matches",
               headers.get("grpc-status") == "12", headers)
    headers, body = http2.request(connect(None, (edge, 3003)), "edge", "/web/two")
    mesh.check("B5 HTTP/2 through a gateway", body == b"http2 /two", (headers, body))
