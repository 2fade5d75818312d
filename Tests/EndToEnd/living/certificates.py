"""Certificates from Secrets Manager: waits at the start, rotation under load, and an AWS that does not help."""
import http.server
import json
import ssl
import threading
import time

from living.aws import Answer, SECRETS, is_signed
from living.load import Load
from mesh.calls import Client, get
from network import PEER_IP, TASK_IP, sh

ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/tls-AbCdEf"  # in the definition
NAME = "shop/tls"
HOST = "web.internal"
SERVER = ("payments.internal", 9543)  # wants a certificate
SIGNED = ("payments.internal", 9544)  # has one of the authority
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
WAIT = 10  # seconds that the health check waits for a certificate


def leaf(living, name, host=HOST):
    """The PEM texts of a certificate and its key."""
    path, ca = f"{living.aws.folder}/{name}", f"{living.aws.folder}/ca"
    sh("openssl", "req", "-x509", *KEY, "-CA", f"{ca}.pem", "-CAkey", f"{ca}.key", "-subj", f"/CN={name}",
       "-addext", f"subjectAltName=DNS:{host}", "-addext", "basicConstraints=CA:FALSE",
       "-keyout", f"{path}.key", "-out", f"{path}.pem")
    with open(f"{path}.pem") as chain, open(f"{path}.key") as private:
        return chain.read(), private.read()


def secret(pair, authority=None):
    return json.dumps({"chain": pair[0], "key": pair[1], **({"authority": authority} if authority else {})})


def authority(living, name="ca"):
    with open(f"{living.aws.folder}/{name}.pem") as file:
        return file.read()


def create(living, text):
    """Moto chooses the end of the ARN, so the configuration gets the ARN afterwards."""
    living.arn = living.secrets.create_secret(Name=NAME, SecretString=text)["ARN"]
    command = living.task.containers[living.envoy].definition["command"]
    command[:] = [word.replace(ARN, living.arn) for word in command]


def prepare_server(living):
    leaf(living, "signed", SIGNED[0])
    create(living, secret(leaf(living, "one"), authority(living)))
    living.serve = serve_signed


def put(living, text):
    living.secrets.put_secret_value(SecretId=NAME, SecretString=text)


def verified(living):
    return ssl.create_default_context(cafile=f"{living.aws.folder}/ca.pem")


def client(living):
    return Client(living.network.peer, (TASK_IP, 8080), verified(living), HOST)


def shown(living):
    """The name in the certificate that a new connection gets, or why there is none."""
    called = client(living)
    reply = called.get("/", host=HOST)
    name = owner(called) if reply.status == 200 else reply.error
    called.close()
    return name


def owner(called):
    return dict(pair[0] for pair in called.connection.sock.getpeercert()["subject"])["commonName"]


def failures(living):
    """Of the certificate's subscription, not of the authority's."""
    lines = living.admin("/stats?filter=^sds\\..*update_(failure|rejected)$").splitlines()
    return sum(int(line.rpartition(" ")[2]) for line in lines if "authority" not in line)


def started(living):
    """Seconds from Envoy's start until ECS starts the application."""
    task = living.task
    while task.waiting:
        task.proceed(90)
        time.sleep(0.02)
    return task.containers["app"].started - task.containers[living.envoy].started


def server(living):
    """A task that serves TLS, and starts while Secrets Manager is away."""
    took = started(living)
    living.note(f"without a certificate the application starts after {took:.1f} s")
    living.check("the health check waits for the certificate, ten seconds at most", WAIT - 2 < took < WAIT + 3, took)
    living.check("clients get no answer as long as there is none", shown(living) != "one", shown(living))
    living.check("and a statistic shows why", living.settles(lambda: failures(living) > 0),
                 living.admin("/stats?filter=sds"))
    two, three = leaf(living, "two"), leaf(living, "three")
    living.aws.is_away = False
    back = time.time()
    living.check("the certificate comes when AWS is back", living.settles(lambda: shown(living) == "one", 40),
                 (shown(living), living.log()[-2000:]))
    living.note(f"from AWS's return to the certificate {time.time() - back:.1f} s")
    asked = living.aws.asked_of(SECRETS)[-1]
    living.check("the question is the API's, and its signature is right",
                 json.loads(asked.body) == {"SecretId": living.arn} and asked.path == "/" and asked.method == "POST"
                 and asked.headers["x-amz-target"] == "secretsmanager.GetSecretValue" and is_signed(asked), asked)
    trusted(living, leaf(living, "one"))
    rotated(living, two, three)
    unhelpful(living, three, two)
    away(living, three)


