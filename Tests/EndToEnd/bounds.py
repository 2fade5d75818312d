"""What one sidecar holds, and what an attacker can make it hold."""
import os
import subprocess

from lifecycle import envoy_process, status
from network import HERE, LIBRARIES, PYTHON, TASK_IP, until

MEBIBYTE = 1024
MOST = 300  # MiB under attack, with default options
HEAD_SECONDS = 60  # that the head of a request may take


def resident(s):
    """MiB of Envoy."""
    return int(status(envoy_process(s), "VmRSS")) / MEBIBYTE


class Load:
    """`load.py` where the peers are; use it in a `with` statement."""

    def __init__(self, s, kind, count, seconds):
        self.path = f"{s.task.folder}/{kind}.log"
        self.count = count
        self.log = open(self.path, "w")
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", s.task.network.peer, PYTHON, f"{HERE}/load.py", kind, TASK_IP,
             "8080", str(count), str(seconds)], stdout=self.log, stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": LIBRARIES})

    def number(self, word):
        """What it printed behind a word; `None`: nothing yet."""
        with open(self.path) as file:
            lines = [line.split() for line in file]
        return next((int(line[1]) for line in lines if line[0] == word), None)

    def wait(self, word, seconds):
        until(lambda: self.number(word) is not None or self.process.poll() is not None, seconds,
              f"{word} {self.path}")
        return self.number(word)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.log.close()


def serves(s):
    return "200 OK" in s.peer_curl("-i http://$TASK_IP:8080/")


def stand(s, kind, count, seconds=0):
    """Lets `count` of a kind stand, and says what they need."""
    idle = resident(s)
    with Load(s, kind, count, seconds) as load:
        stood, most = load.wait("ready", 120), resident(s)
        s.check(f"all {kind} stand", stood == count, stood)
        s.check("others are served", serves(s))
        s.note(f"{count} {kind}: {idle:.0f} -> {most:.0f} MiB,"
               f" {(most - idle) * MEBIBYTE / count:.0f} KiB each")
        yield most
        left = load.wait("left", seconds + 30)
        yield left


def uploads(s):
    """Uploads over 25 connections that the application does not read."""
    most = next(stand(s, "uploads", 25))
    s.check("Envoy stays small", most < MOST, most)


def heads(s):
    """3,000 requests whose head of 50 KB never ends."""
    most, left = stand(s, "heads", 3000, HEAD_SECONDS + 10)
    s.check("Envoy stays small", most < MOST, most)
    s.check("they are closed", left == 0, left)


def kept(s):
    """2,000 connections that have made a request."""
    most, left = stand(s, "kept", 2000, 20)
    s.check("Envoy stays small", most < MOST, most)
    s.check("all stay", left == 2000, left)


def sockets(s):
    """5,000 WebSockets on which nobody says a word."""
    _, left = stand(s, "websockets", 5000, 20)
    s.check("all stay", left == 5000, left)
