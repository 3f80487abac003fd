"""Nothing that a service depends on is made by hand or by a script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assurance.model.findings import Finding, each
from assurance.model.origins import Dependence, Dependent, Script
from assurance.model.unknown import UnknownValue

_MAKES = re.compile(
    r"\baws\s[^;|&\n]*?\s(?:create|put|update|modify|register|run|start|attach|associate|add|set"
    r"|enable|import|allocate|authorize|cp|mb|sync)\b.*"
    r"|.*(?:boto3|\beksctl\b|\becs-cli\b|\bcopilot\b|\bsam\s+deploy|\bcdk\s+deploy|\bserverless\b)",
    re.IGNORECASE,
)
"""Commands that make or change something in AWS."""

_HARMLESS = re.compile(
    r"^\W*(?:(?:sudo\s+)?(?:sleep|echo|true|docker|podman|npm|npx|yarn|pip|go|make\s+build|mkdir|rm"
    r"|cp|mv|zip|tar|cat|printf|chmod|touch|date|cd|git|set|export|test"
    r"|aws\s+[\w-]+\s+(?:get|describe|list|wait)\b[\w-]*)\b[^&`]*)?$",
    re.IGNORECASE,
)
"""One command that makes nothing in AWS, or none."""

_NEXT = re.compile(r"\|\||&&|[;|\n]")
"""What stands between two commands."""


def depends_on_declared_things(service: Dependent) -> Finding:
    """Whatever it needs is a resource, or looked up; none is a literal that nobody made here."""
    return each(
        service.dependences,
        _is_declared,
        expected="everything it depends on is a resource, or is looked up",
        none="it depends on nothing",
    )


def _is_declared(dependence: Dependence) -> Finding:
    if dependence.is_declared:
        return Finding(holds=True, expected="", actual=f"{_plural(dependence.noun)} are declared")
    actual = f"{dependence.noun} {dependence.name} is a literal that nothing here declares"
    return Finding(holds=False, expected="", actual=actual)


def makes_nothing_in_aws(script: Script) -> Finding:
    """It runs nothing that would make a resource past Terraform."""
    expected = "no script or other tool makes resources of AWS"
    if script.means == "":
        return Finding(holds=True, expected=expected, actual="it runs nothing")
    if not script.commands:
        actual = f"it hands the making of resources to {script.means}"
        return Finding(holds=False, expected=expected, actual=actual)
    making = [found[0] for found in map(_MAKES.search, script.commands) if found]
    if making:
        actual = f"{script.means} runs {making[0].rstrip(chr(34))}"
        return Finding(holds=False, expected=expected, actual=actual)
    strange = [piece for found in script.commands for piece in _pieces(found) if _is_strange(piece)]
    if strange:
        raise UnknownValue(f"what {strange[0]} does cannot be read here")
    return Finding(holds=True, expected=expected, actual=f"{script.means} makes nothing in AWS")


def _pieces(command: str) -> Iterator[str]:
    """Yield the single commands of a script, without comments."""
    for piece in _NEXT.split(command.replace("\\\n", " ")):
        if not piece.strip().startswith("#"):
            yield piece.strip()


def _is_strange(command: str) -> bool:
    return "$(" in command or not _HARMLESS.match(command)


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
