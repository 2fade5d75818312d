#!/usr/bin/env python3
"""Fails when folders of a target refer to each other in a circle: `folder_cycles.py [TARGET…]`.

SwiftPM rejects cycles between targets and does not look at folders. The check reads text, not types: a word that is
declared at the top level of a file counts as a reference to that file, within its target. An equal name in two folders
can therefore make a false edge. Files beside the folders are left out: every folder may extend a root type.
"""

import pathlib
import re
import sys

SOURCES = pathlib.Path(__file__).resolve().parent.parent / "Sources"
DECLARATION = re.compile(
    r"^(?:@\w+(?:\([^)]*\))?\s+)*((?:(?:public|package|internal|private|fileprivate|final|indirect)\s+)*)"
    r"(?:struct|class|enum|protocol|actor|typealias)\s+(\w+)",
    re.MULTILINE,
)


def code(text):
    """The text without strings and comments."""
    text = re.sub(r'"""[\s\S]*?"""', '""', text)
    text = re.sub(r"//.*", "", text)
    return re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)


def folders(target):
    """The code of a target's folders: a dictionary of file names for each."""
    found = {}
    for folder in sorted(path for path in target.iterdir() if path.is_dir()):
        files = {str(file): code(file.read_text()) for file in sorted(folder.rglob("*.swift"))}
        if files:
            found[folder.name] = files
    return found


def references(target):
    """For each folder the others that it names, each with the words."""
    files_of = folders(target)
    declaring = {}
    for folder, files in files_of.items():
        for text in files.values():
            for modifiers, name in DECLARATION.findall(text):
                if "private" not in modifiers:
                    declaring.setdefault(name, set()).add(folder)
    edges = {folder: {} for folder in files_of}
    for folder, files in files_of.items():
        for text in files.values():
            for word in re.findall(r"\b[A-Z]\w+\b", text):
                for other in declaring.get(word, set()) - {folder}:
                    edges[folder].setdefault(other, set()).add(word)
    return edges


def reachable(start, edges):
    """The folders that a folder depends on, over any number of steps."""
    found, open_ends = set(), [start]
    while open_ends:
        for other in edges[open_ends.pop()]:
            if other not in found:
                found.add(other)
                open_ends.append(other)
    return found


def cycles(target):
    """A line for each folder that depends on itself."""
    edges = references(target)
    below = {folder: reachable(folder, edges) for folder in edges}
    for folder in edges:
        if folder not in below[folder]:
            continue
        for other, words in edges[folder].items():
            if folder in below[other]:
                yield f"{target.name}: {folder} -> {other}: {', '.join(sorted(words))}"


def main(names):
    targets = sorted(path for path in SOURCES.iterdir() if path.is_dir())
    lines = [line for target in targets if not names or target.name in names for line in cycles(target)]
    print("\n".join(lines) or "no cycles of folders")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
