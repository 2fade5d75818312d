"""Which tasks run, and under which names they are found.

The definition of a task is the file NAME.json in the folder of task definitions.
"""
from mesh.vpc import NOBODY

FRONTEND = "ecsdemo-frontend.service.local"
NODEJS = "ecsdemo-nodejs.service.local"
CRYSTAL = "ecsdemo-crystal.service.local"

TASKS = {
    # The workshop's mesh, DROP_ALL.
    "gateway": [],
    "frontend": [FRONTEND],
    "nodejs-1": [NODEJS],
    "nodejs-2": [NODEJS],
    "crystal": [CRYSTAL],
    # meshes/lab, ALLOW_ALL.
    "caller": ["caller.lab"],
    "red": ["red.lab", "pair.lab", "eject.lab", "checked.lab"],
    "blue": ["blue.lab", "pair.lab", "eject.lab", "checked.lab"],
    "many": ["many.lab"],
    "vault": ["vault.lab", "imposter.lab"],
    "edge": [],
}
# Virtual services of routers: other names than any task's.
ROUTED = [
    "color", "db", "doors", "each", "elsewhere", "enforced", "evicting", "mail", "matches",
    "mutual", "nothing", "once", "patient", "priority", "retries", "routes", "rpc", "watched",
    "web2", "weights", "zero",
]


def records(addresses):
    """What the DNS server says, of the addresses of the tasks by name."""
    found = {f"{name}.lab": [NOBODY] for name in ROUTED}
    for task, names in TASKS.items():
        for name in names:
            found.setdefault(name, []).append(addresses[task])
    return found
