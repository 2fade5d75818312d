"""Conversations over raw sockets between two network namespaces, recorded byte by byte."""
import ctypes
import errno
import os
import socket
import struct
import threading
import time

CLONE_NEWNET = 0x40000000
QUIET = 0.2  # seconds without a byte or an end after which a step is over
PATIENCE = 4  # seconds that anything may take to happen on a busy machine
NAMESPACES = "/run/netns"

libc = ctypes.CDLL(None, use_errno=True)


def in_namespace(namespace, make):
    """What `make()` returns in a network namespace; a socket stays there."""
    made = []

    def run():
        file = os.open(f"{NAMESPACES}/{namespace}", os.O_RDONLY)
        try:
            if libc.setns(file, CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), f"cannot enter {namespace}")
            made.append(make())
        except OSError as error:
            made.append(error)
        finally:
            os.close(file)
    # A thread of its own, because it stays in the namespace.
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if isinstance(made[0], OSError):
        raise made[0]
    return made[0]


def listen(namespace, address):
    """A health check that is being forked may hold the last listener of this address for a while."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return in_namespace(namespace, lambda: socket.create_server(address, backlog=64))
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def connect(namespace, address):
    return in_namespace(namespace, lambda: socket.create_connection(address, timeout=PATIENCE))


class End:
    """One end of a connection: collects what arrives until the peer ends it."""

    def __init__(self, connected, changed):
        self.socket, self.changed = connected, changed
        self.received, self.state = b"", "open"
        connected.settimeout(None)
        threading.Thread(target=self.collect, daemon=True).start()

    def collect(self):
        try:
            while data := self.socket.recv(65536):
                self.received += data
                self.changed()
            self.state = "eof"
        except OSError:
            if self.state == "open":
                self.state = "reset"
        self.changed()

    def act(self, what):
        """Sends bytes, or ends the connection: `eof` half of it, `close`, `reset`."""
        try:
            if isinstance(what, bytes):
                self.socket.sendall(what)
            elif what == "eof":
                self.socket.shutdown(socket.SHUT_WR)
            elif what == "reset":
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.leave()
            else:
                self.leave()
        except OSError:
            pass

    def leave(self):
        self.state = "left"
        # A thread that reads keeps the socket open: `shutdown` wakes it.
        try:
            if not self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)[0]:
                self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.socket.close()


class Conversation:
    """Runs steps like ("c", b"PING"), ("s", b"PONG"), ("c", "eof") between a client and a server.

    The next step begins when nothing has arrived anywhere for a while: what a step causes is what
    counts, not how fast. A delay of the sidecar's shows in `seconds`.
    """

    def __init__(self, listener):
        self.listener = listener
        self.servers, self.client = [], None
        self.last = time.monotonic()
        self.happened = 0
        self.is_over = False
        self.accepting = threading.Thread(target=self.accept, daemon=True)

    def changed(self):
        self.happened += 1
        self.last = time.monotonic()

    def accept(self):
        self.listener.settimeout(0.1)
        while not self.is_over:
            try:
                connected = self.listener.accept()[0]
            except OSError:
                continue
            self.servers.append(End(connected, self.changed))

    def run(self, connected, steps):
        """What both ends received, and how the connection stands at each of them."""
        self.client = End(connected, self.changed)
        self.accepting.start()
        slowest = 0.0
        for who, what in steps:
            before, began = self.happened, time.monotonic()
            end = self.client if who == "c" else self.server()
            if end:
                end.act(what)
            self.settle(before, began)
            if self.happened > before:
                slowest = max(slowest, self.last - began)
        seen = {
            "server": b"".join(s.received for s in self.servers), "client": self.client.received,
            "server end": self.servers[0].state if self.servers else "none",
            "client end": self.client.state, "seconds": slowest}
        self.finish()
        return seen

    def server(self):
        """The server's end, once the connection is there."""
        deadline = time.monotonic() + PATIENCE
        while not self.servers and time.monotonic() < deadline:
            time.sleep(0.005)
        return self.servers[0] if self.servers else None

    def settle(self, before, began):
        while time.monotonic() < began + PATIENCE:
            quiet_since = self.last if self.happened > before else None
            if quiet_since and time.monotonic() > quiet_since + QUIET:
                return
            time.sleep(0.01)

    def finish(self):
        self.is_over = True
        self.accepting.join()
        for end in [self.client, *self.servers]:
            end.act("close")
        self.listener.close()
