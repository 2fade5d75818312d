"""What the proofs share: moto's AWS on a free port, and assertions that go on."""
import contextlib
import io
import logging
import os

import boto3
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

REGION = "eu-west-1"


class Checks:
    failed = 0

    def __call__(self, name, ok, detail=""):
        self.failed += not ok
        print(("PASS " if ok else "FAIL ") + name, "" if ok else f": {str(detail)[:1000]}",
              flush=True)


@contextlib.contextmanager
def aws():
    """A function that makes clients; the environment leads the AWS CLI to the same server."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    with contextlib.redirect_stdout(io.StringIO()):
        server.start()
    host, port = server.get_host_and_port()
    os.environ.update(
        AWS_ENDPOINT_URL=f"http://{host}:{port}", AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x",
        AWS_DEFAULT_REGION=REGION, AWS_PAGER="", AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull)
    try:
        yield boto3.client
    finally:
        server.stop()
