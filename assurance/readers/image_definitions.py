"""Parsed Dockerfiles → what the image of each application is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, cast

from assurance.model.image_definitions import (
    ImageDefinition,
    ImageStage,
    Instruction,
    Invoked,
    is_test,
)
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.kinds import Kind
from assurance.readers.shell import read_script
from assurance.readers.shell_words import Unreadable
from assurance.readers.state import Resource, State


def read_image_definitions(state: State) -> tuple[ImageDefinition, ...]:
    """Return one definition for each application."""
    return tuple(_definition(found) for found in state.of("docker_file"))


def _definition(resource: Resource) -> ImageDefinition:
    stages = tuple(_stages(resource))
    chain = _chain(stages)
    values = resource.values
    return ImageDefinition(
        subject=resource.subject(),
        application=values["application"],
        role=values["role"],
        fault=values["fault"],
        stages=stages,
        shipped=tuple(each for stage in chain for each in stage.instructions),
        base=chain[0].base if chain else "",
        test_paths=tuple(_tests(values["context"], values["ignored"] or ())),
    )


def _stages(resource: Resource) -> Iterator[ImageStage]:
    names: list[str] = []
    for number, stage in enumerate(resource.values["stages"]):
        base = stage["base"]
        place = f"/stages/{number}"
        yield ImageStage(
            name=stage["name"],
            base=base,
            is_on_stage=not is_unknown(base) and base.lower() in names,
            instructions=tuple(
                _instruction(each, resource, f"{place}/instructions/{index}")
                for index, each in enumerate(stage["instructions"])
            ),
            location=resource.location_of(place),
        )
        names.append(stage["name"].lower())


def _instruction(each: Mapping[str, Any], resource: Resource, pointer: str) -> Instruction:
    return Instruction(
        keyword=each["keyword"],
        words=tuple(each["words"]),
        exec_form=each["exec_form"],
        flags=tuple(each["flags"]),
        commands=_commands(each) if each["keyword"] == "RUN" else (),
        location=resource.location_of(pointer),
    )


def _commands(each: Mapping[str, Any]) -> tuple[Invoked, ...]:
    if each["exec_form"]:
        return (Invoked(words=tuple(each["words"]), text=" ".join(each["words"])),)
    try:
        found = read_script(_script(each), stops_on_error=True, variables={}, directory="/")
    except Unreadable as error:
        why = f"line {each['line']} is not readable as shell: {error}"
        return cast("tuple[Invoked, ...]", unknown(why))
    return tuple(Invoked(words=one.words, text=one.text) for one in found)


def _script(each: Mapping[str, Any]) -> str:
    """Return the shell script of a RUN: its line, or the document that follows it."""
    line = " ".join(each["words"])
    if not line.startswith("<<"):
        return line
    return "\n".join(str(each["text"]).splitlines()[1:-1])


def _chain(stages: tuple[ImageStage, ...]) -> tuple[ImageStage, ...]:
    """Return the last stage, after the stages that it starts from."""
    found = list(stages[-1:])
    while found and found[0].is_on_stage:
        earlier = stages[: stages.index(found[0])]
        found.insert(
            0, next(each for each in earlier if each.name.lower() == found[0].base.lower())
        )
    return tuple(found)


def _tests(names: list[str], ignored: tuple[str, ...] | list[str]) -> Iterator[str]:
    """Yield what looks like tests at the top of the context and is not kept out of it.

    The last pattern that matches decides (https://docs.docker.com/build/concepts/context/).
    """
    for name in names:
        kept_out = False
        for pattern in ignored:
            wanted = pattern.lstrip("!").removeprefix("**/").strip("/")
            if fnmatchcase(name, wanted):
                kept_out = not pattern.startswith("!")
        if is_test(name) and not kept_out:
            yield name


KINDS = (
    Kind(
        noun="image definition",
        plural="image definitions",
        population=lambda view: view.image_definitions,
        inventory=("docker_file",),
    ),
)
