"""Runs the script of the GitHub action with a real inject-envoy, as a runner would.

    action.py INJECT_ENVOY

Ends with an exception at the first difference from what is expected.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / ".github/actions/inject-envoy/inject.sh"
INPUT = ROOT / "testdata/fargate-minimal/input.json"
REPOSITORY = "someone/inject-envoy"
SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


def run(folder, path, server="http://127.0.0.1:9", **inputs):
    """The status, the outputs and the log of a run of the action."""
    outputs = folder / "outputs"
    outputs.write_text("")
    (folder / "summary").write_text("")
    environment = {
        "PATH": path,
        "RUNNER_TEMP": str(folder),
        "GITHUB_OUTPUT": str(outputs),
        "GITHUB_SERVER_URL": server,
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        "GITHUB_REPOSITORY": "another/workflow",
        "ACTION_PATH": f"/home/runner/work/_actions/{REPOSITORY}/v1/.github/actions/inject-envoy",
        "TASK_DEFINITION": str(INPUT),
        "CONFIG": "",
        "ARGUMENTS": "",
        "VERSION": "",
    }
    ended = subprocess.run(
        [SCRIPT], env=environment | inputs, cwd=folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    pairs = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
    return ended.returncode, pairs, ended.stdout


def injected(folder, path, **inputs):
    """The path of the injected document, and what the output `changed` says."""
    status, outputs, log = run(folder, path, **inputs)
    assert status == 0, log
    assert outputs.keys() == {"task-definition", "changed", "report"}, outputs
    edits = json.loads(Path(outputs["report"]).read_text())["edits"]
    assert bool(edits) == (outputs["changed"] == "true"), edits
    assert (folder / "summary").read_text().startswith("```mermaid\nflowchart LR\n")
    return outputs["task-definition"], outputs["changed"]


def failure(folder, path, **inputs):
    """The log of a run that has to fail without outputs."""
    status, outputs, log = run(folder, path, **inputs)
    assert status == 1 and not outputs and "::error " in log, (status, outputs, log)
    return log


def uses_the_path(folder, binary):
    path = f"{binary.parent}:{SYSTEM_PATH}"
    expected = subprocess.check_output([binary, INPUT], cwd=folder, stderr=subprocess.DEVNULL)
    first, changed = injected(folder, path)
    assert changed == "true" and Path(first).read_bytes() == expected
    second, changed = injected(folder, path, TASK_DEFINITION=first)
    assert changed == "false" and Path(second).read_bytes() == expected

    config = folder / "settings.yaml"
    config.write_text("user: 1401\n")
    configured, _ = injected(folder, path, CONFIG=str(config))
    assert '"1401"' in Path(configured).read_text()
    arguments = "--user 1402\n  --env 'GREETING=two words $(touch ran) *'"
    optioned, _ = injected(folder, path, ARGUMENTS=arguments)
    text = Path(optioned).read_text()
    assert '"1402"' in text and "two words $(touch ran) *" in text
    assert not (folder / "ran").exists()

    (folder / "-odd.json").write_bytes(INPUT.read_bytes())
    odd, _ = injected(folder, path, TASK_DEFINITION="-odd.json")
    assert Path(odd).read_bytes() == expected

    (folder / "broken.json").write_text("{")
    log = failure(folder, path, TASK_DEFINITION="broken.json")
    assert "\n::error file=broken.json,line=1,col=2,title=syntax::" in log, log
    assert "quote" in failure(folder, path, ARGUMENTS="--user '1402")
    assert "no document" in failure(
        folder, path, TASK_DEFINITION="./-odd.json", ARGUMENTS="--in-place"
    )
    assert "'version'" in failure(folder, path, VERSION="../1")
    assert "'version'" in failure(folder, SYSTEM_PATH)


def downloads(folder, binary):
    """A server stands for GitHub. The program on the PATH has another version."""
    architecture = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
    version = subprocess.check_output([binary, "--version"], text=True).split()[1]
    release = folder / "web" / REPOSITORY / "releases/download" / f"v{version}"
    release.mkdir(parents=True)
    asset = release / f"inject-envoy-linux-{architecture}"
    shutil.copy(binary, asset)
    checksum = release / f"{asset.name}.sha256"
    checksum.write_text(f"{hashlib.sha256(binary.read_bytes()).hexdigest()}  {asset.name}\n")
    old = folder / "old"
    old.mkdir()
    (old / "inject-envoy").write_text("#!/bin/sh\necho inject-envoy 0.0.1\n")
    (old / "inject-envoy").chmod(0o755)
    path = f"{old}:{SYSTEM_PATH}"

    handler = partial(QuietHandler, directory=folder / "web")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        server = f"http://127.0.0.1:{web.server_port}"
        document, changed = injected(folder, path, server=server, VERSION=f"v{version}")
        assert changed == "true" and '"envoy"' in Path(document).read_text()
        own = {"GITHUB_REPOSITORY": REPOSITORY, "ACTION_PATH": str(SCRIPT.parent)}
        injected(folder, path, server=server, VERSION=version, **own)
        assert "Cannot download" in failure(folder, path, server=server, VERSION="9.9.9")
        checksum.write_text("0" * 64 + "  inject-envoy\n")
        assert "checksum" in failure(folder, path, server=server, VERSION=version)
        # A checksum file that names nothing must not pass.
        checksum.write_text("")
        assert "checksum" in failure(folder, path, server=server, VERSION=version)
        web.shutdown()


def main(binary):
    for test in (uses_the_path, downloads):
        with tempfile.TemporaryDirectory() as folder:
            test(Path(folder), binary)


if __name__ == "__main__":
    main(Path(os.path.abspath(sys.argv[1])))
