"""Whether every path through the meshes can be taken.

Envoy takes requests as soon as it is healthy, and the container that waits for that starts only
then: for the first half second a request finds no application (503, UF). Names that are not there
when Envoy first asks for them are asked for again after five seconds (503, UH). Only a request that
went well tells that the next one will.
"""
from mesh.calls import query
from mesh.plan import CRYSTAL, NODEJS
from network import until

PATIENCE = 120  # seconds
# The applications first: errors of theirs would count for outlier detection.
APPLICATIONS = [
    ("frontend", 3000), ("nodejs-1", 3000), ("nodejs-2", 3000), ("crystal", 3000), ("red", 3000),
    ("blue", 3000), ("many", 3001), ("many", 3002), ("vault", 3001),
]
# Services of the made-up mesh that lead to plain HTTP applications.
SERVICES = ["weights", "routes", "matches", "retries", "once", "each", "evicting", "watched"]


def wait(mesh):
    paths = {}
    for task, port in APPLICATIONS:
        paths[f"{task}:{port}"] = lambda task=task, port=port: mesh.outside(task, port)
    for name in SERVICES:
        paths[f"caller to {name}.lab"] = lambda name=name: mesh.asks(f"{name}.lab")
    paths["edge to red.lab"] = lambda: mesh.outside("edge")
    for service in (NODEJS, CRYSTAL):
        url = query(url=f"http://{service}:3000/")
        paths[f"gateway, frontend, {service}"] = (
            lambda url=url: mesh.outside("gateway", path="/relay" + url))
    for path, taken in paths.items():
        until(lambda: taken().status == 200, PATIENCE, f"a request takes its way: {path}")
