"""What a caller asks for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRequest:
    """The image of one application.

    Attributes:
        application: Its name.
        role: `backend` or `frontend`.
        dockerfile: What its image is built from; it need not be there.
        context: The directory that the build may copy from.
    """

    application: str
    role: str
    dockerfile: Path
    context: Path

    @property
    def ignore_file(self) -> Path:
        """What keeps files out of the context: a file beside the Dockerfile wins.

        https://docs.docker.com/build/concepts/context/#dockerignore-files
        """
        own = self.dockerfile.with_name(self.dockerfile.name + ".dockerignore")
        return own if own.is_file() else self.context / ".dockerignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class DockerRequest:
    """All images of a system.

    Attributes:
        system: The directory that paths in the evidence are relative to.
        images: One for each application.
    """

    system: Path
    images: tuple[ImageRequest, ...]


def cache_key(request: DockerRequest) -> str:
    """A key that changes with everything that the body depends on."""
    digest = hashlib.sha256(repr(request).encode())
    for image in request.images:
        for file in (image.dockerfile, image.ignore_file):
            digest.update(file.read_bytes() if file.is_file() else b"-")
        digest.update("\n".join(sorted(_names(image.context))).encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return "docker-" + digest.hexdigest()


def _names(directory: Path) -> list[str]:
    return [path.name for path in directory.iterdir()]
