#!/usr/bin/env python3
"""Fails when a comment or a text of the sources uses an opening or a phrase that the project does not use.

    prose.py

Prints PATH:LINE: PHRASE for each and exits 1 if there was one. Texts are string literals that hold a blank.
"""

import pathlib
import re
import sys

SOURCES = pathlib.Path(__file__).resolve().parent.parent / "Sources"

# Where a comment or a text begins. "By default" and the like are common English.
OPENING = re.compile(r"(?:Of|What|By(?! default\b)) ")
PHRASES = re.compile(
    r"\b(?:is|are) told\b"
    r"|\b(?:has|have) not(?=[.,;:)]|$)"
    r"|\bin vain\b"
    r"|(?<![Tt]here )\bis no (?!longer\b|more\b|less\b|other\b)[a-z]+"
    r"|\bcomes? to\b(?! (?:the|its|their) end\b)"
    r"|\bnobody knows\b"
    r"|\bby halves\b"
    r"|\bgiven away\b"
    r"|`nil`:"
)
COMMENT = re.compile(r"^\s*///?\s?(?:- \w+(?: \w+)?: )?(.*)")
LITERAL = re.compile(r'(?<!\\)"((?:[^"\\\n]|\\.)*)"')


def comments(lines):
    """(line, text, whether it begins a paragraph) of every line of a comment."""
    inside = False
    for number, line in enumerate(lines, 1):
        match = COMMENT.match(line)
        text = match.group(1) if match else ""
        if text:
            yield number, text, not inside
        inside = bool(text)


def texts(lines):
    """(line, text, whether it begins a sentence) of every string literal that is prose."""
    for number, line in enumerate(lines, 1):
        if COMMENT.match(line):
            continue
        for match in LITERAL.finditer(line):
            if " " in match.group(1):
                yield number, match.group(1), "+" not in line[: match.start()]


def mistakes(file):
    lines = file.read_text().splitlines()
    for number, text, begins in sorted([*comments(lines), *texts(lines)]):
        for match in [OPENING.match(text) if begins else None, *PHRASES.finditer(text)]:
            if match:
                yield number, match.group().strip()


def main():
    files = sorted(SOURCES.rglob("*.swift"))
    found = False
    for file in files:
        for number, phrase in mistakes(file):
            print(f"{file.relative_to(SOURCES.parent)}:{number}: '{phrase}'")
            found = True
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
