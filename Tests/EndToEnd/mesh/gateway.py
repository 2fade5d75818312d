"""What requests look like after a gateway (rows H)."""
from mesh import certificates
from mesh.plan import FRONTEND


def rows(mesh):
    workshop(mesh)
    rewrites(mesh)
    hosts(mesh)
    behind(mesh)


def at(mesh, path, port=3000, **options):
    """(task, path, host) that the application sees behind the made-up mesh's gateway."""
    reply = mesh.outside("edge", port, path, **options)
    names = {mesh.host(name): name for name in ("red", "blue")}
    if reply.status != 200:
        return reply
    return names[reply.app["host"]], reply.app["path"], reply.app["headers"]["host"]


def workshop(mesh):
    seen = mesh.outside("gateway", path="/a/b?c=d", host="www.example.com").app
    mesh.check("H1 the host becomes the virtual service, the path stays",
               seen.get("host") == mesh.host("frontend") and seen["path"] == "/a/b?c=d"
               and seen["headers"]["host"].partition(":")[0] == FRONTEND, seen)


def rewrites(mesh):
    found = {path: at(mesh, path)[1] for path in ("/api/x/y", "/api", "/api/", "/api2")}
    mesh.check("H2 a prefix becomes /", found == {
        "/api/x/y": "/x/y", "/api": "/", "/api/": "/", "/api2": "/2"}, found)
    found = at(mesh, "/old/z")[1]
    mesh.check("H3 a prefix becomes what the route says", found == "/new/z", found)
    reply = mesh.outside("edge", 3000, "/as-is/x", host="www.example.com")
    seen = reply.app
    mesh.check("H4 nothing is rewritten", seen.get("path") == "/as-is/x"
               and seen["headers"]["host"] == "www.example.com", reply)
    mesh.check("H4 and the application does not see how", reply.status == 200
               and "x-app-mesh-virtual-service" not in {**seen["headers"], **reply.headers}, reply)
    found = at(mesh, "/one")[1]
    mesh.check("H5 a path becomes another one", found == "/two", found)


def hosts(mesh):
    found = [at(mesh, "/", headers={"x-app-mesh-virtual-service": name})[0]
             for name in ("blue.lab", "blue.lab:3000")]
    found.append(at(mesh, "/as-is", headers={"x-app-mesh-virtual-service": "blue.lab"})[0])
    mesh.check("H6 clients do not choose their service", found == ["red"] * 3, found)
    found = [at(mesh, "/here", host=host)[0] for host in (
        "blue.example", "www.blue.example", "red.example")]
    mesh.check("H7 hosts, exact and by suffix", found == ["blue", "blue", "red"], found)
    found = at(mesh, "/old/z", host="blue.example")
    mesh.check("H7 routes of no host are for these hosts too",
               found[:2] == ("red", "/new/z"), found)
    found = [at(mesh, "/", port)[0] for port in (3000, 3001)]
    mesh.check("H8 each port has its routes", found == ["red", "blue"], found)


def behind(mesh):
    found = at(mesh, "/color/tell")
    mesh.check("H9 the router's routes see what the gateway has made", found[:2] == (
        "blue", "/tell"), found)
    reply = mesh.outside("edge", 3000, "/color/x")
    mesh.check("H9 and what they do not match is 404", reply.status == 404, reply)
    reply = mesh.outside("edge", 3443, tls=certificates.client())
    plain = mesh.outside("edge", 3443)
    mesh.check("H11 a listener with TLS takes nothing else", reply.status == 200
               and plain.status == 0, (reply, plain))
