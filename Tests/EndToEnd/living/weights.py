"""Weights from an object in S3: changes under load, hostile objects, and an S3 that is away."""
import json
import re
import time

from living.aws import Answer, BUCKET, is_signed

KEY = "shop/web.json"
V1, V2 = (f"weights.orders.canary.cds_egress_shop_orders-v{n}_http_9090" for n in (1, 2))
CANARY = 9120
POLLS = 2 * 2 * 0.5  # seconds: two polling times of 0.5 s, each of which Envoy may double
SLACK = 1  # seconds, for a busy machine
FLAG = "envoy.reloadable_features.no_extension_lookup_by_name"

# Each is rejected as a whole.
REJECTED = {
    "all weights of a route 0": json.dumps({V1: 0, V2: 0}),
    "the last compiled weight 0": json.dumps({V1: 0, V2: 0, "other": 1}),
    "a weight over 100": json.dumps({V1: 1000, V2: 0}),
    "a weight of 1e9": '{"%s": 1e9, "%s": 0}' % (V1, V2),
    "a negative weight": json.dumps({V1: -1, V2: 100}),
    "a fraction": json.dumps({V1: 0.5, V2: 100}),
    "texts": json.dumps({V1: "0", V2: "100"}),
    "nested objects": json.dumps({"weights": {"orders": {"canary": 1}}, V1: 0, V2: 100}),
    "a list": json.dumps([{V1: 0, V2: 100}]),
    "no JSON": "{ broken",
    "nothing": "",
    "half of an object": json.dumps({V1: 0, V2: 100})[:-3],
    "a management server's answer": json.dumps({"versionInfo": "1", "resources": [{
        "@type": "type.googleapis.com/envoy.service.runtime.v3.Runtime", "name": KEY,
        "layer": {V1: 0, V2: 100, FLAG: False}}]}),
    "quotes without end": '{"' + '"a' * 30_000,
    "blanks": "{" + " " * 60_000 + "x",
    "two megabytes": json.dumps({V1: 0, V2: 100, "x": 1}) + " " * 2_000_000,
}


def put(living, text):
    living.s3.put_object(Bucket=BUCKET.partition(".")[0], Key=KEY, Body=text)


def failures(living):
    text = living.admin("/stats?filter=^runtime.*update_(failure|rejected)$")
    return sum(int(number) for number in re.findall(r": (\d+)$", text, re.M))


def share(living, count=100):
    """Of 100 requests, those that the canary answered."""
    seen = living.ports(count)
    return round(100 * seen[CANARY] / sum(seen.values())), seen


def rows(living):
    living.s3.create_bucket(
        Bucket=BUCKET.partition(".")[0], CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    living.check("without an object the compiled weights hold, and a statistic shows it",
                 living.settles(lambda: failures(living) > 0) and 2 <= share(living, 300)[0] <= 22,
                 share(living, 300))
    shifted(living)
    signed(living)
    for name, text in REJECTED.items():
        rejected(living, name, text)
    limited(living)
    away(living)


def shifted(living):
    """Four changes under load."""
    with living.load() as load:
        for canary in (100, 0, 50, 100):
            put(living, json.dumps({V1: 100 - canary, V2: canary}))
            began = time.time()
            done = living.settles(lambda: f'"{canary}"' in runtime(living).get(V2, ""), 20)
            took = time.time() - began
            living.check(f"{100 - canary}:{canary} takes effect in two polling times",
                         done and took < POLLS + SLACK, (took, runtime(living)))
            time.sleep(0.3)  # for the requests in flight
            changed = len(load.seen)
            load.until(changed + 700)
            ports = [port for _, port in load.seen[changed:]]
            part = 100 * ports.count(CANARY) / len(ports)
            living.check(f"and the canary gets {canary} of 100",
                         abs(part - canary) < (10 if canary == 50 else 0.01), part)
        load.until(5000)
    living.check("no request of 5,000 failed while weights changed",
                 len(load.seen) >= 5000 and not load.failures, load.failures[:3])


def runtime(living):
    """The final values of the keys, as Envoy spells them."""
    entries = json.loads(living.admin("/runtime"))["entries"]
    return {key: json.dumps(str(entry["final_value"])) for key, entry in entries.items()}


def signed(living):
    asked = living.aws.asked_of(BUCKET)[-1]
    living.check("the object is asked for by a GET whose signature is right",
                 asked.method == "GET" and asked.path == f"/{KEY}" and not asked.body and is_signed(asked), asked)
    living.aws.await_questions(BUCKET, 2)
    asked = living.aws.asked_of(BUCKET)[-1]
    living.check("and only if it is new", "if-none-match" in asked.headers and is_signed(asked), asked)


def rejected(living, name, text):
    """The weights before are 0:100, so any other that held would show."""
    before = failures(living)
    put(living, text)
    counted = living.settles(lambda: failures(living) > before, 20)
    kept = runtime(living)
    found = share(living, 30)
    living.check(f"{name}: the last weights stay, and a statistic shows it",
                 counted and found[0] == 100 and '"100"' in kept.get(V2, "")
                 and FLAG not in kept, (counted, found, kept))


def limited(living):
    """What is not the weight of a compiled route is left out."""
    before = set(runtime(living))
    put(living, json.dumps({
        V1: 100, V2: 0, FLAG: 0, "overload.global_downstream_max_connections": 0,
        "circuit_breakers.cds_egress_shop_orders-v1_http_9090.default.max_requests": 0,
        "upstream.healthy_panic_threshold": 0, "weights.orders.canary.elsewhere": 100,
        "access_log.sampled": 1_000_000, "re2.max_program_size.error_level": 1}))
    living.check("weights of compiled routes are taken from an object with other keys",
                 living.settles(lambda: '"0"' in runtime(living).get(V2, ""), 20), runtime(living))
    living.check("and its other keys are not", set(runtime(living)) == before, set(runtime(living)) - before)
    living.check("the traffic goes to compiled targets", share(living)[0] == 0, share(living))


def away(living):
    for name, answer in (("refused", Answer(403, b"<Error/>")), ("gone", Answer(404, b"<Error/>"))):
        before = failures(living)
        living.aws.answers[BUCKET] = answer
        living.check(f"the object is {name}: the last weights stay",
                     living.settles(lambda: failures(living) > before) and share(living, 40)[0] == 0)
        del living.aws.answers[BUCKET]
    living.aws.is_away = True
    before = failures(living)
    living.check("S3 goes away: the last weights stay",
                 living.settles(lambda: failures(living) > before + 1, 30) and share(living, 40)[0] == 0)
    living.aws.is_away = False
    put(living, "{}")
    living.check("an empty object brings the compiled weights back",
                 living.settles(lambda: V1 not in runtime(living), 20) and 1 <= share(living, 300)[0] <= 22,
                 share(living, 300))
