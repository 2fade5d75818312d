"""Counts the instructions that a document of a stream costs, and compares them with instructions.json.

    python3 Tests/instructions.py BINARY             fails when a mode got more than 5 percent dearer
    python3 Tests/instructions.py BINARY --record    writes the counts instead

valgrind counts, so the result does not depend on the load of the machine.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).parent
RECORD = FOLDER / "instructions.json"
DOCUMENT = FOLDER.parent / "Sources/Benchmarks/document.json"
MODES = {
    "static": [],
    "static, ports and names of each task": [],
    "app-mesh": ["--virtual-node", "mesh/m/virtualNode/n"],
    "xds": ["--xds", "xds.internal:18000"],
}
# The share by which a count may grow. Processors choose other variants of memcpy.
TOLERANCE = 0.05
SHORT, LONG = 50, 150


def documents(mode, count):
    document = json.loads(DOCUMENT.read_text())
    for number in range(count):
        if mode.endswith("of each task"):
            document["family"] = f"task-{number}"
            document["memory"] = str(1024 * (1 + number % 4))
            document["containerDefinitions"][0]["portMappings"][0]["containerPort"] = 20000 + number
        yield json.dumps(document, separators=(",", ":"))


def instructions(binary, mode, count):
    with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as stream:
        stream.write("\n".join(documents(mode, count)) + "\n")
        stream.flush()
        with open(stream.name) as text:
            run = subprocess.run(
                ["taskset", "-c", "0", "valgrind", "--tool=callgrind",
                 "--callgrind-out-file=/dev/null", binary, "--quiet", *MODES[mode]],
                stdin=text, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                env={**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"})
    collected = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not collected:
        sys.exit(f"{mode}: exit status {run.returncode}\n{run.stderr[-2000:]}")
    return int(collected[1])


def main(binary, *flags):
    counts = {
        mode: (instructions(binary, mode, LONG) - instructions(binary, mode, SHORT))
        // (LONG - SHORT)
        for mode in MODES
    }
    if "--record" in flags:
        RECORD.write_text(json.dumps(counts, indent=2) + "\n")
    before = json.loads(RECORD.read_text())
    for mode, count in counts.items():
        print(f"{mode}: {count:,} instructions a document, {count / before[mode]:.3f} of the record")
    dearer = [mode for mode, count in counts.items() if count > before[mode] * (1 + TOLERANCE)]
    if dearer:
        sys.exit(f"dearer than instructions.json allows: {', '.join(dearer)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
