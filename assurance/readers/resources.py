"""One resource of the evidence: its values, its place, and what it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assurance.model.subjects import Location, Subject
from assurance.readers.blocks import Block
from assurance.readers.nesting import Containers, containers_in
from assurance.readers.tokens import thaw

if TYPE_CHECKING:
    from assurance.readers.state import State


class Resource(Block):
    """One resource of the evidence; thawed when first asked."""

    __slots__ = ("_containers", "_thawed", "digest", "raw", "root", "state")

    raw: Mapping[str, Any]
    state: State
    root: str
    digest: str
    _thawed: Mapping[str, Any] | None
    _containers: Containers | None

    def __init__(self, raw: Mapping[str, Any], state: State, root: str, digest: str) -> None:
        fields = {"raw": raw, "state": state, "root": root, "digest": digest, "resource": self}
        for name, value in {**fields, "_thawed": None, "_containers": None}.items():
            object.__setattr__(self, name, value)

    @property
    def values(self) -> Mapping[str, Any]:
        """What the configuration sets."""
        if self._thawed is None:
            object.__setattr__(self, "_thawed", thaw(self.raw["values"]))
        assert self._thawed is not None
        return self._thawed

    @property
    def containers(self) -> Containers:
        """Every mapping and list in its values, with its pointer; the outer before the inner."""
        if self._containers is None:
            object.__setattr__(self, "_containers", containers_in(self.values))
        assert self._containers is not None
        return self._containers

    def __repr__(self) -> str:
        return f"<{self.id}>"

    @property
    def id(self) -> str:
        """The id of the subject: the address, led by the root where two roots share the address."""
        return self.state.id_of(self)

    def resolve(self, value: object, *types: str) -> Resource | None:
        """Return the resource that a value written in this resource refers to, or None."""
        return self.state.resolve(value, *types, root=self.root)

    @property
    def address(self) -> str:
        """Terraform's address."""
        return str(self.raw["address"])

    @property
    def type(self) -> str:
        """The resource type, such as `aws_vpc`."""
        return str(self.raw["type"])

    @property
    def is_managed(self) -> bool:
        """Whether Terraform manages it, rather than looks it up."""
        return self.raw["mode"] == "managed"

    @property
    def module(self) -> str:
        """The address of its module, empty for the root."""
        return str(self.raw["module"])

    @property
    def region(self) -> Any:
        """The region of its provider; empty where the configuration does not say."""
        found = thaw(self.raw.get("region"))
        return "" if found is None else found

    @property
    def location(self) -> Location:
        """Where its block starts."""
        return Location(file=str(self.raw.get("file") or "?"), line=self.raw.get("line"))

    def location_of(self, pointer: str) -> Location:
        """Return where a value stands that a JSON pointer names; its nearest known surrounding."""
        whole = self.raw
        lines: Mapping[str, int] = whole.get("lines") or {}
        while pointer and pointer not in lines:
            pointer = pointer.rpartition("/")[0]
        line = lines[pointer] if pointer in lines else whole.get("line")
        return Location(file=whole.get("file") or "?", line=line)

    @property
    def lifecycle(self) -> Mapping[str, Any]:
        """Its `lifecycle` arguments."""
        found: Mapping[str, Any] = self.raw.get("lifecycle") or {}
        return found

    def subject(self, *parts: Resource) -> Subject:
        """Return it as a subject, standing for the named parts as well."""
        existence = self.raw.get("existence", "known")
        return Subject(
            id=self.id,
            location=self.location,
            evidence=self.digest,
            existence="" if existence == "known" else str(existence),
            parts=tuple(part.id for part in parts),
        )


def kind_of(type_: str) -> str:
    """Return the kind of evidence that holds resources of a type.

    Types of AWS, and of other providers that nobody else here names, come from Terraform; else the
    first word of a type is the kind: `harness_pipeline` is found in evidence of kind `harness`.
    """
    first = type_.removeprefix("data.").partition("_")[0]
    return first if first in _OTHERS else "terraform"


_OTHERS = frozenset(
    {
        *("browser", "container", "docker", "harness", "http"),
        *("repository", "scan", "source", "telemetry", "tls"),
    }
)
"""The kinds of evidence beside Terraform's."""
