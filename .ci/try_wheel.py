"""Calls the installed module.

    try_wheel.py DOCUMENT EXPECTED
"""

import json
import sys
from pathlib import Path

import inject_envoy


def rejection(function, *arguments):
    try:
        function(*arguments)
    except inject_envoy.Rejected as rejected:
        return rejected
    raise AssertionError(f"{function.__name__}{arguments} was not rejected")


def main(document, expected):
    document = json.loads(Path(document).read_text())
    expected = json.loads(Path(expected).read_text())
    assert inject_envoy.inject(document) == expected
    assert inject_envoy.inject(document, "--user", "1401") != expected
    assert inject_envoy.check(expected) == []

    del document["networkMode"], document["requiresCompatibilities"]
    for function in (inject_envoy.inject, inject_envoy.check):
        rejected = rejection(function, document)
        assert rejected.status == 1 and "not-awsvpc" in str(rejected), rejected
        assert "not-awsvpc" in [finding["code"] for finding in rejected.findings]
        rejected = rejection(function, document, "--user", "nobody")
        assert rejected.status == 64 and "--user" in str(rejected) and rejected.findings == []


if __name__ == "__main__":
    main(*sys.argv[1:])
