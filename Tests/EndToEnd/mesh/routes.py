"""Which requests go where (rows E)."""
from mesh.calls import query

DRAWS = 400
# Path, the header x-color that matches (None: absent), and one that does not.
HEADERS = [
    ("exact", "teal", "tea"), ("prefix", "tern", "steal"), ("suffix", "coral", "teals"),
    ("regex", "travel", "xteal"), ("range", "10", "20"), ("present", "", None),
]


def rows(mesh):
    weights(mesh)
    precedence(mesh)
    headers(mesh)
    others(mesh)


def color(mesh, service, path="/", **options):
    """`red` or `blue`: the task that answers the made-up mesh's caller."""
    reply = mesh.asks(service, path, **options)
    names = {mesh.host(name): name for name in ("red", "blue")}
    return names.get(reply.app.get("host"), reply)


def drawn(mesh, service):
    client = mesh.client("caller", service)
    return [client.get("/", host=f"{service}:3000").app.get("host") for _ in range(DRAWS)]


def weights(mesh):
    hosts = drawn(mesh, "weights.lab")
    red, blue = (hosts.count(mesh.host(name)) for name in ("red", "blue"))
    noise = 5 * (0.75 * 0.25 / DRAWS) ** 0.5  # five standard deviations
    mesh.check("E1 weights 3:1", red + blue == DRAWS
               and abs(red / DRAWS - 0.75) < noise, (red, blue))
    hosts = drawn(mesh, "zero.lab")
    mesh.check("E1 weight 0 gets nothing", set(hosts) == {mesh.host("red")}, set(hosts))


def precedence(mesh):
    found = {path: color(mesh, "routes.lab", path) for path in ("/", "/b", "/a", "/a/c", "/a/b")}
    mesh.check("E2 the most specific path wins", found == {
        "/": "red", "/b": "red", "/a": "blue", "/a/c": "blue", "/a/b": "red"}, found)
    found = [color(mesh, "priority.lab", path) for path in ("/longer", "/")]
    mesh.check("E3 priority beats a longer prefix", found == ["blue", "blue"], found)


def headers(mesh):
    for kind, right, wrong in HEADERS:
        for path, values in ((f"/{kind}", (right, wrong)), (f"/not-{kind}", (wrong, right))):
            sent = [{} if value is None else {"x-color": value} for value in values]
            found = [color(mesh, "matches.lab", path, headers=fields) for fields in sent]
            mesh.check(f"E4 header {path[1:]}", found == ["blue", "red"], (sent, found))


def others(mesh):
    found = [color(mesh, "matches.lab", "/query" + text) for text in
             (query(color="teal"), query(color="red"), "")]
    mesh.check("E5 query parameter, exact", found == ["blue", "red", "red"], found)
    found = [color(mesh, "matches.lab", "/any-query" + text) for text in
             (query(color="red"), query(other="teal"))]
    mesh.check("E5 query parameter, present", found == ["blue", "red"], found)
    found = [color(mesh, "matches.lab", "/method", method=method) for method in ("POST", "GET")]
    mesh.check("E6 method", found == ["blue", "red"], found)
    found = [color(mesh, "matches.lab", "/scheme", headers={"x-forwarded-proto": scheme})
             for scheme in ("https", "http")]
    mesh.check("E6 scheme", found == ["blue", "red"], found)
    found = [color(mesh, "matches.lab", path) for path in ("/number/12", "/number/12/x")]
    mesh.check("E2 a regular expression is for the whole path", found == ["blue", "red"], found)
    found = [color(mesh, "doors.lab", port=port) for port in (3000, 3001)]
    mesh.check("E9 each of a router's ports has its routes", found == ["red", "blue"], found)
