#!/usr/bin/env python3
"""Makes the archive of a container image (OCI image layout) from scratch, without Docker.

    image.py BINARY VERSION ARCHITECTURE FOLDER LICENSE...
    image.py --layer LAYOUT

The first form makes the archive and prints its path. The image holds the binary and its licenses, no shell and no
other program. ARCHITECTURE is amd64 or arm64. SOURCE_DATE_EPOCH is the time of the files. The second form prints the
path of the layer of an unpacked archive.
"""

import gzip
import hashlib
import io
import json
import os
import sys
import tarfile
import time
from datetime import datetime, timezone
from pathlib import Path

NOW = int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))


def tar(files):
    """A tar archive of (path, content, mode), with the folders that they need."""
    data = io.BytesIO()
    made = set()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.USTAR_FORMAT) as archive:

        def add(path, mode, kind, content=b""):
            entry = tarfile.TarInfo(path)
            entry.mode, entry.mtime, entry.type, entry.size = mode, NOW, kind, len(content)
            archive.addfile(entry, io.BytesIO(content))

        for path, content, mode in files:
            for parent in reversed(Path(path).parents[:-1]):
                if parent not in made:
                    made.add(parent)
                    add(str(parent), 0o755, tarfile.DIRTYPE)
            add(path, mode, tarfile.REGTYPE, content)
    return data.getvalue()


def blob_path(descriptor):
    return "blobs/" + descriptor["digest"].replace(":", "/")


class Blobs:
    """Contents by their digest."""

    def __init__(self):
        self.files = []

    def add(self, content, kind):
        """The descriptor of the content."""
        digest = hashlib.sha256(content).hexdigest()
        self.files.append((f"blobs/sha256/{digest}", content, 0o644))
        return {
            "mediaType": f"application/vnd.oci.image.{kind}",
            "digest": f"sha256:{digest}",
            "size": len(content),
        }


def text(value):
    return json.dumps(value, indent=2).encode()


def main(binary, version, architecture, folder, *licenses):
    blobs = Blobs()
    content = [("inject-envoy", Path(binary).read_bytes(), 0o755)]
    content += [(f"licenses/{Path(file).name}", Path(file).read_bytes(), 0o644) for file in licenses]
    layer = tar(content)
    labels = {
        "org.opencontainers.image.title": "inject-envoy",
        "org.opencontainers.image.description": "Adds an Envoy sidecar to Amazon ECS task definitions",
        "org.opencontainers.image.version": version,
        "org.opencontainers.image.licenses": "Apache-2.0",
    }
    configuration = {
        "created": datetime.fromtimestamp(NOW, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "architecture": architecture,
        "os": "linux",
        # Files that a user mounts at /work are named as on the user's machine.
        "config": {"Entrypoint": ["/inject-envoy"], "WorkingDir": "/work", "Labels": labels},
        "rootfs": {
            "type": "layers",
            "diff_ids": [f"sha256:{hashlib.sha256(layer).hexdigest()}"],
        },
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": blobs.add(text(configuration), "config.v1+json"),
        "layers": [blobs.add(gzip.compress(layer, mtime=0), "layer.v1.tar+gzip")],
        "annotations": labels,
    }
    described = blobs.add(text(manifest), "manifest.v1+json")
    described["platform"] = {"architecture": architecture, "os": "linux"}
    name = f"inject-envoy:{version}"
    described["annotations"] = {
        "org.opencontainers.image.ref.name": version,
        "io.containerd.image.name": f"docker.io/library/{name}",
    }
    index = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [described],
    }
    # Docker reads this file instead of the index where containerd does not store its images.
    docker = {
        "Config": blob_path(manifest["config"]),
        "RepoTags": [name],
        "Layers": [blob_path(layer) for layer in manifest["layers"]],
    }
    layout = [
        ("manifest.json", text([docker]), 0o644),
        ("oci-layout", text({"imageLayoutVersion": "1.0.0"}), 0o644),
        ("index.json", text(index), 0o644),
    ]
    archive = Path(folder) / f"inject-envoy-{version}-{architecture}.oci.tar"
    archive.write_bytes(tar(layout + blobs.files))
    print(archive)


def layer_path(layout):
    """Follows the index and the manifest, as a container runtime does."""

    layout = Path(layout)
    (manifest,) = json.loads((layout / "index.json").read_text())["manifests"]
    (layer,) = json.loads((layout / blob_path(manifest)).read_text())["layers"]
    print(layout / blob_path(layer))


if __name__ == "__main__":
    if sys.argv[1] == "--layer":
        layer_path(sys.argv[2])
    else:
        main(*sys.argv[1:])