def paid(living):
    """The status of a call to a server that shows a certificate of the authority."""
    return get(living.network.task, (PEER_IP, SIGNED[1]), host=f"{SIGNED[0]}:{SIGNED[1]}").status


def trusted(living, pair):
    """The secret holds the authority that the mesh's client policy trusts."""
    living.check("a server of the authority in the secret is called", living.settles(lambda: paid(living) == 200),
                 paid(living))
    sh("openssl", "req", "-x509", *KEY, "-subj", "/CN=other", "-keyout", f"{living.aws.folder}/other.key",
       "-out", f"{living.aws.folder}/other.pem")
    put(living, secret(pair, authority(living, "other")))
    living.check("and not once the secret holds another", living.settles(lambda: paid(living) == 503), paid(living))
    put(living, secret(pair, "none"))
    time.sleep(3)
    living.check("which stays when the secret holds none", paid(living) == 503, paid(living))
    put(living, secret(pair, authority(living)))
    living.check("and again when the authority is back", living.settles(lambda: paid(living) == 200), paid(living))


class CertificateLoad(Load):
    """Requests of clients that keep their connections, and of ones that do not."""

    def __init__(self, living):
        super().__init__([
            threading.Thread(target=self.call, args=(number, number < 2)) for number in range(4)])
        self.living, self.connections = living, {}

    def call(self, number, keeps):
        called = client(self.living)
        while not self.over.is_set():
            reply = called.get("/", host=HOST)
            if reply.status == 200:
                self.seen.append((time.time(), owner(called), keeps))
                if keeps:
                    self.connections.setdefault(number, set()).add(id(called.connection.sock))
            else:
                self.failures.append(reply)
            if not keeps:
                called.close()
        called.close()


def rotated(living, two, three):
    with CertificateLoad(living) as load:
        load.until(500)
        for name, pair in (("two", two), ("three", three), ("two", two)):
            put(living, secret(pair))
            began = time.time()
            living.check(f"new connections get the new certificate, {name}",
                         living.settles(lambda: any(who == name and at > began and not keeps
                                                    for at, who, keeps in load.seen[-50:])), load.seen[-3:])
            living.note(f"rotated after {time.time() - began:.1f} s")
            load.until(len(load.seen) + 500)
        load.until(5000)
    kept = {who for _, who, keeps in load.seen if keeps}
    living.check("old connections stay, with their certificate",
                 kept == {"one"} and all(len(c) == 1 for c in load.connections.values()), (kept, load.connections))
    living.check("no request of 5,000 failed while certificates changed",
                 len(load.seen) >= 5000 and not load.failures, load.failures[:3])


def unhelpful(living, one, two):
    """Whatever the secret holds, the certificate stays, and the failure is counted."""
    put(living, secret(two))
    living.check("the certificate before", living.settles(lambda: shown(living) == "two"), shown(living))
    whole = "".join(one)
    texts = {
        "no JSON": "{ broken",
        "a single blank": " ",
        "PEM as it is": whole,
        "half of a secret": secret(one)[:-40],
        "no key": json.dumps({"chain": one[0]}),
        "the key of another certificate": secret((one[0], two[1])),
        "no certificate": secret(("none", one[1])),
        "a certificate cut short": secret((one[0][:200], one[1])),
        "line ends that are not": secret((one[0].replace("\n", "\\n"), one[1].replace("\n", "\\n"))),
        "a resource inside": json.dumps({
            "chain": one[0] + '"},"private_key":{"inline_string":"x"}}},{"name":"other', "key": one[1]}),
        "a number": json.dumps({"chain": 1, "key": 2}),
        "quotes without end": '{"chain": "' + '\\"' * 30_000,
        "the largest": json.dumps({"chain": one[0], "key": "x" * 60_000}),
    }
    for name, text in texts.items():
        before = failures(living)
        put(living, text)
        stays(living, name, before)
    answers = {
        "an empty answer": Answer(200, b""),
        "a page of HTML": Answer(200, b"<html>maintenance</html>"),
        "a secret of bytes": Answer(200, json.dumps({"ARN": ARN, "SecretBinary": "AAAA"}).encode()),
        "half of an answer": Answer(200, json.dumps({"ARN": ARN, "SecretString": secret(one)}).encode()[:-1]),
        "too much": Answer(200, json.dumps({"SecretString": secret(one)}).encode() + b" " * 3_000_000),
        "a missing secret": Answer(400, b'{"__type": "ResourceNotFoundException"}'),
        "a refusal": Answer(400, b'{"__type": "AccessDeniedException"}'),
        "an error": Answer(500, b""),
    }
    for name, answer in answers.items():
        before = failures(living)
        living.aws.answers[SECRETS] = answer
        stays(living, name, before)
        del living.aws.answers[SECRETS]


