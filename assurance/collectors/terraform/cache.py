"""The key under which evidence of a root may be used again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from assurance.collectors.terraform.mirror import find_terraform
from assurance.collectors.terraform.modules import Node, load_tree
from assurance.collectors.terraform.preparing import packages_for
from assurance.collectors.terraform.request import TerraformRequest
from assurance.collectors.terraform.scratch import files_read
from assurance.collectors.terraform.variables import automatic


def cache_key(request: TerraformRequest) -> str:
    """SHA-256 over everything that the evidence body depends on.

    Raises:
        EvidenceError: The root cannot be read or parsed.
    """
    request = request.absolute()
    tree = load_tree(request.root)
    terraform = find_terraform() if request.plan is None else None
    digest = hashlib.sha256()
    facts = {
        "terraform": terraform.version if terraform else None,
        "packages": {s: p.version for s, p in sorted(packages_for(request.root, tree).items())},
        "variables": dict(request.variables),
        "region": request.region,
        "root": os.path.relpath(request.root, request.system),
    }
    digest.update(json.dumps(facts, sort_keys=True, default=str).encode())
    for path in _files(request, tree):
        digest.update(os.path.relpath(path, request.system).encode() + b"\0")
        digest.update(_content(path) + b"\0")
    return digest.hexdigest()


def _files(request: TerraformRequest, tree: Node) -> Iterator[Path]:
    found: set[Path] = set(automatic(request.root))
    found |= set(request.variable_files) | {request.root / ".terraform.lock.hcl"}
    found |= {request.plan} if request.plan else set()
    for node in tree.walk():
        found |= {Path(source.path) for source in node.module.files}
        found |= set(files_read(node.module))
    yield from sorted(found)
    yield from _own_source()


def _own_source() -> Iterable[Path]:
    # Another version of the collector may read the same files differently.
    return sorted(Path(__file__).parent.glob("*.py"))


def _content(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return b"absent"
