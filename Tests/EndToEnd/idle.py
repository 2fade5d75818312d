"""What Envoy costs without traffic, when it asks AWS and when it does not.

    idle.py STATIC LIVING FOLDER SECONDS

STATIC and LIVING are task definitions of living/web.json; the Envoy of LIVING asks Cloud Map, S3 and Secrets
Manager. FOLDER takes logs. Prints both costs and the difference, as JSON: milliseconds of processor time a
second, of all threads, and MiB of memory (RSS). Root, iptables; ENVOY_BIN is the real Envoy; moto is in the
Python that runs it.
"""
import json
import os
import signal
import sys
import time

from benchmark import processor_seconds
from lifecycle import envoy_process
from living import certificates, discovery
from living.aws import BUCKET, moto
from living_task import Living
from mesh.isolation import isolate

SETTLED = 10  # seconds after which what the start did is over


def resident(process):
    """MiB"""
    with open(f"/proc/{process.pid}/smaps_rollup") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Rss:")) / 1024


class Envoy:
    """The process of a task's Envoy."""

    def __init__(self, living):
        self.pid = envoy_process(living)

    def cost(self, seconds):
        began, before = time.time(), processor_seconds(self)
        time.sleep(seconds)
        spent = processor_seconds(self) - before
        return {"processor": round(1000 * spent / (time.time() - began), 2), "memory": round(resident(self), 1)}


def fill(living):
    living.s3, living.cloud_map, living.secrets = map(moto, ("s3", "servicediscovery", "secretsmanager"))
    discovery.fill(living)
    bucket = BUCKET.partition(".")[0]
    living.s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    living.s3.put_object(Bucket=bucket, Key="shop/sealed.json", Body="{}")
    pair = certificates.leaf(living, "one")
    certificates.create(living, certificates.secret(pair, certificates.authority(living)))


def measured(path, folder, seconds):
    os.makedirs(folder)
    with open(path) as file:
        living = Living(json.load(file), folder, hastens=False)
    with living.aws:
        fill(living)
        with living.task:
            living.task.up()
            # Its cost is that of the emulator.
            living.task.containers[living.envoy].definition["healthCheck"]["interval"] = 3600
            time.sleep(SETTLED)
            return {**Envoy(living).cost(seconds), "requests": len(living.aws.asked)}


def main(static, living, folder, seconds):
    os.chmod(folder, 0o755)
    costs = {
        name: measured(path, f"{folder}/{name}", float(seconds))
        for name, path in (("static", static), ("living", living))}
    more = {key: round(costs["living"][key] - costs["static"][key], 2) for key in ("processor", "memory")}
    print(json.dumps({**costs, "more": more}))


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    isolate()
    main(*sys.argv[1:])
