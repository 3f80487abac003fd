"""The images that stages deploy, as services of Harness name them."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.pipelines import Pipeline, Stage
from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DeployedImage:
    """The primary artifact of one service in one stage.

    Attributes:
        pipeline: Of which.
        stage: It.
        service: The service, as the stage names it.
        registry: The type of the artifact's source, such as `Ecr`; empty for no artifact.
        image: The repository in it.
        tag: As it is written, after what the stage gives to the service.
    """

    subject: Subject
    pipeline: Pipeline
    stage: Stage
    service: str
    registry: str
    image: str
    tag: str
