"""cfn-lint on templates before and after injection, all in one process.

    lint_templates.py BEFORE AFTER [BEFORE AFTER]...

Prints a line for each rule that is broken after but was not before.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from os import cpu_count

from cfnlint.api import lint_file
from pathlib import Path


def rules(file):
    return {match.rule.id: str(match) for match in lint_file(Path(file))}


def main(files):
    with ProcessPoolExecutor(cpu_count()) as pool:
        broken = list(pool.map(rules, files))
    for before, after, name in zip(broken[::2], broken[1::2], files[1::2]):
        for rule in sorted(after.keys() - before.keys()):
            print(f"{name}: {after[rule]}")


if __name__ == "__main__":
    main(sys.argv[1:])
