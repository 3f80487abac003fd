"""The modules of one root as they lie on disk: sources, declarations and the tree of calls."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assurance.collectors.terraform import hcl, json_syntax
from assurance.collectors.terraform.hcl import Attribute, Block, SourceFile
from assurance.errors import EvidenceError, NotCollected

PREFIXES = {"resource": "", "data": "data.", "ephemeral": "ephemeral."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A block with the file that it stands in."""

    block: Block
    source: SourceFile

    def text(self, name: str) -> str | None:
        """The text of one argument's expression, None where it is not written."""
        attribute = self.block.body.attributes.get(name)
        return self.source.value(attribute) if attribute else None

    def string(self, name: str) -> str | None:
        """An argument that is a plain string; None when absent or an expression."""
        return unquoted(self.text(name))


@dataclass(slots=True, kw_only=True)
class Module:
    """One module directory."""

    path: Path
    files: list[SourceFile] = field(default_factory=list)
    resources: dict[str, Declaration] = field(default_factory=dict)
    variables: dict[str, Declaration] = field(default_factory=dict)
    outputs: dict[str, Declaration] = field(default_factory=dict)
    calls: dict[str, Declaration] = field(default_factory=dict)
    locals: dict[str, tuple[Attribute, SourceFile]] = field(default_factory=dict)
    providers: list[Declaration] = field(default_factory=list)
    settings: list[Declaration] = field(default_factory=list)
    overrides: dict[str, list[Declaration]] = field(default_factory=dict)

    def parts(self, address: str) -> list[Declaration]:
        """A resource's block and the blocks of override files that add to it."""
        return [self.resources[address], *self.overrides.get(address, [])]


@dataclass(slots=True, kw_only=True)
class Node:
    """A module in the tree of calls; `address` has no instance keys (`module.a.module.b`)."""

    address: str
    key: str
    module: Module
    parent: Node | None = None
    call: Declaration | None = None
    children: dict[str, Node] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, parents first."""
        yield self
        for child in self.children.values():
            yield from child.walk()


def unquoted(text: str | None) -> str | None:
    """A string literal without its quotes; None for anything else."""
    if text is None or len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return None
    inner = text[1:-1]
    return None if '"' in inner or "${" in inner or "%{" in inner or "\\" in inner else inner


def load_tree(root: Path) -> Node:
    """Parse a root and every module that can be found on this disk.

    Raises:
        EvidenceError: The directory, a file of it or a local module cannot be read or parsed.
    """
    return _Loader(root).node(root, "", "", None, None, ())


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.modules: dict[Path, Module] = {}
        self.installed = _installed(root)

    def node(
        self,
        path: Path,
        address: str,
        key: str,
        parent: Node | None,
        call: Declaration | None,
        chain: tuple[Path, ...],
    ) -> Node:
        if path in chain and call is not None:
            raise EvidenceError(
                f"module {call.block.labels[0]!r} calls itself through {path}",
                file=call.source.path,
                line=call.block.line,
                remedy="break the circle of module calls",
            )
        if path not in self.modules:
            self.modules[path] = load_module(path, call)
        node = Node(address=address, key=key, module=self.modules[path], parent=parent, call=call)
        for name, child in node.module.calls.items():
            self.descend(node, name, child, (*chain, path))
        return node

    def descend(self, node: Node, name: str, call: Declaration, chain: tuple[Path, ...]) -> None:
        source = call.string("source")
        key = f"{node.key}.{name}" if node.key else name
        if source is not None and source.startswith(("./", "../")):
            path = _resolved(node.module.path, source)
            if not path.is_dir():
                raise NotCollected(
                    f"module {name!r} is not there: {path} is no directory",
                    file=call.source.path,
                    line=call.block.line,
                    remedy="correct its source, or bring the directory back",
                )
        elif key in self.installed:
            path = self.installed[key]
        else:
            node.missing[name] = source or (call.text("source") or "")
            return
        address = f"{node.address}.module.{name}" if node.address else f"module.{name}"
        node.children[name] = self.node(path, address, key, node, call, chain)


def load_module(path: Path, call: Declaration | None = None) -> Module:
    """Parse one module directory."""
    file, line = (call.source.path, call.block.line) if call else (str(path), None)
    try:
        names = sorted(entry for entry in path.iterdir() if is_terraform(entry.name))
    except OSError as error:
        raise NotCollected(
            f"cannot read the directory {path}: {error.strerror}",
            file=file,
            line=line,
            remedy="check that it exists and may be read",
        ) from error
    if not names:
        raise NotCollected(
            f"no Terraform file in {path}",
            file=file,
            line=line,
            remedy="name a directory that holds *.tf files",
        )
    module = Module(path=path)
    # Override files come last, as Terraform reads them.
    for name in sorted(names, key=lambda entry: (is_override(entry.name), entry.name)):
        source = read_source(name)
        module.files.append(source)
        for block in source.body.blocks:
            _declare(
                module, Declaration(block=block, source=source), override=is_override(name.name)
            )
    return module


def is_terraform(name: str) -> bool:
    """Whether Terraform reads a file of this name as configuration."""
    hidden = name.startswith((".", "#")) or name.endswith("~")
    return name.endswith((".tf", ".tf.json")) and not hidden


def is_override(name: str) -> bool:
    """Whether a file's blocks amend those of other files."""
    stem = name.removesuffix(".json").removesuffix(".tf")
    return stem == "override" or stem.endswith("_override")


def read_source(path: Path) -> SourceFile:
    """Parse one file of either syntax."""
    text = read_text(path)
    if path.name.endswith(".json"):
        text = json_syntax.to_native(str(path), text)
    return hcl.parse(str(path), text)


def read_text(path: Path) -> str:
    """A file's text; NotCollected where it cannot be read or is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise NotCollected(
            f"cannot read the file: {error.strerror}", file=path, remedy="make it readable"
        ) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise NotCollected(
            "the file is not UTF-8", file=path, line=line, remedy="save it as UTF-8"
        ) from error


def _declare(module: Module, declaration: Declaration, *, override: bool) -> None:
    block, labels = declaration.block, declaration.block.labels
    if block.kind in PREFIXES and len(labels) == 2:
        address = PREFIXES[block.kind] + ".".join(labels)
        if override and address in module.resources:
            module.overrides.setdefault(address, []).append(declaration)
        else:
            module.resources[address] = declaration
    elif block.kind == "locals":
        for name, attribute in block.body.attributes.items():
            module.locals[name] = (attribute, declaration.source)
    elif block.kind == "provider":
        module.providers.append(declaration)
    elif block.kind == "terraform":
        module.settings.append(declaration)
    elif labels:
        kinds = {"variable": module.variables, "output": module.outputs, "module": module.calls}
        table = kinds.get(block.kind, {})
        if not (override and labels[0] in table):
            table[labels[0]] = declaration


def _resolved(base: Path, source: str) -> Path:
    # Not Path.resolve(): links must keep their place in the tree.
    parts: list[str] = []
    for part in (base / source).parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return Path(*parts)


def _installed(root: Path) -> dict[str, Path]:
    """Modules that an earlier `terraform init` left in the user's tree, by key."""
    try:
        manifest = json.loads((root / ".terraform/modules/modules.json").read_bytes())
        entries = [(entry["Key"], entry["Dir"]) for entry in manifest["Modules"]]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {
        key: _resolved(root, directory)
        for key, directory in entries
        if key and (root / directory).is_dir()
    }
