"""Reads the feature files as texts and holds them against the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException, ParserError
from gherkin.parser import Parser

from assurance.errors import CatalogueError
from assurance.model.reports import ScenarioText, StepText
from assurance.model.requirements import Layer, Requirement
from assurance.model.subjects import Location

IDENTIFIER = re.compile(r"@([A-Z]{3}-\d{2})")


def load_scenarios(
    directory: Path, requirements: Mapping[str, Requirement]
) -> tuple[ScenarioText, ...]:
    """Return every scenario under a directory, in order of file and line.

    Raises:
        CatalogueError: A file does not parse, a tag is unknown, a scenario belongs to no
            requirement, two have the same title, or its layers are not those of its requirement.
    """
    found: list[ScenarioText] = []
    for file in sorted(directory.rglob("*.feature")):
        found.extend(_scenarios(file, directory, requirements))
    return tuple(found)


def _scenarios(
    file: Path, directory: Path, requirements: Mapping[str, Requirement]
) -> Iterator[ScenarioText]:
    feature = _parse(file)
    titles: dict[str, int] = {}
    for rule, scenario in _with_rules(feature):
        text = _text(feature, rule, scenario, file.relative_to(directory).as_posix())
        _check_tags(text, file, requirements)
        if text.title in titles:
            raise CatalogueError(
                f"two scenarios have the title {text.title!r} (the other is in line "
                f"{titles[text.title]}); pytest-bdd would run only one.",
                file=file,
                line=text.location.line,
                remedy="give each scenario of a file its own title.",
            )
        titles[text.title] = text.location.line or 0
        yield text


def _parse(file: Path) -> Mapping[str, Any]:
    try:
        document: Mapping[str, Any] = Parser().parse(file.read_text(encoding="utf-8"))
    except (CompositeParserException, ParserError) as error:
        first = error.errors[0] if isinstance(error, CompositeParserException) else error
        raise CatalogueError(
            f"this is not Gherkin: {first}.",
            file=file,
            line=getattr(first, "location", {}).get("line"),
            remedy="correct the syntax.",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(
            f"the feature cannot be read ({error}).", file=file, remedy="save it as UTF-8."
        ) from error
    feature = document.get("feature")
    if not feature:
        raise CatalogueError(
            "the file holds no feature.", file=file, remedy="write a feature or delete the file."
        )
    return feature  # type: ignore[no-any-return]


def _with_rules(
    feature: Mapping[str, Any],
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for child in feature["children"]:
        if "scenario" in child:
            yield {}, child["scenario"]
        rule = child.get("rule", {})
        for grandchild in rule.get("children", ()):
            if "scenario" in grandchild:
                yield rule, grandchild["scenario"]


def _text(
    feature: Mapping[str, Any], rule: Mapping[str, Any], scenario: Mapping[str, Any], file: str
) -> ScenarioText:
    tags = tuple(
        tag["name"] for holder in (feature, rule, scenario) for tag in holder.get("tags", ())
    )
    identifiers = [match[1] for tag in tags if (match := IDENTIFIER.fullmatch(tag))]
    return ScenarioText(
        requirement=identifiers[0] if len(identifiers) == 1 else "",
        layers=tuple(layer for layer in Layer if f"@{layer}" in tags),
        feature=feature["name"],
        feature_description=feature.get("description", "").strip(),
        feature_line=feature["location"]["line"],
        rule=rule.get("name", ""),
        rule_line=rule["location"]["line"] if rule else 0,
        title=scenario["name"],
        tags=tags,
        steps=tuple(_steps(feature, rule, scenario)),
        location=Location(file=file, line=scenario["location"]["line"]),
    )


def _steps(*holders: Mapping[str, Any]) -> Iterator[StepText]:
    for holder in holders:
        backgrounds = [child.get("background") for child in holder.get("children", ())]
        for source in (*filter(None, backgrounds), holder):
            for step in source.get("steps", ()):
                yield StepText(
                    keyword=step["keyword"].strip(),
                    text=step["text"],
                    line=step["location"]["line"],
                )


def _check_tags(text: ScenarioText, file: Path, requirements: Mapping[str, Requirement]) -> None:
    line = text.location.line
    areas = {requirement.area for requirement in requirements.values()}
    if not text.requirement:
        raise CatalogueError(
            f"scenario {text.title!r} belongs to no requirement, or to several.",
            file=file,
            line=line,
            remedy="tag its Rule with exactly one requirement id.",
        )
    if text.requirement not in requirements:
        raise CatalogueError(
            f"scenario {text.title!r} belongs to {text.requirement}, which the catalogue lacks.",
            file=file,
            line=line,
            remedy="correct the id of its Rule.",
        )
    for tag in text.tags:
        known = IDENTIFIER.fullmatch(tag) or tag[1:] in areas or tag[1:] in set(Layer)
        if not known:
            raise CatalogueError(
                f"scenario {text.title!r} has the unknown tag {tag}.",
                file=file,
                line=line,
                remedy=f"use a layer ({', '.join(Layer)}) or an area of the catalogue.",
            )
    _check_layers(text, file, requirements[text.requirement])


def _check_layers(text: ScenarioText, file: Path, requirement: Requirement) -> None:
    if not text.layers:
        raise CatalogueError(
            f"scenario {text.title!r} names no layer, so it would never run.",
            file=file,
            line=text.location.line,
            remedy="tag it with one or more of: " + ", ".join(requirement.layers) + ".",
        )
    for layer in text.layers:
        if layer not in requirement.built:
            raise CatalogueError(
                f"scenario {text.title!r} is for the layer {layer}, which {requirement.id} does "
                "not have or calls unbuilt.",
                file=file,
                line=text.location.line,
                remedy="correct the tag, or `layers` and `unbuilt` of the requirement.",
            )


def without_scenario(
    requirements: Iterable[Requirement], scenarios: Iterable[ScenarioText]
) -> tuple[tuple[Requirement, Layer], ...]:
    """Return the requirements, with the layer, that claim a verifier but have no scenario."""
    bound = {(text.requirement, layer) for text in scenarios for layer in text.layers}
    return tuple(
        (requirement, layer)
        for requirement in requirements
        for layer in requirement.built
        if (requirement.id, layer) not in bound
    )
