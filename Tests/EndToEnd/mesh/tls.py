"""Who talks TLS to whom, and shows what (rows G)."""
from mesh import certificates

VAULT = "listener.0.0.0.0_15000.ssl"
TO_VAULT = "cluster.cds_egress_lab_vault_http_3001"


def rows(mesh):
    mutual(mesh)
    strict(mesh)
    permissive(mesh)
    policies(mesh)


def mutual(mesh):
    reply = mesh.asks("mutual.lab")
    mesh.check("G1 both sides show certificates, the server's from variables", reply.status == 200, reply)
    counts = {name: mesh.stat("vault", f"{VAULT}.{name}")
              for name in ("handshake", "no_certificate")}
    mesh.check("G1 and the listener has seen nothing else",
               counts["handshake"] > 0 and counts["no_certificate"] == 0, counts)
    mesh.check("G4 without names, the server's is that under which it is found",
               mesh.asks("mutual.lab").status == 200)


def strict(mesh):
    for what, status, options in [
            ("plain text", 0, {}),
            ("no certificate", 0, {"tls": certificates.client()}),
            ("another name", 0, {"tls": certificates.client("stranger.lab")}),
            ("the right name", 200, {"tls": certificates.client("caller.lab")})]:
        reply = mesh.outside("vault", 3000, **options)
        mesh.check(f"G2 a client with {what}", reply.status == status and reply.seconds < 10, reply)


def permissive(mesh):
    for what, options in [("plain text", {}), ("TLS", {"tls": certificates.client()})]:
        reply = mesh.outside("vault", 3001, **options)
        mesh.check(f"G3 PERMISSIVE takes {what}", reply.status == 200, reply)
    reply = mesh.asks("vault.lab", port=3001)
    mesh.check("G3 callers of the mesh without a policy use TLS", reply.status == 200
               and mesh.stat("caller", f"{TO_VAULT}.ssl.handshake") > 0, reply)


def policies(mesh):
    cluster = r"cluster\.cds_egress_lab_imposter_http_3002.*\.ssl\.fail_verify_san"
    reply = mesh.asks("imposter.lab", port=3002)
    mesh.check("G4 a server of another name is refused", reply.status == 503
               and sum(mesh.stats("caller", cluster).values()) > 0, reply)
    reply = mesh.asks("elsewhere.lab")
    mesh.check("G5 a policy for other ports is none", reply.status == 200, reply)
    reply = mesh.asks("enforced.lab")
    mesh.check("G6 enforced TLS fails at a server without it", reply.status == 503, reply)
    found = mesh.stats("caller", r"cluster\.cds_egress_lab_vault_http_3000.*\.membership_total")
    mesh.check("G8 two policies for one node make two clusters", len(found) == 2, found)
