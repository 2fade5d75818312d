#!/usr/bin/env python3
"""Unpacks an rpm or apk package without the tools of its distribution.

    unpack.py PACKAGE FOLDER
"""

import gzip
import io
import pathlib
import struct
import sys
import tarfile


def unpack_apk(data, folder):
    """Signature, control and data are three gzip streams of tar entries, of which only the last is closed."""
    tarfile.open(fileobj=io.BytesIO(gzip.decompress(data)), ignore_zeros=True).extractall(folder)


def unpack_rpm(data, folder):
    """A lead, a signature and a header, and behind them the files: a gzip stream in the cpio format."""
    position = 96
    for alignment in 8, 1:
        if data[position : position + 4] != b"\x8e\xad\xe8\x01":
            sys.exit("not an rpm package")
        entries, size = struct.unpack(">II", data[position + 8 : position + 16])
        position += 16 + 16 * entries + size
        position += -position % alignment
    for name, mode, content in cpio(gzip.decompress(data[position:])):
        path = folder / name.lstrip("./")
        if mode & 0o170000 == 0o100000:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(mode & 0o777)


def cpio(data):
    """(name, mode, content) of each entry in the format "newc"."""
    position = 0
    while True:
        head = [int(data[position + 6 + 8 * i : position + 14 + 8 * i], 16) for i in range(13)]
        mode, size, name_size = head[1], head[6], head[11]
        start = position + 110
        name = data[start : start + name_size - 1].decode()
        start += name_size + -(110 + name_size) % 4
        if name == "TRAILER!!!":
            return
        yield name, mode, data[start : start + size]
        position = start + size + -size % 4


def main(package, folder):
    package = pathlib.Path(package)
    unpack = {".apk": unpack_apk, ".rpm": unpack_rpm}[package.suffix]
    unpack(package.read_bytes(), pathlib.Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
