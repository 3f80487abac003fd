"""The scratch copy: as little of the user's tree as evaluation needs, in the same layout.

Terraform files are rewritten, everything else is linked, and nothing is ever written outside.
"""

from __future__ import annotations

import itertools
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assurance.collectors.terraform import generated
from assurance.collectors.terraform.modules import Module, Node, is_terraform
from assurance.collectors.terraform.names import GENERATED
from assurance.collectors.terraform.rewriting import Rewriting
from assurance.collectors.terraform.schema import Schemas

_SKIPPED = frozenset({".terraform", ".terraform.lock.hcl", ".git", "terraform.tfstate"})
_PATH = re.compile(r'"((?:\$\{path\.\w+\}|\.)/[^"\n]*|[^"\n$]+\.\w+)"')
_MANY = 2000
_UPWARD = re.compile(r"(?:\.\./)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scratch:
    """Where the copy lies and how its paths map back."""

    directory: Path
    base: Path
    root: Path

    def of(self, path: Path) -> Path:
        """The place of one of the user's directories in the copy."""
        return self.directory / path.relative_to(self.base)

    def original(self, name: str) -> str:
        """The user's file for a name that Terraform printed (relative to the root)."""
        path = os.path.normpath(self.root / name)
        return str(self.base / os.path.relpath(path, self.directory))


def prepare(directory: Path, tree: Node, system: Path) -> Scratch:
    """Lay out directories and links for a tree of modules."""
    modules = {node.module.path: node.module for node in tree.walk()}
    base = _base(system, modules)
    scratch = Scratch(
        directory=directory, base=base, root=directory / tree.module.path.relative_to(base)
    )
    needed = set(modules)
    for path in modules:
        needed |= {parent for parent in path.parents if parent.is_relative_to(base)}
    for path in sorted(needed):
        _link(path, scratch.of(path), needed, is_module=path in modules)
    return scratch


def write(
    scratch: Scratch,
    tree: Node,
    schemas: Schemas,
    stand_ins: Mapping[Path, frozenset[str]],
    options: generated.Options,
) -> None:
    """Write the rewritten files of every module and the manifest of modules."""
    done: set[Path] = set()
    for node in tree.walk():
        if node.module.path in done:
            continue
        done.add(node.module.path)
        rewriting = Rewriting(
            module=node.module,
            stand_ins=stand_ins.get(node.module.path, frozenset()),
            bare=options.bare.get(node.module.path, frozenset()),
            sources=_sources(scratch, node),
            is_root=node.parent is None,
            keeps_validation=node.parent is None and options.keeps_validation,
            holes=options.holes,
        )
        place = scratch.of(node.module.path)
        for source in node.module.files:
            name = Path(source.path).name.removesuffix(".json")
            (place / name).write_text(rewriting.file(source), "utf-8")
        text = generated.module_text(rewriting, schemas, options)
        (place / GENERATED).write_text(text, "utf-8")
    _manifest(scratch, tree)


def files_read(module: Module) -> Iterator[Path]:
    """Files that a module's expressions may read: those beside it, and whatever a text names."""
    yield from (path for path in module.path.iterdir() if path.is_file())
    for source in module.files:
        for match in _PATH.finditer(source.text):
            # What follows an interpolation is not known here; the directory before it is.
            text = re.sub(r"^\$\{path\.\w+\}/", "", match.group(1)).partition("${")[0]
            path = Path(os.path.normpath(module.path / text))
            if path.is_file():
                yield path
            elif path.is_dir() and module.path in path.parents:
                yield from itertools.islice((p for p in path.rglob("*") if p.is_file()), _MANY)


def _base(system: Path, modules: Mapping[Path, Module]) -> Path:
    """The directory above everything that the modules are made of or read."""
    paths = [str(system)]
    for path, module in modules.items():
        upward = 0
        for source in module.files:
            for match in _UPWARD.finditer(source.text):
                upward = max(upward, len(match.group()) // 3)
        # A text such as "../../../.." may be no path at all; the top of the disk is never linked.
        above = [path, *path.parents][: -2 or None]
        paths.append(str(above[min(upward, len(above) - 1)] if above else path))
    return Path(os.path.commonpath(paths))


def _link(path: Path, place: Path, needed: set[Path], *, is_module: bool) -> None:
    place.mkdir(parents=True, exist_ok=True)
    for entry in os.scandir(path):
        if entry.name in _SKIPPED or path / entry.name in needed:
            continue
        if is_module and (is_terraform(entry.name) or ".tftest." in entry.name):
            continue
        (place / entry.name).symlink_to(entry.path)


def _sources(scratch: Scratch, node: Node) -> dict[str, str]:
    here = scratch.of(node.module.path)
    return {
        name: _relative(scratch.of(child.module.path), here)
        for name, child in node.children.items()
    }


def _relative(target: Path, start: Path) -> str:
    path = os.path.relpath(target, start)
    return path if path.startswith(".") else f"./{path}"


def _manifest(scratch: Scratch, tree: Node) -> None:
    entries = [{"Key": "", "Source": "", "Dir": "."}]
    for node in _below(tree):
        parent = node.parent or tree
        entries.append(
            {
                "Key": node.key,
                "Source": _relative(scratch.of(node.module.path), scratch.of(parent.module.path)),
                "Dir": os.path.relpath(scratch.of(node.module.path), scratch.root),
            }
        )
    path = scratch.root / ".terraform/modules"
    path.mkdir(parents=True, exist_ok=True)
    (path / "modules.json").write_text(json.dumps({"Modules": entries}), "utf-8")


def _below(tree: Node) -> Iterable[Node]:
    return (node for node in tree.walk() if node.parent is not None)
