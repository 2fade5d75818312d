"""Namespaces of a run's own, for its network, mounts and processes.

Whatever the run makes (bridges, network namespaces, tasks, certificates) is there for it alone: two
runs cannot disturb each other. The kernel takes it all away when the run ends, however it ends.
"""
import os
import select
import subprocess
import sys

from network import sh

MARK = "INJECT_ENVOY_ISOLATED"
# `ip netns` keeps its files in the first two; what they hold outside stays there.
OWN_FOLDERS = ("/run/netns", "/etc/netns", "/mnt")
LOOK = 500  # ms between two looks at whether anybody still listens


def isolate():
    """Runs this program anew in its own namespaces, once."""
    if not os.environ.pop(MARK, None):
        sys.exit(outside())
    for folder in OWN_FOLDERS:
        os.makedirs(folder, exist_ok=True)
        sh("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", folder)


def outside():
    """The run's exit status. It ends early when nobody reads what it says: its caller is gone.

    unshare takes no notice of SIGTERM. It ends with this process, and its child with it, which is
    the first process of the namespace.
    """
    run = subprocess.Popen(
        ["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "--mount", "--propagation",
         "private", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable, *sys.argv],
        env={**os.environ, MARK: "1"})
    reader = select.poll()
    reader.register(sys.stdout, 0)  # errors alone: a pipe that nobody reads
    while run.poll() is None:
        if reader.poll(LOOK):
            run.kill()
    return run.returncode
