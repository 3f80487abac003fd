"""What must hold for the images that CI publishes: tags that lead back, and a name for others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assurance.model.actions import Publication
from assurance.model.findings import Finding, any_of
from assurance.model.pipeline_parts import PlacedPart
from assurance.model.pipeline_walks import steps_of
from assurance.model.pipelines import Pipeline
from assurance.model.unknown import UnknownValue
from assurance.rules.application_traces import texts
from assurance.rules.lists import listing

_COMMIT = re.compile(
    r"commit_?(sha|id)?\b|commitSha|gitCommit|git rev-parse|sha256|GITHUB_SHA|GIT_SHA", re.I
)
"""What the value of a tag is called where it is that of a commit."""

_MOVING = ("latest", "")
_VARIABLE = re.compile(r"<\+(?:pipeline|stage)\.variables\.(\w+)>")


def leads_back_to_commit(image: PlacedPart[Publication]) -> Finding:
    """One of its tags holds the commit."""
    tags = tuple(_spelt_out(tag, image) for tag in image.part.tags)
    return Finding(
        holds=any_of(tags, _holds_commit),
        expected="a tag that holds the commit",
        actual=f"{image.part.image} is tagged {listing(image.part.tags) or 'latest'}",
    )


def is_not_latest(image: PlacedPart[Publication]) -> Finding:
    """None of its tags is latest."""
    moving = any_of(image.part.tags, lambda tag: tag in _MOVING) or not image.part.tags
    return Finding(
        holds=not moving,
        expected="no tag latest",
        actual=f"{image.part.image} is tagged {listing(image.part.tags) or 'latest'}",
    )


def _holds_commit(tag: str) -> bool:
    if _COMMIT.search(tag):
        return True
    if "<+" in tag or "$" in tag:
        raise UnknownValue(f"whether the tag {tag} holds the commit is decided by the run")
    return False


def _spelt_out(tag: str, image: PlacedPart[Publication]) -> str:
    """Return a tag with the variables of its pipeline and stage filled in."""
    written = {
        **_variables(image.placed.pipeline.values),
        **_variables(image.placed.stage.values),
    }
    return _VARIABLE.sub(lambda found: written.get(found[1], found[0]), tag)


def _variables(values: Mapping[str, object]) -> dict[str, str]:
    found = values.get("variables")
    known = found if isinstance(found, list) else []
    return {str(each["name"]): str(each["value"]) for each in known if "value" in each}


def is_named_for_others(image: PlacedPart[Publication]) -> Finding:
    """A step of the same pipeline has its name with a tag as an output."""
    names = {
        f"{repository}:{tag}"
        for repository in texts(image.part.image, image.placed)
        for tag in image.part.tags
    }
    return Finding(
        holds=any_of(_outputs(image.placed.pipeline), lambda value: value.endswith(tuple(names))),
        expected="an output of the pipeline holds the URL of the image",
        actual=f"outputs hold {listing(_seen(image.placed.pipeline)) or 'no URL of an image'}",
    )


def _outputs(pipeline: Pipeline) -> Iterable[str]:
    return tuple(
        output.value for placed in steps_of(pipeline) for output in placed.step.action.outputs
    )


def _seen(pipeline: Pipeline) -> tuple[str, ...]:
    return tuple(
        output.name for placed in steps_of(pipeline) for output in placed.step.action.outputs
    )
