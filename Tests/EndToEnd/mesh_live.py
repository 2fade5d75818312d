"""Runs whole App Mesh meshes, compiled by the tool, and sees whether they do what App Mesh did.

    mesh_live.py DEFINITIONS FOLDER

DEFINITIONS holds the task definitions of mesh/plan.py; FOLDER takes logs. Prints a line for each
check, which begins with the row of the table of behaviour that it proves, and exits 1 if one
failed. Root, iptables; ENVOY_BIN is the real Envoy.
"""
import concurrent.futures
import signal
import sys
import time
import traceback

from mesh import (
    certificates, discovery, egress, gateway, ingress, members, paths, protocols, retries, routes,
    timeouts, tls)
from mesh.isolation import isolate
from mesh.live import LiveMesh
from mesh.vpc import VPC

# Those that wait for most of their time go on beside the others.
WAITING = [timeouts.rows, ingress.port_rows, discovery.health_rows]
OTHERS = [
    members.rows, ingress.rows, egress.rows, routes.rows, retries.rows, protocols.rows, tls.rows,
    gateway.rows, discovery.rows,
]


def run(rows, mesh):
    """A group that breaks off has failed, and the others go on."""
    began = time.time()
    try:
        rows(mesh)
    except Exception:
        mesh.check(f"{rows.__module__}.{rows.__name__}", False, traceback.format_exc()[-1500:])
    mesh.say(f"NOTE {rows.__module__}.{rows.__name__}: {time.time() - began:.1f} s")


def main(definitions, folder):
    began = time.time()
    certificates.make()
    with VPC(folder) as vpc, LiveMesh(vpc, definitions) as mesh:
        mesh.say(f"NOTE up after {time.time() - began:.1f} s")
        paths.wait(mesh)
        mesh.say(f"NOTE ready after {time.time() - began:.1f} s")
        with concurrent.futures.ThreadPoolExecutor() as pool:
            waiting = [pool.submit(run, rows, mesh) for rows in WAITING]
            for rows in OTHERS:
                run(rows, mesh)
            concurrent.futures.wait(waiting)
        mesh.say(f"NOTE done after {time.time() - began:.1f} s")
        if mesh.failed:
            raise SystemExit(1)


if __name__ == "__main__":
    # Threads of the test runner block signals, and all others would inherit that.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    isolate()
    main(*sys.argv[1:])
