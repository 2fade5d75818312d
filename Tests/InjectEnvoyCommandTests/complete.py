"""Completes command lines in a real shell: `complete.py SHELL INJECT_ENVOY`, with bash, zsh or fish.

Prints a line for each that differs from what is expected.
"""

import os
import pty
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

FILES = ["settings.yaml", "mesh.yaml", "my file.json"]
# What is typed before the tab key, and the words that the command gets after it.
CASES = [
    ("chec", ["check"]),
    ("check --fail-on w", ["check", "--fail-on", "warning"]),
    ("check --fail-on=w", ["check", "--fail-on=warning"]),
    ("check --format s", ["check", "--format", "sarif"]),
    ("policy --format terr", ["policy", "--format", "terraform"]),
    ("--conc", ["--concurrency"]),
    ("uninject --conc", ["uninject", "--conc"]),
    ("--tracing no", ["--tracing", "none"]),
    ("--access-log err", ["--access-log", "errors"]),
    ("--disable-filter mark-in", ["--disable-filter", "mark-injected"]),
    ("--config sett", ["--config", "settings.yaml"]),
    ("--mesh-file mes", ["--mesh-file", "mesh.yaml"]),
    ("uninject my", ["uninject", "my file.json"]),
    ("my", ["my file.json"]),
    ("filters my", ["filters", "my"]),
    ("help unin", ["help", "uninject"]),
    ("completion z", ["completion", "zsh"]),
]
# In place of the command: it prints its words.
PRINTER = "inject-envoy() { printf 'WORDS'; printf '<%s>' \"$@\"; printf 'END\\n'; }\n"


def interactive(command, folder, typed):
    """The words that the command gets in an interactive shell."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder / "files")
        environment = {"PATH": os.environ["PATH"], "TERM": "dumb", "ZDOTDIR": str(folder), "LC_ALL": "C.UTF-8"}
        os.execvpe(command[0], command, environment)
    os.write(terminal, f"inject-envoy {typed}\t\nexit\n".encode())
    output = b""
    try:
        while chunk := os.read(terminal, 65536):
            output += chunk
    except OSError:  # The shell has closed the terminal.
        pass
    os.waitpid(child, 0)
    os.close(terminal)
    found = re.search(r"WORDS((?:<[^>]*>)*)END", output.decode())
    return re.findall("<([^>]*)>", found[1]) if found else output.decode()


def bash(folder, script, typed):
    (folder / "bashrc").write_text(script + PRINTER)
    return interactive(["bash", "--rcfile", str(folder / "bashrc"), "-i"], folder, typed)


def zsh(folder, script, typed):
    (folder / ".zshrc").write_text(f"autoload -U compinit; compinit -u -D\n{script}{PRINTER}")
    return interactive(["zsh", "-i"], folder, typed)


def fish(folder, script, typed):
    (folder / "completions.fish").write_text(script)
    asked = f"source ../completions.fish; complete -C {shlex.quote('inject-envoy ' + typed)}"
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    output = subprocess.check_output(
        ["fish", "--no-config", "-c", asked], cwd=folder / "files", text=True, env=environment
    )
    words = typed.split(" ")
    offered = [line.split("\t")[0] for line in output.splitlines()]
    matching = [word for word in offered if word.startswith(words[-1])]
    return words[:-1] + (matching or words[-1:])


def main(shell, command):
    script = subprocess.check_output([command, "completion", shell], text=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "files").mkdir()
        for file in FILES:
            (folder / "files" / file).touch()
        for typed, expected in CASES:
            words = {"bash": bash, "zsh": zsh, "fish": fish}[shell](folder, script, typed)
            if words != expected:
                print(f"{typed}: {words}, not {expected}")


if __name__ == "__main__":
    main(*sys.argv[1:])
