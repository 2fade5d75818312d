"""What reaches an application through its Envoy (rows B)."""
import concurrent.futures

from mesh.calls import query

CALLS = 5


def rows(mesh):
    counted(mesh)
    logged(mesh)


def counted(mesh):
    names = ["listener.0.0.0.0_15000.downstream_cx_total",
             "cluster.cds_ingress_ecs-mesh_nodejs_http_3000.upstream_rq_total"]
    before = [mesh.stat("nodejs-1", name) for name in names]
    replies = [mesh.outside("nodejs-1", path=f"/b1/{n}") for n in range(CALLS)]
    after = [mesh.stat("nodejs-1", name) for name in names]
    mesh.check("B1 requests reach the application on its loopback address", all(
        reply.status == 200 and reply.app["remote"] == "127.0.0.1"
        and reply.app["host"] == mesh.host("nodejs-1") for reply in replies), replies)
    mesh.check("B1 and are counted under App Mesh's names", all(
        later - earlier >= CALLS for earlier, later in zip(before, after)), (before, after))


def logged(mesh):
    mesh.inside("frontend", "ecsdemo-crystal.service.local", "/b8")
    for task, way in (("frontend", "egress"), ("crystal", "ingress")):
        def lines(task=task):
            return [line for line in mesh.log(task).splitlines() if '"GET /b8 HTTP/1.1"' in line]
        found = mesh.settles(lines)
        # Envoy's own format: [time] "request" status flags…
        mesh.check(f"B8 a line of Envoy's own format for a request, {way}",
                   len(found) == 1 and found[0].startswith("[20") and '" 200 - ' in found[0], found)
    for task, line in (("red", "red /b9 200"), ("blue", '"logged_path":"/b9"')):
        mesh.outside(task, path="/b9")
        mesh.check(f"B9 a line of the format that is given, {task}", mesh.settles(
            lambda task=task, line=line: line in mesh.log(task)), mesh.log(task)[-500:])


def port_rows(mesh):
    replies = [mesh.outside("many", port) for port in (3001, 3002)]
    mesh.check("B3 each port leads to the application's own",
               [reply.app.get("port") for reply in replies] == [3001, 3002], replies)
    pool(mesh)


def pool(mesh):
    """Port 3001 has two connections, and one request may wait. One after the other: a request
    waits too while a connection for it is being made."""
    counted = "cluster.cds_ingress_lab_many_http_3001.upstream_rq_"
    path = "/b6" + query(s="8,8,2")
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        taken = []
        for name, number in (("active", 1), ("active", 2), ("pending_active", 1)):
            taken.append(threads.submit(mesh.outside, "many", 3001, path))
            mesh.settles(lambda: mesh.stat("many", counted + name) == number)
        rest = list(threads.map(lambda _: mesh.outside("many", 3001, path), range(5)))
        found = [future.result().status for future in taken] + [reply.status for reply in rest]
    mesh.check("B6 of eight slow requests three are taken", found == [200] * 3 + [503] * 5, found)
    refused = mesh.stat("many", counted + "pending_overflow")
    mesh.check("B6 and the others overflow the connection pool", refused == 5, refused)
