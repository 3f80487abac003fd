"""Dockerfiles written in tests, as the suite reads them."""

from __future__ import annotations

from pathlib import Path

from assurance.collectors.docker import DockerRequest, ImageRequest, collect_dockerfiles
from assurance.model.image_definitions import ImageDefinition
from assurance.readers.image_definitions import read_image_definitions
from assurance.readers.state import State

GOOD = """\
ARG BASE=python:3.11.2-slim-bookworm
FROM ${BASE} AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m pip install --no-cache-dir --require-hashes -t /app/packages -r requirements.lock
COPY workshop ./workshop

FROM ${BASE}
COPY --from=build /app /app
USER 10001:10001
HEALTHCHECK CMD ["python", "-m", "workshop.health"]
ENTRYPOINT ["python", "-m", "gunicorn", "workshop:app"]
"""


def request(directory: Path, text: str | None) -> DockerRequest:
    """Return the request for one application in a directory, whose Dockerfile this is."""
    if text is not None:
        (directory / "Dockerfile").write_text(text, encoding="utf-8")
    image = ImageRequest(
        application="backend",
        role="backend",
        dockerfile=directory / "Dockerfile",
        context=directory,
    )
    return DockerRequest(system=directory, images=(image,))


def image_of(directory: Path, text: str | None) -> ImageDefinition:
    """Return the image definition that a Dockerfile makes."""
    body = collect_dockerfiles(request(directory, text))
    (found,) = read_image_definitions(State([(body, "sha256:x")]))
    return found
