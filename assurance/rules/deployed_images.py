"""What must hold for the images that a delivery deploys: what CI published, the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assurance.model.actions import ImageBuild, Publication
from assurance.model.deployed_images import DeployedImage
from assurance.model.findings import Finding
from assurance.model.pipeline_parts import placed_parts
from assurance.model.pipelines import Pipeline
from assurance.model.unknown import UnknownValue, is_unknown, why_unknown
from assurance.rules.application_traces import texts
from assurance.rules.lists import listing
from assurance.rules.path_choices import in_production, outside_production

_OF_STAGE = ("<+stage.", "<+env.", "<+infra.", "<+serviceVariables.", "<+service.", "<+input>")
"""Expressions that may say something else in another stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedNames:
    """What CI calls the images that it publishes.

    Attributes:
        names: Of images, in all repetitions of the steps that publish them.
        doubt: Why the name of another one is not known; None where all are.
    """

    names: frozenset[str]
    doubt: UnknownValue | None


def published_names(pipelines: Iterable[Pipeline]) -> PublishedNames:
    """Return the names of everything that pipelines publish."""
    names: set[str] = set()
    doubt: UnknownValue | None = None
    for each in placed_parts(pipelines, Publication):
        found = texts(each.part.image, each.placed)
        if is_unknown(found):
            doubt = doubt or UnknownValue(why_unknown(found))
        else:
            names.update(found)
    return PublishedNames(names=frozenset(names), doubt=doubt)


def comes_from_ci(deployed: DeployedImage, published: PublishedNames) -> Finding:
    """It is fetched from the ECR repository that CI publishes to."""
    holds = deployed.registry == "Ecr" and deployed.image in published.names
    if deployed.registry == "Ecr" and not holds and published.doubt:
        raise published.doubt
    return Finding(
        holds=holds,
        expected="an artifact from ECR that CI publishes",
        actual=f"{deployed.service} takes {deployed.image or 'no image'}"
        f" from {deployed.registry or 'nowhere'}",
    )


def by_pipeline(images: Iterable[DeployedImage]) -> Mapping[Pipeline, list[DeployedImage]]:
    """Return the images that each pipeline deploys."""
    found: dict[Pipeline, list[DeployedImage]] = {}
    for image in images:
        found.setdefault(image.pipeline, []).append(image)
    return found


def is_the_one_in_staging(
    deployed: DeployedImage, deployed_by: Mapping[Pipeline, list[DeployedImage]]
) -> Finding:
    """Production gets the reference that staging got in the same run."""
    expected = "the image reference that the same pipeline deploys to staging"
    if not in_production(deployed.stage):
        return Finding(holds=True, expected=expected, actual="it is deployed outside production")
    before = tuple(
        other
        for other in deployed_by[deployed.pipeline]
        if outside_production(other.stage) and other.image == deployed.image
    )
    same = tuple(other for other in before if other.tag == deployed.tag)
    if same and any(sign in deployed.tag for sign in _OF_STAGE):
        raise UnknownValue(f"{deployed.tag} may be another tag in each stage")
    said = listing(f"{other.image}:{other.tag} in {other.stage.identifier}" for other in before)
    return Finding(
        holds=bool(same) and len(same) == len(before),
        expected=expected,
        actual=f"production gets {deployed.image}:{deployed.tag}, staging {said or 'not'}",
    )


def builds_nothing(pipeline: Pipeline) -> Finding:
    """No step of the delivery builds an image, or publishes one that is new."""
    built = tuple(placed_parts((pipeline,), ImageBuild))
    new = tuple(
        each for each in placed_parts((pipeline,), Publication) if not each.part.was_published
    )
    where = (*(each.subject for each in built), *(each.subject for each in new))
    return Finding(
        holds=not where,
        expected="no step that builds or publishes an image",
        actual=f"{listing(each.id for each in where)} makes an image anew"
        if where
        else "nothing is built",
        location=where[0].location if where else None,
    )
