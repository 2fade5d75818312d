"""Registers task definitions.

    registration.py FOLDER

Every file in FOLDER is held against botocore's model of RegisterTaskDefinition; those whose names
begin with `cli` are registered with the AWS CLI as well, and read back. Prints a line for each
check and exits 1 if one failed.
"""
import json
import os
import subprocess
import sys

import botocore.session
from botocore.validate import ParamValidator

from moto_parts import Checks, aws

check = Checks()


def model(name, task):
    service = botocore.session.get_session().get_service_model("ecs")
    shape = service.operation_model("RegisterTaskDefinition").input_shape
    report = ParamValidator().validate(task, shape)
    check(f"{name}: botocore takes it", not report.has_errors(), report.generate_report())


def register(name, path, task):
    done = subprocess.run(["aws", "ecs", "register-task-definition", "--cli-input-json",
                           f"file://{path}"], capture_output=True, text=True)
    check(f"{name}: the AWS CLI registers it", done.returncode == 0, done.stderr)
    described = json.loads(done.stdout)["taskDefinition"] if done.returncode == 0 else {}
    for member in ("family", "cpu", "memory", "networkMode", "requiresCompatibilities"):
        check(f"{name}: {member} is kept", described.get(member) == task[member], described)
    names = [[c["name"] for c in t.get("containerDefinitions", [])] for t in (described, task)]
    check(f"{name}: the containers are kept", names[0] == names[1], names)


if __name__ == "__main__":
    with aws():
        for name in sorted(os.listdir(sys.argv[1])):
            path = f"{sys.argv[1]}/{name}"
            with open(path) as file:
                task = json.load(file)
            model(name, task)
            if name.startswith("cli"):
                register(name, path, task)
    sys.exit(1 if check.failed else 0)
