"""Entries of the catalogue's files as records, with what no schema can check."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from assurance.marked_yaml import MarkedYaml, Steps
from assurance.model.requirements import (
    Change,
    Control,
    Counterexample,
    Framework,
    Layer,
    Requirement,
    Severity,
    Waiver,
)
from assurance.model.subjects import Location
from assurance.parameters import Overrides, parameters, spoken

CONTENT = {
    Change.SET: "to",
    Change.REMOVE: "",
    Change.COPY: "with",
    Change.APPEND: "value",
    Change.ADD: "values",
}
"""Which key of a counterexample holds what its change puts there."""


def frameworks(document: MarkedYaml) -> Mapping[str, Framework]:
    """Return the control frameworks of `controls.yaml`."""
    return MappingProxyType(
        {
            name: Framework(
                id=name,
                title=entry["title"],
                source=entry["source"],
                controls=MappingProxyType(
                    {
                        control: Control(framework=name, id=control, title=title)
                        for control, title in entry["controls"].items()
                    }
                ),
            )
            for name, entry in document.values.items()
        }
    )


def requirement(
    document: MarkedYaml,
    index: int,
    area: str,
    known: Mapping[str, Framework],
    overrides: Overrides,
) -> Requirement:
    """Return one entry of an area's file.

    Raises:
        CatalogueError: The entry contradicts itself or names what does not exist.
        SettingsError: An override does not fit.
    """
    entry = document.values[index]
    _check_layers(document, index, entry)
    limits = parameters(document, (index,), entry, overrides)
    texts = {name: spoken(limit.value) for name, limit in limits.items()}
    return Requirement(
        id=entry["id"],
        area=area,
        title=entry["title"],
        statement=_statement(document, index, entry, texts),
        layers=tuple(map(Layer, entry["layers"])),
        unbuilt=tuple(map(Layer, entry["unbuilt"])),
        severity=Severity(entry["severity"]),
        parameters=limits,
        when_empty=entry["when_empty"],
        notapplicable=MappingProxyType(entry.get("notapplicable", {})),
        controls=tuple(_controls(document, index, entry, known)),
        policies=tuple(entry["policies"]),
        remedy=entry["remedy"],
        counterexamples=tuple(
            _counterexample(document, (index, "counterexamples", number), change)
            for number, change in enumerate(entry["counterexamples"])
        ),
        location=Location(file=document.file, line=document.line(index, "id")),
        may_be_absent=MappingProxyType(entry.get("may_be_absent", {})),
    )


def _check_layers(document: MarkedYaml, index: int, entry: Mapping[str, Any]) -> None:
    for number, layer in enumerate(entry["unbuilt"]):
        if layer not in entry["layers"]:
            raise document.error(
                f"{entry['id']} is not judged at the layer {layer}, which unbuilt names",
                *(index, "unbuilt", number),
                remedy="Remove it from unbuilt.",
            )
    for number, change in enumerate(entry["counterexamples"]):
        where = (index, "counterexamples", number)
        if change["layer"] not in entry["layers"]:
            raise document.error(
                f"{entry['id']} is not judged at the layer {change['layer']} of its counterexample",
                *where,
                remedy=f"Its layers are {', '.join(entry['layers'])}.",
            )
        if change.get("policy", "") not in ("", *entry["policies"]):
            raise document.error(
                f"{change['policy']} must catch a counterexample of {entry['id']}, "
                "but is not one of its policies",
                *where,
                remedy="Add it to policies, or remove the key policy.",
            )


def _statement(
    document: MarkedYaml, index: int, entry: Mapping[str, Any], texts: Mapping[str, str]
) -> str:
    statement: str = entry["statement"]
    for name in re.findall(r"\{([^}]*)\}", statement):
        if name not in texts:
            raise document.error(
                f"the statement of {entry['id']} names the parameter {{{name}}}, "
                "which is not stated",
                *(index, "statement"),
                remedy="State it under parameters, or correct the name.",
            )
    return statement.format_map(texts)


def _controls(
    document: MarkedYaml, index: int, entry: Mapping[str, Any], known: Mapping[str, Framework]
) -> Iterator[Control]:
    for framework, ids in entry["controls"].items():
        if framework not in known:
            raise document.error(
                f'{entry["id"]} names the framework "{framework}", which controls.yaml does not',
                *(index, "controls", framework),
                remedy=f"Known frameworks: {', '.join(known)}.",
            )
        for number, control in enumerate(ids):
            if control not in known[framework].controls:
                raise document.error(
                    f'{entry["id"]} names the control "{control}" of {framework}, '
                    "which controls.yaml does not",
                    *(index, "controls", framework, number),
                    remedy="Verify it in the publisher's text and add it there, or remove it.",
                )
            yield known[framework].controls[control]


def _counterexample(document: MarkedYaml, path: Steps, entry: Mapping[str, Any]) -> Counterexample:
    change = next(change for change in Change if change in entry)
    breaks = entry.get("breaks", [])
    return Counterexample(
        layer=Layer(entry["layer"]),
        change=change,
        target=entry[change],
        value=entry.get(CONTENT[change]),
        scenario=entry.get("scenario", ""),
        breaks_others=breaks == "others",
        breaks=() if breaks == "others" else tuple(breaks),
        policy=entry.get("policy", ""),
        note=entry.get("note", ""),
        location=Location(file=document.file, line=document.line(*path)),
    )


def waiver(
    document: MarkedYaml,
    index: int,
    known: Mapping[str, Requirement],
    environments: Collection[str],
) -> Waiver:
    """Return one entry of the waivers' file.

    Raises:
        CatalogueError: It waives what does not exist, or expires before it was approved.
    """
    entry = document.values["waivers"][index]
    if entry["requirement"] not in known:
        raise document.error(
            f'there is no requirement "{entry["requirement"]}" that could be waived',
            *("waivers", index, "requirement"),
            remedy="Write the id as in the catalogue, such as DAT-02.",
        )
    approved, expires = (date.fromisoformat(entry[key]) for key in ("approved", "expires"))
    if expires < approved:
        raise document.error(
            f"the waiver of {entry['requirement']} expires before it was approved",
            *("waivers", index, "expires"),
            remedy="Correct one of the two dates.",
        )
    _check_environments(document, index, entry, environments)
    return Waiver(
        requirement=entry["requirement"],
        subject=entry["subject"],
        environments=tuple(entry.get("environments", ())),
        reason=entry["reason"],
        owner=entry["owner"],
        approver=entry["approver"],
        approved=approved,
        expires=expires,
        location=Location(file=document.file, line=document.line("waivers", index)),
    )


def _check_environments(
    document: MarkedYaml, index: int, entry: Mapping[str, Any], known: Collection[str]
) -> None:
    for number, name in enumerate(entry.get("environments", ())):
        if name not in known:
            raise document.error(
                f'the waiver of {entry["requirement"]} names the environment "{name}", '
                "which the system does not have",
                *("waivers", index, "environments", number),
                remedy=f"Environments of assurance.toml: {', '.join(known)}.",
            )
