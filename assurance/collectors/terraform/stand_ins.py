"""What stands in the scratch copy for a thing that Terraform cannot evaluate here.

A resource of a provider without a package, a call of a module that is not on this disk, or a block
that failed: its place is taken by a `terraform_data` with the same count, whose made-up word gives
every attribute that the configuration reads from it a unique value of the right form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from assurance.collectors.terraform.arns import ARN_IDS, arn
from assurance.collectors.terraform.references import Reference

_NUMBERS = frozenset({"random_integer.result", "random_id.dec", "time_static.unix"})
_PLURAL = ("ids", "arns", "subnets", "names", "cidr_blocks", "cidrs", "azs", "zones", "blocks")


@dataclass(slots=True)
class Use:
    """How an attribute is read: as it is, by index, by name."""

    names: dict[str, Use] = field(default_factory=dict)
    indexed: Use | None = None

    def learn(self, steps: tuple[str | int | None, ...]) -> None:
        """Follow one traversal."""
        if not steps:
            return
        step, rest = steps[0], steps[1:]
        if isinstance(step, str) and step != "*":
            self.names.setdefault(step, Use()).learn(rest)
        else:
            self.indexed = self.indexed or Use()
            self.indexed.learn(rest)


def learn(found: Iterable[Reference], *, many: bool) -> Use:
    """How a thing's attributes are read; `many` when it has count or for_each."""
    use = Use()
    for reference in found:
        steps = reference.steps
        if many and steps:
            # The first step picks an instance.
            steps = steps[1:]
        use.learn(steps)
    return use


def expression(address: str, use: Use, given: Collection[str]) -> str:
    """An object over the stand-in `v` with everything that is read.

    Args:
        address: What is stood in for.
        use: How it is read.
        given: Its arguments; they keep the value that the configuration gives them.
    """
    known = {name: f"v.input.{name}" for name in given} | _rendered(address, given)
    pairs = [
        f'"{name}" = ' + (known.get(name) or _value(address, name, inner))
        for name, inner in use.names.items()
    ]
    return "{ " + ", ".join(sorted(pairs)) + " }"


def _rendered(address: str, given: Collection[str]) -> dict[str, str]:
    """What the template provider would render: Terraform's own language renders the same."""
    if not address.startswith("data.template_file.") or "template" not in given:
        return {}
    settings = "v.input.vars" if "vars" in given else "{}"
    otherwise = _value(address, "rendered", Use())
    return {"rendered": f"try(templatestring(v.input.template, {settings}), {otherwise})"}


def _value(address: str, path: str, use: Use) -> str:
    name = path.rpartition("-")[2]
    if use.names:
        pairs = [f'"{n}" = {_value(address, f"{path}-{n}", u)}' for n, u in use.names.items()]
        return "{ " + ", ".join(sorted(pairs)) + " }"
    kind = address.rpartition(".")[0]
    if use.indexed is not None or name.endswith(_PLURAL):
        return _list(address, path, use.indexed or Use())
    if f"{kind}.{name}" in _NUMBERS:
        return 'parseint(substr(md5("${v.id}"), 0, 4), 16)'
    if path == "arn" or (path == "id" and kind in ARN_IDS):
        return arn(kind, "${v.id}")
    return _string(name, f"{path}-${{v.id}}")


def _list(address: str, path: str, element: Use) -> str:
    if element.names:
        return f"[for e in v.output : {_value(address, path, Use(names=element.names))}]"
    return f"[for e in v.output : {_string(path.rstrip('s'), f'{path}-${{e}}-${{v.id}}')}]"


def _string(name: str, word: str) -> str:
    if name.endswith("arn"):
        return f'"arn:aws:aws:us-east-1:${{local.assurance__account}}:{word}"'
    if "cidr" in name:
        octets = f'parseint(substr(md5("{word}"), 0, 2), 16)'
        return f'format("%d.%d.0.0/16", 240, {octets})'
    return f'"{word}"'
