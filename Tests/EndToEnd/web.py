"""What the HTTP servers of app.py answer: JSON about the request.

/fetch?url= calls another server and tells its answer; /relay?url= answers as that server did.
Any request may say how it wants to be answered:

    ?s=2                  after two seconds (/slow: after three)
    ?status=503,503,200   with this status
    ?failing=ip-10-20-0-5 with status 500, or ?status=, by the task of this host name alone

Of several values, separated by commas, each is for one request of this path and query, and the last
one for all that follow.

POST /health?status=503 decides what GET /health says from now on.
"""
import collections
import http.server
import json
import os
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

in_flight = 0
asked = collections.Counter()
lock = threading.Lock()
health = "200"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        global in_flight
        in_flight += 1
        try:
            self.answer()
        finally:
            in_flight -= 1

    do_POST = do_PUT = do_GET

    def do_CONNECT(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"tunnel to " + self.path.encode() + b"\n")
        self.close_connection = True

    def answer(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        reply = {
            "name": os.environ.get("CONTAINER_NAME", "peer"),
            "host": os.environ.get("HOSTNAME", "peer"),
            "port": self.server.server_port,
            "uid": os.getuid(),
            "path": self.path,
            "version": self.request_version,
            "remote": self.client_address[0],
            "headers": {name.lower(): value for name, value in self.headers.items()},
        }
        with lock:
            asked[self.path] += 1
        if url.path == "/slow" or "s" in query:
            print("begins", self.path, flush=True)
            time.sleep(float(self.turn(query.get("s", "3"))))
        status = self.status(url.path, query)
        if url.path in ("/fetch", "/relay"):
            reply["fetched"] = fetch(query["url"])
            if url.path == "/relay":
                status = reply["fetched"].get("status", 502)
        self.send(status, json.dumps(reply).encode())

    def status(self, path, query):
        global health
        if path == "/health":
            if self.command == "POST":
                health = query["status"]
                return 200
            return int(health)
        own = os.environ.get("HOSTNAME")
        if query.get("failing", own) != own:
            return 200
        return int(self.turn(query.get("status", "500" if "failing" in query else "200")))

    def turn(self, values):
        """The one of these values that is for this request."""
        values = values.split(",")
        return values[min(asked[self.path], len(values)) - 1]

    def send(self, status, body):
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *arguments):
        print(self.client_address[0], format % arguments, flush=True)


def fetch(url):
    context = ssl._create_unverified_context()
    try:
        with urllib.request.urlopen(url, timeout=30, context=context) as response:
            body = response.read().decode()
            return {"status": response.status, "body": body, "headers": dict(response.headers)}
    except urllib.error.HTTPError as error:
        return {"status": error.code, "body": error.read().decode()}
    except OSError as error:
        return {"error": repr(error)}
