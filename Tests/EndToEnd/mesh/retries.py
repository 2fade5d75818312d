"""What is tried again (rows F)."""
from mesh.calls import query
from mesh.plan import CRYSTAL
from mesh.timeouts import EARLY

EVENTS = [
    # Path, and the statuses that are tried again and those that are not.
    ("server-error", (500, 501, 502, 503, 504, 511), (509, 409)),
    ("gateway-error", (502, 503, 504), (500, 409)),
    ("client-error", (409,), (500, 503)),
    ("stream-error", (), (409, 500, 503)),
]


def rows(mesh):
    default(mesh)
    events(mesh)
    tries(mesh)


def calls(mesh, key, *tasks):
    """How many requests with this key the applications have answered."""
    return mesh.app_log(*tasks).count(f"key={key}")


def default(mesh):
    reply = mesh.inside("frontend", CRYSTAL, "/" + query(status="503,503,200", key="f4"))
    count = calls(mesh, "f4 ", "crystal")
    mesh.check("F4 without a policy 503 is tried twice again",
               (reply.status, count) == (200, 3), (reply, count))
    url = f"http://{CRYSTAL}:3000/" + query(status=503, key="f5")
    reply = mesh.outside("gateway", path="/relay" + query(url=url))
    count = calls(mesh, "f5 ", "crystal")
    mesh.check("F5 on both legs, so nine calls", (reply.status, count) == (503, 9), (reply, count))


def tried(mesh, event, statuses):
    """The caller's status and the number of calls, of a service that answers these in turn."""
    key = f"{event}-{'-'.join(map(str, statuses))}"
    path = f"/{event}" + query(status=",".join(map(str, statuses)), key=key)
    status = mesh.asks("retries.lab", path).status
    return status, calls(mesh, key + " ", "red")


def events(mesh):
    found = tried(mesh, "server-error", (500, 500, 500, 200))
    mesh.check("F6 server-error, three times at most", found == (200, 4), found)
    found = tried(mesh, "connection-error", (503, 200))
    mesh.check("F7 connection-error does not look at statuses", found == (503, 1), found)
    for event, again, final in EVENTS:
        found = {status: tried(mesh, event, (status, 200)) for status in again + final}
        mesh.check(f"F8 {event}", found == {
            **{status: (200, 2) for status in again}, **{status: (status, 1) for status in final}},
            found)


def tries(mesh):
    reply = mesh.asks("retries.lab", "/hang" + query(s="30,0"))
    mesh.check("F9 a try ends after its own time-out", reply.status == 200
               and 2 - EARLY <= reply.seconds < 15, (reply, reply.seconds))
    path = "/" + query(failing=mesh.host("red"), status=503, key="f10")
    client = mesh.client("caller", "each.lab")
    replies = [client.get(path, host="each.lab:3000") for _ in range(20)]
    mesh.check("F10 the second try goes to the other task", all(
        reply.status == 200 and reply.app["host"] == mesh.host("blue") for reply in replies)
        and calls(mesh, "f10 ", "red"), replies)
