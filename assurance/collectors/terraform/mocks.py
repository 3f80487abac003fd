"""The generated test files: everything that AWS would answer is made up, twice and differently.

What is the same in both evaluations does not depend on anything made up. Therefore every made-up
value differs between the two: words by themselves, numbers, booleans and lengths by what is here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assurance.collectors.terraform.schema import BlockSchema, Schemas, Type
from assurance.collectors.terraform.shapes import literal

ZONE_DATA = "data.aws_availability_zones"
# Zones that a new account is given, where they are not a, b and c.
_LETTERS = {"ap-northeast-1": "acd", "ca-central-1": "abd", "us-west-1": "ac"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """One of the two evaluations.

    Attributes:
        number: 0 or 1.
        region: The region that data sources answer with; None where nothing tells it.
        variables: Placeholders of required variables and values given by the caller.
        regions: Regions of data sources whose provider is not the default one, by address.
    """

    number: int
    region: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)

    def made_up_number(self, kind: str, name: str) -> int:
        """A number that is a valid port and differs between the evaluations."""
        return (21000, 41000)[self.number] + zlib.crc32(f"{kind}.{name}".encode()) % 19000

    @property
    def marks(self) -> list[str]:
        """Elements of a list of unknown length; the lengths differ."""
        return ["m0", "m1", "m2"][: 2 + self.number]


def test_file(evaluation: Evaluation, kinds: Mapping[str, set[str]], schemas: Schemas) -> str:
    """A test file with mock providers and one run.

    Args:
        evaluation: Which of the two.
        kinds: For each local name of a provider the `TYPE`s and `data.TYPE`s that are used.
        schemas: The providers' schemas.
    """
    lines: list[str] = list(_terraform(evaluation))
    for provider, names in sorted(kinds.items()):
        lines += [f'mock_provider "{provider}" {{', "  override_during = plan"]
        for name in sorted(names):
            lines += _mock(evaluation, name, schemas.of(name))
        lines.append("}")
    for address, region in sorted(evaluation.regions.items()):
        kind = address[address.index("data.") :].rpartition(".")[0]
        values = literal(_known(kind, region, evaluation))
        lines += ["override_data {", f"  target = {address}", f"  values = {values}", "}"]
    variables = (f"  {name} = {literal(value)}" for name, value in evaluation.variables.items())
    lines += ["variables {", *sorted(variables), "}", 'run "plan" {', "  command = plan", "}", ""]
    return "\n".join(lines)


def _terraform(evaluation: Evaluation) -> Iterator[str]:
    marks = literal(evaluation.marks)
    yield 'mock_provider "terraform" {\n  override_during = plan'
    yield f'  mock_resource "terraform_data" {{\n    defaults = {{ output = {marks} }}\n  }}'
    yield "}"


def _mock(evaluation: Evaluation, kind: str, schema: BlockSchema) -> Iterator[str]:
    name = kind.removeprefix("data.")
    block = "mock_data" if kind.startswith("data.") else "mock_resource"
    defaults = _defaults(evaluation, kind, schema) | _known(kind, evaluation.region, evaluation)
    yield f'  {block} "{name}" {{\n    defaults = {literal(defaults)}\n  }}'


def _defaults(evaluation: Evaluation, kind: str, schema: BlockSchema) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, attribute in schema.attributes.items():
        if attribute.computed:
            value = made_up(evaluation, kind, name, attribute.type)
            if value is not None:
                found[name] = value
    for name, block in schema.blocks.items():
        if block.nesting != "map":
            inner = _defaults(evaluation, f"{kind}.{name}", block)
            if inner:
                found[name] = inner
    return found


def made_up(evaluation: Evaluation, kind: str, name: str, element: Type) -> Any:
    """The default of one computed attribute; None leaves it to Terraform's random word."""
    if element == "number":
        return evaluation.made_up_number(kind, name)
    if element == "bool":
        return bool(evaluation.number)
    if not isinstance(element, list):
        return None
    if element[0] in ("list", "set"):
        if element[1] == "string":
            return evaluation.marks
        inner = _filled(evaluation, f"{kind}.{name}", element[1])
        many = 1 + evaluation.number if kind.startswith("data.") else 1
        # A set swallows equal elements, so only a list can have more than one.
        return None if inner is None else [inner] * many
    return None


def _filled(evaluation: Evaluation, kind: str, element: Type) -> Any:
    if not isinstance(element, list) or element[0] != "object":
        return None
    found: dict[str, Any] = {}
    for name, inner in element[1].items():
        value = made_up(evaluation, kind, name, inner)
        if value is None:
            value = _filled(evaluation, f"{kind}.{name}", inner)
        if value is None:
            value = {"string": "m0"}.get(inner) if isinstance(inner, str) else _empty(inner)
        found[name] = value
    return found


def _empty(element: Type) -> Any:
    return {} if element[0] == "map" else None


def _known(kind: str, region: str, evaluation: Evaluation) -> dict[str, Any]:
    """What these data sources say in a region, as far as configurations depend on it."""
    account = ("111122223333", "444455556666")[evaluation.number]
    zones = [region + letter for letter in _LETTERS.get(region, "abc")]
    known: dict[str, dict[str, Any]] = {
        "data.aws_region": {"id": region, "name": region, "region": region},
        ZONE_DATA: {
            "id": region,
            "names": zones,
            "zone_ids": [f"{_short(region)}-az{n}" for n, _ in enumerate(zones, 1)],
        },
        "data.aws_availability_zone": {"region": region},
        "data.aws_partition": {
            "id": "aws",
            "partition": "aws",
            "dns_suffix": "amazonaws.com",
            "reverse_dns_prefix": "com.amazonaws",
        },
        "data.aws_caller_identity": {"account_id": account, "id": account},
        "data.aws_elb_service_account": {"id": account},
    }
    return known.get(kind, {})


def _short(region: str) -> str:
    parts = region.split("-")
    return parts[0] + "".join(part[0] for part in parts[1:-1]) + parts[-1]