def stays(living, name, before):
    counted = living.settles(lambda: failures(living) > before, 30)
    living.check(f"{name}: the certificate stays, and a statistic shows it",
                 counted and shown(living) == "two", (counted, shown(living)))


def away(living, three):
    before = failures(living)
    living.aws.is_away = True
    living.check("Secrets Manager goes away: the certificate stays",
                 living.settles(lambda: failures(living) > before + 1, 60) and shown(living) == "two")
    put(living, secret(three))
    living.aws.is_away = False
    living.check("and a new one comes afterwards", living.settles(lambda: shown(living) == "three", 60), shown(living))


def prepare_variables(living):
    """ECS reads two secrets into variables before Envoy starts."""
    chain, key = leaf(living, "one")
    leaf(living, "signed", SIGNED[0])
    living.serve = serve_signed
    living.task.containers[living.envoy].secrets = {
        "/web/chain": chain, "/web/key": key, "/web/ca": authority(living)}


def variables(living):
    """A certificate of ACM that variables replace."""
    started(living)
    living.check("the certificate in the variables is served", living.settles(lambda: shown(living) == "one"),
                 (shown(living), living.log()[-1500:]))
    plain = get(living.network.peer, (TASK_IP, 8080), host=HOST)
    living.check("and plain text is refused", plain.status == 0, plain)
    living.check("a server of the authority in a variable is called",
                 living.settles(lambda: paid(living) == 200), paid(living))
    with CertificateLoad(living) as load:
        load.until(1000)
    living.check("no request of 1,000 failed", not load.failures, load.failures[:3])


class Signed(http.server.BaseHTTPRequestHandler):
    """Answers, and ends each connection."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def serve_signed(living):
    serve(living, SIGNED[1], Signed, "signed")


def serve(living, port, handler, name, wants=False):
    """A server with this certificate that may want one of its clients."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{living.aws.folder}/{name}.pem", f"{living.aws.folder}/{name}.key")
    if wants:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(f"{living.aws.folder}/ca.pem")
    made = living.aws.server(living.network.peer, (PEER_IP, port), handler)
    made.socket = context.wrap_socket(made.socket, server_side=True, do_handshake_on_connect=False)


class Wanting(http.server.BaseHTTPRequestHandler):
    """Answers whose certificate the client showed, and ends each connection after ten requests."""
    protocol_version = "HTTP/1.1"
    served = 0

    def do_GET(self):
        self.served += 1
        subject = dict(pair[0] for pair in self.connection.getpeercert()["subject"])
        body = subject["commonName"].encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        if self.served == 10:
            self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def prepare_caller(living):
    """The secret is there before the task starts, and so is a server that wants a certificate."""
    leaf(living, "server", SERVER[0])
    living.pairs = {name: leaf(living, name, name) for name in ("one", "two")}
    create(living, secret(living.pairs["one"]))
    living.serve = serve_wanting
    living.aws.is_away = False
    living.aws.first_answers[SECRETS] = Answer(500, b"")


def serve_wanting(living):
    serve(living, SERVER[1], Wanting, "server", wants=True)


def caller(living):
    """A task that shows its certificate to an upstream."""
    took = started(living)
    living.note(f"with a certificate the application starts after {took:.1f} s")
    living.check("the health check does not wait for long", took < 5, took)
    first, second = (asked.time for asked in living.aws.asked_of(SECRETS)[:2])
    living.check("the first call failed, and was repeated before the next poll", second - first < 0.45, second - first)
    called = Client(living.network.task, (PEER_IP, 80))
    replies = [called.get("/", host="payments") for _ in range(20)]
    living.check("the server sees the certificate from the first request",
                 {reply.body for reply in replies} == {b"one"}, replies[:2])
    put(living, secret(living.pairs["two"]))
    began, seen, bad = time.time(), [], []
    while time.time() < began + 6:
        reply = called.get("/", host="payments")
        (seen if reply.status == 200 else bad).append(reply.body)
    called.close()
    living.check("and the new one after a rotation, without a failed request",
                 seen[-1:] == [b"two"] and seen[:1] == [b"one"] and not bad, (len(seen), seen[-1:], bad[:2]))
    living.check("each request to AWS is signed", all(is_signed(a) for a in living.aws.asked_of(SECRETS)))
