#!/usr/bin/env python3
"""Makes a Python wheel with the static binary and the module that calls it.

    wheel.py BINARY VERSION MACHINE FOLDER SHARE LICENSE...

MACHINE is x86_64 or aarch64. SHARE is a folder like /usr/share. Prints the path of the wheel. SOURCE_DATE_EPOCH is the time of its files.
"""

import base64
import hashlib
import os
import sys
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULE = ROOT / "Sources/Packaging/inject_envoy.py"


def entries(binary, version, tag, share, licenses):
    """(path, content, mode) of each file but the list of files."""
    info = f"inject_envoy-{version}.dist-info"
    yield "inject_envoy.py", MODULE.read_bytes(), 0o644
    # pip copies this folder to where programs are, and makes what is in it executable.
    yield f"inject_envoy-{version}.data/scripts/inject-envoy", binary.read_bytes(), 0o755
    metadata = f"""Metadata-Version: 2.1
Name: inject-envoy
Version: {version}
Summary: Adds an Envoy sidecar to Amazon ECS task definitions
License: Apache-2.0
Requires-Python: >=3.10
Description-Content-Type: text/markdown

{(ROOT / "README.md").read_text()}"""
    yield f"{info}/METADATA", metadata.encode(), 0o644
    wheel = f"Wheel-Version: 1.0\nGenerator: inject-envoy\nRoot-Is-Purelib: false\nTag: {tag}\n"
    yield f"{info}/WHEEL", wheel.encode(), 0o644
    # pip copies these below the environment, where man and the shells look, since its programs are there as well.
    for file in sorted(share.rglob("*")):
        path = file.relative_to(share)
        if file.is_file() and path.parts[0] != "licenses":
            yield f"inject_envoy-{version}.data/data/share/{path}", file.read_bytes(), 0o644
    for file in licenses:
        yield f"{info}/licenses/{file.name}", file.read_bytes(), 0o644


def record(path, content):
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{path},sha256={digest},{len(content)}\n"


def main(binary, version, machine, folder, share, *licenses):
    # A static binary needs no library of the machine, so every glibc is new enough.
    tag = f"py3-none-manylinux_2_17_{machine}"
    wheel = Path(folder) / f"inject_envoy-{version}-{tag}.whl"
    date = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())))[:6]
    files = list(entries(Path(binary), version, tag, Path(share), [Path(file) for file in licenses]))
    name = f"inject_envoy-{version}.dist-info/RECORD"
    lines = "".join(record(path, content) for path, content, _ in files) + f"{name},,\n"
    files.append((name, lines.encode(), 0o644))
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, content, mode in files:
            entry = zipfile.ZipInfo(path, date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100000 | mode) << 16
            archive.writestr(entry, content, compresslevel=9)
    print(wheel)


if __name__ == "__main__":
    main(*sys.argv[1:])
