"""How long a request may take (rows B, F and H)."""
import concurrent.futures

from mesh.calls import query
from mesh.plan import CRYSTAL

EARLY = 0.1  # seconds; Envoy's clock stands still while it does something
LATE = 10  # seconds, for busy machines; a time-out that is not kept is later by more


def rows(mesh):
    slow, slower = query(s=17), query(s=40)
    asked = [
        # Name, status, seconds, and how to ask.
        ("F1 nothing given: 504 after 15 seconds", 504, 15,
         lambda: mesh.inside("frontend", CRYSTAL, "/f1" + slower)),
        ("F2 the route's time-out: 504 after a second", 504, 1,
         lambda: mesh.asks("retries.lab", "/second" + slower)),
        ("F3 a longer one ends at the callee's 15 seconds", 504, 15,
         lambda: mesh.asks("retries.lab", "/minute" + slower)),
        ("B7 the listener's time-out takes the place of 15 seconds", 200, 17,
         lambda: mesh.outside("many", 3002, "/b7" + slow)),
        ("H10 the gateway waits as long as the route behind it", 200, 17,
         lambda: mesh.outside("edge", 3000, "/patient/" + slow)),
    ]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        replies = [pool.submit(ask) for *_, ask in asked]
    for (name, status, seconds, _), reply in zip(asked, [future.result() for future in replies]):
        in_time = seconds - EARLY <= reply.seconds < seconds + LATE
        mesh.check(name, reply.status == status and in_time, (reply, reply.seconds))
