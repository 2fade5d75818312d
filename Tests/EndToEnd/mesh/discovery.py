"""How tasks are found, and left alone when they do not serve (rows D)."""
from mesh.calls import query
from mesh.plan import NODEJS

DRAWS = 300
# Five standard deviations of a share of one half.
NOISE = 5 * (0.5 * 0.5 / DRAWS) ** 0.5
SECONDS = 20  # Envoy asks every 5; the rest is for busy machines
EVICTING = "cluster.cds_egress_lab_evicting_http_3000"
WATCHED = "cluster.cds_egress_lab_watched_http_3000"
NODES = "cluster.cds_egress_ecs-mesh_nodejs_http_3000.membership_total"


def rows(mesh):
    client = mesh.client("frontend", NODEJS)
    found = answering(client, NODEJS, DRAWS)
    counts = [found.count(mesh.host(task)) for task in ("nodejs-1", "nodejs-2")]
    mesh.check("D1 both addresses of a Cloud Map service are used alike",
               sum(counts) == DRAWS and abs(counts[0] / DRAWS - 0.5) < NOISE, counts)
    for row, name, size in (("D3 LOADBALANCER", "once", 1), ("D4 ENDPOINTS", "each", 2)):
        total = mesh.stat("caller", f"cluster.cds_egress_lab_{name}_http_3000.membership_total")
        mesh.check(f"{row} makes {size} of two addresses", total == size, total)
    leaving(mesh)


def answering(client, service, count=40, **parameters):
    """The hosts of the tasks that answer these requests.

    What Envoy counts is known to its workers a moment later: one request more goes before, whose
    end a worker reaches only with the news."""
    path = "/" + (query(**parameters) if parameters else "")
    found = [client.get(path, host=f"{service}:3000").app.get("host") for _ in range(count + 1)]
    return found[1:]


def leaving(mesh):
    addresses = mesh.vpc.names.records[NODEJS]
    mesh.vpc.names.records[NODEJS] = addresses[:1]
    left = mesh.settles(lambda: mesh.stat("frontend", NODES) == 1, SECONDS)
    found = set(answering(mesh.client("frontend", NODEJS), NODEJS))
    mesh.vpc.names.records[NODEJS] = addresses
    mesh.check("D2 an address that leaves DNS is left alone soon", left
               and found == {mesh.host("nodejs-1")}, found)
    mesh.check("D2 and used again when it is back",
               mesh.settles(lambda: mesh.stat("frontend", NODES) == 2, SECONDS))


def health_rows(mesh):
    ejected(mesh)
    unhealthy(mesh)
    panic(mesh)


def ejected(mesh):
    client, red = mesh.client("caller", "evicting.lab"), mesh.host("red")
    active = f"{EVICTING}.outlier_detection.ejections_active"
    path, errors, before = "/d8" + query(failing=red), 0, []
    for _ in range(100):
        if errors == 3:
            break
        before.append(mesh.stat("caller", active))
        errors += client.get(path, host="evicting.lab:3000").status == 500
    mesh.check("D8 three errors in a row eject a task, and not fewer", errors == 3
               and not any(before) and mesh.settles(lambda: mesh.stat("caller", active) == 1),
               (errors, before))
    found = set(answering(client, "evicting.lab", failing=red))
    mesh.check("D8 from then on the other serves alone", found == {mesh.host("blue")}, found)
    overflow = f"{EVICTING}.outlier_detection.ejections_overflow"
    for _ in range(6):
        client.get("/d8" + query(status=500), host="evicting.lab:3000")
    mesh.check("D8 maxEjectionPercent is respected", mesh.settles(
        lambda: mesh.stat("caller", overflow) > 0) and mesh.stat("caller", active) == 1)


def unhealthy(mesh):
    client = mesh.client("caller", "watched.lab")
    mesh.check("D7 health checks succeed", mesh.settles(
        lambda: mesh.stat("caller", f"{WATCHED}.health_check.success") > 0))
    both = {mesh.host("red"), mesh.host("blue")}
    mesh.check("D7 two healthy tasks serve", mesh.settles(
        lambda: mesh.stat("caller", f"{WATCHED}.membership_healthy") == 2
        and set(answering(client, "watched.lab")) == both))
    mesh.outside("red", path="/health" + query(status=503), method="POST")
    gone = mesh.settles(lambda: mesh.stat("caller", f"{WATCHED}.membership_healthy") == 1)
    found = set(answering(client, "watched.lab"))
    mesh.check("D7 one that fails its health check gets no requests",
               gone and found == {mesh.host("blue")}, (gone, found))


def panic(mesh):
    """As `unhealthy` leaves it: red is unhealthy."""
    client, red, blue = mesh.client("caller", "watched.lab"), mesh.host("red"), mesh.host("blue")
    counter = f"{WATCHED}.lb_healthy_panic"
    before, seen = mesh.stat("caller", counter), set()

    def both():
        seen.update(answering(client, "watched.lab", 5, failing=blue))
        return seen >= {red, blue} and mesh.stat("caller", counter) > before
    mesh.check("D9 with nobody left but the unhealthy, all are used", mesh.settles(both), seen)
    active, success = f"{WATCHED}.outlier_detection.ejections_active", f"{WATCHED}.health_check.success"
    checks = mesh.stat("caller", success)
    mesh.check("D8 a health check that succeeds does not end an ejection", mesh.settles(
        lambda: mesh.stat("caller", success) >= checks + 2) and mesh.stat("caller", active) == 1)
    mesh.outside("red", path="/health" + query(status=200), method="POST")
