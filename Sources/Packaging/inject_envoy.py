"""Calls the inject-envoy of this package.

    import inject_envoy

    injected = inject_envoy.inject(task_definition, "--upstream", "payments=payments.internal:8080")
    findings = inject_envoy.check(task_definition, "--fail-on", "warning")

The arguments are the options of `inject-envoy inject` and `inject-envoy check`. As on a command line, variables
INJECT_ENVOY_... and an inject-envoy.yaml in the working directory count as well.
"""

import json
import os
import shutil
import subprocess
import sysconfig

__all__ = ["Rejected", "check", "inject"]


class Rejected(Exception):
    """inject-envoy ended with an error. The text is its own.

    status: its exit status. 1 means that the document was rejected, 2 that `check --fail-on change` found a
        difference, and 64 that an option is wrong.
    findings: a list of dictionaries with code, severity, message, fix, pointer and more. It is empty if the problem
        is not about the document.
    """

    def __init__(self, status, text, findings):
        super().__init__(text.strip() or f"inject-envoy ended with status {status}")
        self.status = status
        self.findings = findings


def inject(document, *arguments):
    """Returns a copy of the document, a task definition as a dictionary, with Envoy in it."""
    ended = _run("inject", "--quiet", *arguments, document=document)
    if ended.returncode:
        # Inject explains an error in prose. Check has the same errors as data.
        findings = _findings(_run("check", "--format", "json", *arguments, document=document))
        raise Rejected(ended.returncode, ended.stderr, findings)
    return json.loads(ended.stdout)


def check(document, *arguments):
    """Returns what inject-envoy notices in the document, unless that is a reason to fail."""
    ended = _run("check", "--format", "json", *arguments, document=document)
    findings = _findings(ended)
    if ended.returncode:
        text = "\n".join(f"[{finding['code']}] {finding['message']}" for finding in findings)
        raise Rejected(ended.returncode, ended.stderr or text, findings)
    return findings


def _run(*arguments, document):
    return subprocess.run(
        [_program(), *arguments],
        input=json.dumps(document),
        capture_output=True,
        encoding="utf-8",
    )


def _findings(ended):
    """The findings in what check printed, one line for each document."""
    reports = [json.loads(line) for line in ended.stdout.splitlines()]
    return [finding for report in reports for finding in report["findings"]]


def _program():
    """The path of the program: pip puts it into a folder that need not be on the PATH."""
    here = os.path.dirname(os.path.abspath(__file__))
    folders = [
        sysconfig.get_path("scripts"),
        sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user")),
        os.path.join(here, "bin"),  # pip install --target
    ]
    found = shutil.which("inject-envoy", path=os.pathsep.join(folders)) or shutil.which("inject-envoy")
    if not found:
        raise FileNotFoundError(f"inject-envoy is in none of {', '.join(folders)}")
    return found
