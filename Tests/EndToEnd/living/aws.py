"""An AWS for Envoy: moto behind TLS, and the endpoint at which ECS gives a task its keys.

Envoy reaches both in the namespace of the task's peers, by the names and the address that it knows.
The front before moto keeps what it was asked, and may be told to answer something else.
"""
import collections
import datetime
import hashlib
import hmac
import http.client
import http.server
import json
import os
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse

import boto3
from botocore.config import Config

from mesh.calls import enter, join
from network import sh, until

REGION = "eu-west-1"
CLOUD_MAP = f"data-servicediscovery.{REGION}.amazonaws.com"
SECRETS = f"secretsmanager.{REGION}.amazonaws.com"
BUCKET = f"mesh-objects.s3.{REGION}.amazonaws.com"
ADDRESS = "10.99.0.53"  # of the front
KEYS_ADDRESS = "169.254.170.2"
KEYS = {"AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "secret/of+role", "Token": "token=="}
MOTO = ("127.0.0.1", 5000)
SYSTEM = "/etc/ssl/certs/ca-certificates.crt"

Asked = collections.namedtuple("Asked", "host method path headers body time")
# What the front answers in place of moto.
Answer = collections.namedtuple("Answer", "status body")


def moto(service):
    """A client of one of moto's services."""
    return boto3.client(
        service, endpoint_url=f"http://{MOTO[0]}:{MOTO[1]}", region_name=REGION, aws_access_key_id="a",
        aws_secret_access_key="b", config=Config(inject_host_prefix=False))


class AWS:
    """Use it in a `with` statement, before the network is up. `folder` takes certificates."""

    def __init__(self, folder):
        self.folder, self.asked, self.servers = folder, [], []
        self.answers = {}  # by host
        self.first_answers = {}  # by host, each given once
        self.is_away = False
        self.process = None

    def __enter__(self):
        sh("ip", "link", "set", "lo", "up")
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", os.path.join(os.path.dirname(sys.executable), "moto_server"),
             "-H", MOTO[0], "-p", str(MOTO[1])], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self.moto_answers, 60, "moto answers")
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
        sh("openssl", "req", "-x509", *key, "-subj", "/CN=authority", "-keyout",
           f"{self.folder}/ca.key", "-out", f"{self.folder}/ca.pem")
        sh("openssl", "req", "-x509", *key, "-CA", f"{self.folder}/ca.pem", "-CAkey",
           f"{self.folder}/ca.key", "-subj", "/CN=aws", "-addext",
           f"subjectAltName=DNS:{CLOUD_MAP},DNS:{BUCKET},DNS:{SECRETS}", "-addext", "basicConstraints=CA:FALSE",
           "-keyout", f"{self.folder}/aws.key", "-out", f"{self.folder}/aws.pem")
        return self

    def __exit__(self, *_):
        for server in self.servers:
            server.shutdown()
        self.process.kill()
        self.process.wait()

    def moto_answers(self):
        try:
            connection = http.client.HTTPConnection(*MOTO, timeout=2)
            connection.request("GET", "/moto-api/")
            return connection.getresponse().status == 200
        except OSError:
            return False

    def trust(self, namespace):
        """The system's authorities of the task: `ip netns exec` binds the folder over /etc/ssl. Public ones
        are there as well, since they cost memory."""
        folder = f"/etc/netns/{namespace}/ssl/certs"
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/ca-certificates.crt", "w") as file:
            for path in (f"{self.folder}/ca.pem", SYSTEM):
                if os.path.exists(path):
                    with open(path) as authorities:
                        file.write(authorities.read())

    def serve(self, namespace):
        """Listens at both addresses in the namespace of the peers."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{self.folder}/aws.pem", f"{self.folder}/aws.key")
        front = self.server(namespace, (ADDRESS, 443), Front)
        front.socket = context.wrap_socket(front.socket, server_side=True, do_handshake_on_connect=False)
        self.server(namespace, (KEYS_ADDRESS, 80), Keys)
        for server in self.servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def server(self, namespace, address, handler):
        home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        try:
            enter(namespace)
            server = http.server.ThreadingHTTPServer(address, handler)
        finally:
            join(home)
            os.close(home)
        server.aws = self
        self.servers.append(server)
        return server

    def asked_of(self, host):
        return [asked for asked in list(self.asked) if asked.host == host]

    def await_questions(self, host, count=2, seconds=30):
        """Until Envoy has asked that often from now on, and has had time to act on the answers."""
        before = len(self.asked_of(host))
        until(lambda: len(self.asked_of(host)) >= before + count, seconds, f"questions to {host}")
        time.sleep(0.3)


class Front(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        aws, host = self.server.aws, self.headers["host"]
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        aws.asked.append(Asked(host, self.command, self.path, headers, body, time.time()))
        if aws.is_away:
            self.close_connection = True
            return
        answer, given = aws.first_answers.pop(host, None) or aws.answers.get(host), {}
        if not answer:
            connection = http.client.HTTPConnection(*MOTO, timeout=10)
            connection.request(self.command, self.path, body, headers)
            response = connection.getresponse()
            answer = Answer(response.status, response.read())
            given = {"etag": response.headers["etag"]} if response.headers["etag"] else {}
        self.send_response(answer.status)
        for name, value in given.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        if answer.status != 304:
            self.wfile.write(answer.body)

    do_POST = do_GET

    def log_message(self, *_):
        pass


class Keys(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=6)
        body = json.dumps({**KEYS, "Expiration": end.strftime("%Y-%m-%dT%H:%M:%SZ")}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def is_signed(asked):
    """Whether the signature of a request is right, computed anew after AWS's description
    (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html)."""
    kind, _, rest = asked.headers["authorization"].partition(" ")
    fields = dict(field.strip().split("=", 1) for field in rest.split(","))
    key, *scope = fields["Credential"].split("/")
    names = fields["SignedHeaders"].split(";")
    path, _, query = asked.path.partition("?")
    digest = hashlib.sha256(asked.body).hexdigest()
    canonical = "\n".join([
        asked.method, urllib.parse.quote(path, safe="/-_.~%"), query,
        *(f"{name}:{' '.join(asked.headers[name].split())}" for name in names), "", ";".join(names),
        digest])
    text = "\n".join([
        kind, asked.headers["x-amz-date"], "/".join(scope),
        hashlib.sha256(canonical.encode()).hexdigest()])
    signing = ("AWS4" + KEYS["SecretAccessKey"]).encode()
    for part in scope:
        signing = hmac.new(signing, part.encode(), hashlib.sha256).digest()
    expected = hmac.new(signing, text.encode(), hashlib.sha256).hexdigest()
    return (fields["Signature"] == expected and key == KEYS["AccessKeyId"]
            and {"host", "x-amz-security-token", "x-amz-content-sha256"} <= set(names)
            and asked.headers["x-amz-content-sha256"] == digest
            and asked.headers["x-amz-security-token"] == KEYS["Token"])
