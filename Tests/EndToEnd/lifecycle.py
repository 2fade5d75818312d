"""How a task with a sidecar starts, runs and ends."""
import os
import time

from container import limit
from network import PEER_IP, until


def times(scenario, event, container, **details):
    """When this happened to the container, in seconds after the task's start."""
    wanted = {"event": event, "container": container, **details}
    return [e["t"] for e in scenario.task.events if wanted.items() <= e.items()]


def order(scenario):
    """lifecycle.json with the X-Ray daemon, injected: `migrate` calls a peer before `app` starts."""
    s = scenario
    started = [e["container"] for e in s.task.events if e["event"] == "started"]
    s.check("started in order", started == ["xray-daemon", s.envoy, "migrate", "app"], started)
    healthy = times(s, "checked", s.envoy, ok=True)
    s.check("nothing that needs the network starts before Envoy is healthy",
            healthy and times(s, "started", "migrate") > healthy[:1], s.task.events)
    s.check("the init container has network", times(s, "exited", "migrate", code=0)
            and s.logged(path="/migrate", response_code=200), s.task.output("migrate"))
    process = envoy_process(s)
    s.check("Envoy runs as the user that is not redirected", status(process, "Uid") == "1337")
    s.check("Envoy has no capability", int(status(process, "CapEff"), 16) == 0)
    with open(f"/proc/{process}/mountinfo") as file:
        roots = [line.split() for line in file if line.split()[4] == "/"]
    s.check("the root file system is read-only", "ro" in roots[-1][5].split(","), roots)
    with open(f"/proc/{process}/limits") as file:
        files = next(line.split() for line in file if line.startswith("Max open files"))
    most = limit({"name": "nofile", "softLimit": 65536, "hardLimit": 65536})
    s.check("the file limit is raised", f"--nofile={files[3]}:{files[4]}" == most, files)
    stopped_in_order(s)


def stopped_in_order(s):
    """The request in flight is the application's, and Envoy has to be there for its answer."""
    reply = s.slow_request()
    s.task.down()
    text = reply()
    s.check("the request in flight ends", "200 OK" in text, text)
    stopping = [e["container"] for e in s.task.events if e["event"] == "stopping"]
    s.check("stopped in reverse order", stopping == ["app", s.envoy, "xray-daemon"], stopping)
    # In the same millisecond, if the task is quick.
    s.check("one after the other", times(s, "exited", "app") <= times(s, "stopping", s.envoy),
            s.task.events)
    s.check("nobody is killed", not any(e["event"] == "killed" for e in s.task.events))
    codes = {c.name: c.exit_code for c in s.task.containers.values()}
    s.check("all end well", set(codes.values()) == {0}, codes)


def envoy_process(s):
    """Envoy itself, the child of its entry point."""
    parent = s.task.containers[s.envoy].process.pid
    with open(f"/proc/{parent}/task/{parent}/children") as file:
        children = file.read().split()
    return next(c for c in children if "envoy" in os.readlink(f"/proc/{c}/exe"))


def status(process, name):
    with open(f"/proc/{process}/status") as file:
        return next(line.split()[1] for line in file if line.startswith(name + ":"))


def drain(s):
    """Envoy is told to stop while the application goes on; it drains for 5 seconds."""
    reply = s.slow_request()
    envoy, began = s.task.containers[s.envoy], time.time()
    envoy.process.terminate()

    def draining():
        return "connection: close" in s.peer_curl("-i http://$TASK_IP:8080/new").lower()
    until(lambda: draining() or time.time() > began + 4, 10, "Envoy drains")
    new = s.peer_curl("-i http://$TASK_IP:8080/new").lower()
    s.check("new requests are served and the connection closed",
            "200 ok" in new and "connection: close" in new, new)
    text = reply()
    s.check("the request in flight ends", "200 OK" in text, text)
    until(lambda: envoy.exit_code is not None, 20, "Envoy ends")
    took = times(s, "exited", s.envoy)[0] - (began - s.task.began)
    s.check("Envoy ends after the drain", 5 <= took < 7, took)
    s.check("with its own status", envoy.exit_code == 0, envoy.exit_code)


def job(s):
    """job.json injected with --job: `report` calls a peer and ends, and so does the task."""
    until(lambda: s.task.stopped_reason, 20, "the job ends")
    s.check("the task ends with the application",
            s.task.stopped_reason == "Essential container in task exited: report",
            s.task.stopped_reason)
    s.check("the job went through Envoy", times(s, "exited", "report", code=0)
            and s.logged(path="/report", response_code=200), s.task.output("report"))
    envoy = s.task.containers[s.envoy]
    s.check("Envoy does not keep the task alive", not envoy.essential)
    s.task.down()
    s.check("Envoy ends well", envoy.exit_code == 0, envoy.exit_code)


def xds_unreachable(s):
    """An ADS sidecar that asks an address where nobody is."""
    took, envoy = times(s, "started", "app")[0], s.task.containers[s.envoy]
    s.check("the task starts", envoy.health == "HEALTHY", envoy.health)
    s.check("in time", took < 14, took)
    s.note(f"healthy without a management server after {took:.1f} s")


def xds(s):
    """An ADS sidecar of node orders-id in cluster orders that asks PEER_IP:18000."""
    until(lambda: s.peer_curl("http://$TASK_IP:8080/") == "routed by xds", 10, "the routes")
    s.check("the server's routes take effect", True)
    log = s.task.output("peer")
    s.check("the server knows the node", "orders-id orders" in log, log)
    s.check("nothing was refused", "NACK" not in log and "ACK" in log, log)
    admin = s.peer_curl("-o /dev/null -w '%{http_code}' http://$TASK_IP:9901/")
    s.check(f"{PEER_IP} does not reach the admin interface", admin.startswith("000"), admin)
