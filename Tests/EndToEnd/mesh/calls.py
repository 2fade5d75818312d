"""Clients: requests from a task's network namespace, or from outside, by this process itself.

A socket belongs to the namespace in which it is made, whatever its process does later, so nothing
has to be started for a call. Its user is root, whose traffic ECS's rules lead to Envoy.
"""
import ctypes
import http.client
import json
import os
import socket
import ssl
import time
import urllib.parse

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNET = 0x40000000  # <sched.h>
PATIENCE = 60  # seconds, longer than anything that is awaited


class Reply:
    """Status 0: no answer came, for the reason in `error`."""

    def __init__(self, status=0, headers=None, body=b"", error=None, seconds=0.0):
        self.status, self.headers, self.body, self.error = status, headers or {}, body, error
        self.seconds = seconds

    @property
    def app(self):
        """What the application said about the request; nothing if it was not the application."""
        try:
            return json.loads(self.body)
        except ValueError:
            return {}

    def __repr__(self):
        return f"{self.status} {self.error or self.body[:300]!r} {self.headers}"


def enter(namespace):
    """Leads this thread to a namespace by its name."""
    with open(f"/run/netns/{namespace}") as file:
        join(file.fileno())


def join(descriptor):
    if LIBC.setns(descriptor, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


def made_in(namespace):
    """A new TCP socket in the namespace of a task, or in this process's own (None)."""
    if namespace is None:
        return socket.socket()
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        enter(namespace)
        return socket.socket()
    finally:
        join(home)
        os.close(home)


def connect(namespace, address, timeout=PATIENCE):
    made = made_in(namespace)
    made.settimeout(timeout)
    try:
        made.connect(address)
    except OSError:
        made.close()
        raise
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


class Client:
    """HTTP/1.1 to one address on one connection, which is made anew when the server closes it."""

    def __init__(self, namespace, address, tls=None, server_name=None):
        self.namespace, self.address = namespace, address
        self.tls, self.server_name = tls, server_name
        self.connection = None

    def get(self, path="/", host=None, headers=None, method="GET"):
        began = time.monotonic()
        try:
            reply = self.ask(method, path, {"host": host or self.address[0], **(headers or {})})
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return Reply(error=repr(error), seconds=time.monotonic() - began)
        reply.seconds = time.monotonic() - began
        return reply

    def ask(self, method, path, headers):
        if not self.connection:
            self.connection = http.client.HTTPConnection(*self.address)
            connected = connect(self.namespace, self.address)
            if self.tls:
                connected = self.tls.wrap_socket(connected, server_hostname=self.server_name)
            self.connection.sock = connected
        self.connection.request(method, path, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        if response.will_close:
            self.close()
        names = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, names, body)

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


def get(namespace, address, path="/", **options):
    """One request on a connection of its own."""
    tls, server_name = options.pop("tls", None), options.pop("server_name", None)
    client = Client(namespace, address, tls, server_name)
    try:
        return client.get(path, **options)
    finally:
        client.close()


def unverified():
    """A TLS client that takes any certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def talk(namespace, address, first=b""):
    """(seconds, bytes): sends `first` and waits for the first bytes of the answer."""
    began = time.monotonic()
    try:
        with connect(namespace, address) as connected:
            if first:
                connected.sendall(first)
            received = connected.recv(4096)
    except OSError:
        received = b""
    return time.monotonic() - began, received


def query(**parameters):
    return "?" + urllib.parse.urlencode(parameters, safe=",:/")
