"""Certificates for a run, made by openssl: a CA, and leaves with one name each."""
import os
import ssl

from network import sh

FOLDER = "/mnt/certificates"  # the run's own; Envoy, user 1337, reads there
LEAVES = ("vault.lab", "caller.lab", "stranger.lab", "edge.lab")
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]


def make():
    """FOLDER/ca.pem, and NAME.pem with NAME.key for every leaf."""
    os.makedirs(FOLDER)
    ca = ["-CA", f"{FOLDER}/ca.pem", "-CAkey", f"{FOLDER}/ca.key"]
    sh("openssl", "req", "-x509", *KEY, "-subj", "/CN=lab", "-keyout", f"{FOLDER}/ca.key",
       "-out", f"{FOLDER}/ca.pem")
    for name in LEAVES:
        sh("openssl", "req", "-x509", *KEY, *ca, "-subj", f"/CN={name}",
           "-addext", f"subjectAltName=DNS:{name}", "-addext", "basicConstraints=CA:FALSE",
           "-keyout", f"{FOLDER}/{name}.key", "-out", f"{FOLDER}/{name}.pem")
    for file in os.listdir(FOLDER):
        os.chmod(f"{FOLDER}/{file}", 0o644)


def secrets():
    """The values that ECS reads into variables, by the names in the task definitions."""
    found = {}
    for name, file in (("chain", "vault.lab.pem"), ("key", "vault.lab.key"), ("ca", "ca.pem")):
        with open(f"{FOLDER}/{file}") as text:
            found[f"/lab/{name}"] = text.read()
    return found


def client(name=None):
    """A TLS client that trusts the CA, whatever the server's name, and shows this leaf."""
    context = ssl.create_default_context(cafile=f"{FOLDER}/ca.pem")
    context.check_hostname = False
    if name:
        context.load_cert_chain(f"{FOLDER}/{name}.pem", f"{FOLDER}/{name}.key")
    return context
