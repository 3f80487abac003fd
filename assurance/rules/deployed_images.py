"""What must hold for the images that a delivery deploys: what CI published, the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.actions import ImageBuild, Publication
from assurance.model.deployed_images import DeployedImage
from assurance.model.findings import Finding, any_of
from assurance.model.pipeline_parts import PlacedPart, placed_parts
from assurance.model.pipelines import Pipeline
from assurance.model.unknown import UnknownValue
from assurance.rules.application_traces import texts
from assurance.rules.lists import listing
from assurance.rules.path_choices import in_production, outside_production

_OF_STAGE = ("<+stage.", "<+env.", "<+infra.", "<+serviceVariables.", "<+service.", "<+input>")
"""Expressions that may say something else in another stage."""


def comes_from_ci(deployed: DeployedImage, pipelines: Iterable[Pipeline]) -> Finding:
    """It is fetched from the ECR repository that CI publishes to."""
    published = tuple(placed_parts(pipelines, Publication))
    holds = deployed.registry == "Ecr" and any_of(published, lambda each: _is(deployed, each))
    return Finding(
        holds=holds,
        expected="an artifact from ECR that CI publishes",
        actual=f"{deployed.service} takes {deployed.image or 'no image'}"
        f" from {deployed.registry or 'nowhere'}",
    )


def _is(deployed: DeployedImage, published: PlacedPart[Publication]) -> bool:
    return deployed.image in texts(published.part.image, published.placed)


def is_the_one_in_staging(deployed: DeployedImage, all_of_them: Iterable[DeployedImage]) -> Finding:
    """Production gets the reference that staging got in the same run."""
    expected = "the image reference that the same pipeline deploys to staging"
    if not in_production(deployed.stage):
        return Finding(holds=True, expected=expected, actual="it is deployed outside production")
    before = tuple(
        other
        for other in all_of_them
        if id(other.pipeline) == id(deployed.pipeline)
        and outside_production(other.stage)
        and other.image == deployed.image
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
